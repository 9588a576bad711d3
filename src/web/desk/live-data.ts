import type { Reader } from '../../db/transaction.js'

/** Where the newest of what waits for somebody's word stands: messages that may be requests, and claims of who one is. */
export async function readWaiting(read: Reader, communityId: number): Promise<string> {
  const [suspicion, claim] = await Promise.all([
    read.suspicion.findFirst({ where: { communityId }, orderBy: { id: 'desc' }, select: { id: true } }),
    read.bindingClaim.findFirst({ orderBy: { id: 'desc' }, select: { id: true } }),
  ])
  return `${suspicion?.id ?? 0}:${claim?.id ?? 0}`
}
