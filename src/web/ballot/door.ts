import type { Database } from '../../db/client.js'
import type { Tx } from '../../db/transaction.js'
import { secretCookie } from '../session/cookies.js'
import { hashToken, newToken } from '../session/store.js'
import { BALLOT } from './options.js'

/** A browser that was let in keeps its ballot for so long; a new link goes on from there. */
const OPEN_MS = 12 * 3_600_000

export const ballotCookie = secretCookie('linli_ballot', BALLOT)
export const knockCookie = secretCookie('linli_ballot_door', BALLOT)

export interface Door {
  readonly id: number
  readonly accountId: number
  readonly surveyId: number
  /** Token of the half-filled ballot. */
  readonly progress: string
  readonly csrf: string
  readonly outboxKey: string
}

/** The door a link or a cookie opens; null when it is unknown, used or too old. */
export async function findDoor(
  db: Pick<Database, 'read'>,
  token: string,
  opened: boolean,
  now: Date,
): Promise<Door | null> {
  const door = await db.read.surveyDoor.findUnique({ where: { tokenHash: hashToken(token) } })
  return door && door.opened === opened && door.expiresAt > now ? door : null
}

/**
 * Uses a link up: from now on only this browser's cookie opens the door, and the link is taken out of the message that
 * carried it. Other browsers of the same account are shut out. Null when somebody else was faster.
 */
export async function openDoor(
  db: Database,
  door: Door,
  now: Date,
): Promise<{ token: string; seconds: number } | null> {
  const token = newToken()
  return db.write(async (tx) => {
    const opened = await tx.surveyDoor.updateMany({
      where: { id: door.id, opened: false },
      data: {
        ...{ opened: true, tokenHash: hashToken(token), csrf: newToken() },
        expiresAt: new Date(now.getTime() + OPEN_MS),
      },
    })
    if (opened.count !== 1) return null
    await shutOthers(tx, door, now)
    await tx.outboxMessage.updateMany({
      where: { key: door.outboxKey, status: 'sent' },
      data: { payload: { text: '' } },
    })
    return { token, seconds: OPEN_MS / 1000 }
  })
}

const shutOthers = (tx: Tx, { id, accountId, surveyId }: Door, now: Date) =>
  tx.surveyDoor.updateMany({ where: { accountId, surveyId, id: { not: id } }, data: { expiresAt: now } })
