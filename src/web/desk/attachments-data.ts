import type { Reader } from '../../db/transaction.js'
import type { FileFolder } from '../../files/index.js'
import { attachmentsOf } from '../kept-file.js'
import { pathOf } from './env.js'
import type { Masks } from './masks.js'
import type { ShownAttachment } from './parts/attachments.js'
import type { Room } from './viewer.js'

/** The attachments of a request as this viewer may see them: a picture cannot be masked, so only those who work there see it. */
export async function readAttachments(
  read: Reader,
  files: FileFolder | undefined,
  { community, works }: Room,
  number: string,
  masks: Masks,
): Promise<ShownAttachment[]> {
  const list = await attachmentsOf(read, `request:${number}`)
  const accounts = await read.account.findMany({
    where: { id: { in: list.flatMap((one) => one.accountId ?? []) } },
    select: { id: true, displayName: true, person: { select: { name: true } } },
  })
  const names = new Map(accounts.map((one) => [one.id, one.displayName || one.person?.name || '']))
  return Promise.all(
    list.map(async (one) => {
      const here = one.sha256 !== null && (await files?.has(one.sha256)) === true
      const href = works && here ? pathOf(community.code, `requests/${number}/files/${one.id}`) : null
      const sha256 = here ? one.sha256 : null
      return { ...one, sha256, href, by: masks.name(names.get(one.accountId ?? 0) ?? '') }
    }),
  )
}
