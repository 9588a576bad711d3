import { streamSSE } from 'hono/streaming'
import type { Ctx } from './env.js'
import { readWaiting } from './live-data.js'
import type { DeskOptions } from './options.js'

const LOOK_EVERY_MS = 2000
const PING_EVERY_MS = 20_000
const MOST_AT_ONCE = 20
/** Open lines of one session; each page holds one. */
const MOST_LINES = 8

/** What is new in the community's ledger, as server-sent events: its number and what it is about, no more. `waiting` says that somebody is asked. */
export function createLive(options: DeskOptions): (c: Ctx) => Response {
  const lines = new Map<number, number>()
  return (c) => liveEvents(c, options, lines)
}

function liveEvents(c: Ctx, { db, clock }: DeskOptions, lines: Map<number, number>): Response {
  const { community, works } = c.get('room')
  const communityId = community.id
  const { id: sessionId } = c.get('viewer').session
  const open = lines.get(sessionId) ?? 0
  if (open >= MOST_LINES) return c.body(null, 204)
  lines.set(sessionId, open + 1)
  c.header('x-accel-buffering', 'no')
  return streamSSE(c, async (stream) => {
    const after = Number(c.req.header('last-event-id') ?? Number.NaN)
    let last = Number.isSafeInteger(after) ? after : await tip()
    let silent = 0
    let waiting = works ? await readWaiting(db.read, communityId) : ''
    try {
      await stream.writeSSE({ event: 'hello', id: String(last), data: '{}' })
      while (!stream.aborted) {
        await stream.sleep(LOOK_EVERY_MS)
        silent += LOOK_EVERY_MS
        const rows = await db.read.ledgerEntry.findMany({
          where: { communityId, id: { gt: last }, page: { in: ['requests', 'visits', 'surveys'] } },
          orderBy: { id: 'asc' },
          take: MOST_AT_ONCE,
          select: { id: true, type: true, subject: true },
        })
        for (const row of rows) {
          last = row.id
          silent = 0
          const data = JSON.stringify({ type: row.type, subject: row.subject })
          await stream.writeSSE({ event: 'entry', id: String(row.id), data })
        }
        const now = works ? await readWaiting(db.read, communityId) : ''
        if (now !== waiting) {
          waiting = now
          silent = 0
          await stream.writeSSE({ event: 'waiting', data: '{}' })
        }
        if (silent < PING_EVERY_MS) continue
        silent = 0
        if (!(await stillHolds())) return
        await stream.write(': ping\n\n')
      }
    } finally {
      const left = (lines.get(sessionId) ?? 1) - 1
      if (left > 0) lines.set(sessionId, left)
      else lines.delete(sessionId)
    }
  })

  async function tip(): Promise<number> {
    const newest = await db.read.ledgerEntry.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
    return newest?.id ?? 0
  }
  async function stillHolds(): Promise<boolean> {
    const row = await db.read.webSession.findUnique({ where: { id: sessionId } })
    return row !== null && row.revokedAt === null && row.expiresAt > clock.now()
  }
}
