import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../../db/client.js'
import type { Tx } from '../../db/transaction.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** A session ends so long after it began, whatever is done with it. */
export const SESSION_MS = 7 * DAY_MS
/** And sooner when nobody uses it. */
const IDLE_MS = 12 * HOUR_MS
const ROTATE_MS = HOUR_MS
/** Requests that were on their way when the token changed still carry the old one. */
const GRACE_MS = MINUTE_MS
/** How often the time of the last use is written down. */
const SEEN_EVERY_MS = 5 * MINUTE_MS

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
export const newToken = (): string => randomBytes(32).toString('base64url')

export interface Session {
  readonly id: number
  readonly personId: number
  readonly accountId: number
  readonly csrf: string
}

export interface LinkView {
  readonly id: number
  readonly personId: number
  readonly accountId: number
}

/** The link a token opens; null when it is unknown, used, too old, or its account is no longer that person's. */
export async function findLink(db: Pick<Database, 'read'>, token: string, now: Date): Promise<LinkView | null> {
  const link = await db.read.loginLink.findUnique({ where: { tokenHash: hashToken(token) } })
  if (!link || link.usedAt || link.expiresAt <= now) return null
  const account = await db.read.account.findUnique({ where: { id: link.accountId }, select: { personId: true } })
  return account?.personId === link.personId ? link : null
}

/**
 * Uses a link up and opens a session for this browser. Null when somebody else was faster. The link is taken out of the
 * message that carried it, as are those that went unused.
 */
export async function openSession(
  db: Database,
  link: LinkView,
  agent: string,
  now: Date,
): Promise<{ session: Session; token: string } | null> {
  const token = newToken()
  return db.write(async (tx) => {
    const used = await tx.loginLink.updateMany({ where: { id: link.id, usedAt: null }, data: { usedAt: now } })
    if (used.count !== 1) return null
    await forgetLinks(tx, link.id, now)
    const { personId, accountId } = link
    const session = await tx.webSession.create({
      data: {
        tokenHash: hashToken(token),
        personId,
        accountId,
        csrf: newToken(),
        agent,
        createdAt: now,
        rotatedAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + SESSION_MS),
      },
    })
    return { session, token }
  })
}

async function forgetLinks(tx: Tx, usedId: number, now: Date): Promise<void> {
  const gone = await tx.loginLink.findMany({
    where: { OR: [{ id: usedId }, { expiresAt: { lte: now } }] },
    select: { id: true, outboxKey: true },
  })
  await tx.outboxMessage.updateMany({
    where: { key: { in: gone.map((link) => link.outboxKey) }, status: 'sent' },
    data: { payload: { text: '' } },
  })
  const dayAgo = new Date(now.getTime() - DAY_MS)
  await tx.loginLink.deleteMany({ where: { expiresAt: { lt: dayAgo } } })
}

export interface Found {
  readonly session: Session
  /** Set when the browser is to keep this token from now on. */
  readonly rotated?: string
}

/**
 * The session of a cookie. A token that was replaced a while ago is somebody's copy: the session ends for both.
 */
export async function findSession(db: Database, token: string, now: Date): Promise<Found | null> {
  const hash = hashToken(token)
  const row = await db.read.webSession.findFirst({ where: { OR: [{ tokenHash: hash }, { previousHash: hash }] } })
  if (!row || row.revokedAt || row.expiresAt <= now || row.lastSeenAt.getTime() + IDLE_MS <= now.getTime()) return null
  const age = now.getTime() - row.rotatedAt.getTime()
  if (row.tokenHash !== hash) {
    if (age <= GRACE_MS) return { session: row }
    await revoke(db, { id: row.id }, now)
    return null
  }
  if (age > ROTATE_MS) {
    const rotated = newToken()
    const moved = await db.write((tx) =>
      tx.webSession.updateMany({
        where: { id: row.id, tokenHash: hash, revokedAt: null },
        data: { tokenHash: hashToken(rotated), previousHash: hash, rotatedAt: now, lastSeenAt: now },
      }),
    )
    return moved.count === 1 ? { session: row, rotated } : { session: row }
  }
  if (now.getTime() - row.lastSeenAt.getTime() > SEEN_EVERY_MS)
    await db.write((tx) => tx.webSession.updateMany({ where: { id: row.id }, data: { lastSeenAt: now } }))
  return { session: row }
}

/** Ends sessions at once. Answers how many. */
export async function revoke(
  db: Database,
  which: { readonly id?: number; readonly personId?: number; readonly not?: number },
  now: Date,
): Promise<number> {
  const { id, personId, not } = which
  const ended = await db.write((tx) =>
    tx.webSession.updateMany({
      where: { id: not === undefined ? id : { not }, personId, revokedAt: null },
      data: { revokedAt: now },
    }),
  )
  return ended.count
}

/** Sessions of a person that still hold, the last used first. */
export const sessionsOf = (db: Pick<Database, 'read'>, personId: number, now: Date) =>
  db.read.webSession.findMany({
    where: {
      personId,
      revokedAt: null,
      expiresAt: { gt: now },
      lastSeenAt: { gt: new Date(now.getTime() - IDLE_MS) },
    },
    orderBy: { lastSeenAt: 'desc' },
    select: { id: true, agent: true, createdAt: true, lastSeenAt: true },
  })
