import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/client.js'
import { appendEntries } from '../../src/ledger/entries.js'
import { eraseEntries } from '../../src/ledger/erase.js'
import { messageIdsOf } from '../../src/ledger/privacy/person.js'
import { dropChatter } from '../../src/ledger/retention.js'
import { readRollups, recountRollups } from '../../src/ledger/rollups.js'
import { searchEntries } from '../../src/ledger/search/find.js'
import { verifyLedger } from '../../src/ledger/verify/index.js'
import { type PostgresServer, startPostgres } from '../postgresql/server.js'
import { COMMUNITY, eventOf, NOVEMBER, notes, seed } from './support.js'

let server: PostgresServer | null
let db: Database
beforeAll(async () => {
  server = await startPostgres()
  if (!server) return
  db = await openDatabase(await server.createDatabase())
  await seed(db)
})
afterAll(async () => {
  await db?.close()
  await server?.stop()
})

describe('the ledger on PostgreSQL', () => {
  it('verifies, searches, counts and erases as on SQLite', async ({ skip }) => {
    if (!server) skip()
    const logged = { page: 'requests', gridId: 2, data: { zz: 1, category: 'facility', a: { y: [1], b: 2 } } }
    const events = [...notes(3), { ...logged, text: '5幢门禁刷不开' }].map(eventOf)
    await db.write((tx) => appendEntries(tx, events, { now: NOVEMBER, inboxId: null, actor: 'account:1' }))
    expect(await verifyLedger(db.read)).toMatchObject({ entries: 4, faults: [] })
    const found = async (terms: string[], more: object = {}) =>
      (await searchEntries(db.read, { terms, ...more })).map((hit) => hit.seq)
    expect(await found(['电梯', '3幢'])).toEqual([3, 2, 1])
    expect(await found(['禁'], { category: 'facility', gridIds: [2, 3] })).toEqual([4])
    expect(await found(['禁'], { gridIds: [3] })).toEqual([])
    expect(await found(['门禁'], { from: NOVEMBER, to: new Date(NOVEMBER.getTime() + 1) })).toEqual([4])
    expect(await found(['5幢门禁刷'], { communityIds: [COMMUNITY], page: 'requests' })).toEqual([4])
    expect(await searchEntries(db.read, { terms: ['门禁'] })).toEqual(
      await db.read.ledgerEntry.findMany({ where: { seq: 4 } }),
    )
    expect(await found([], { limit: 2, communityIds: [COMMUNITY] })).toEqual([4, 3])
    for (const term of ['电', '电梯', '幢2单', '第2件“事', '\n3幢2单元', '禁刷', '没有']) {
      const like = await db.read.ledgerEntry.findMany({ where: { text: { contains: term } }, orderBy: { id: 'desc' } })
      for (const communityIds of [undefined, [COMMUNITY], [COMMUNITY, 99]])
        expect(await found([term], { communityIds })).toEqual(like.map((entry) => entry.seq))
    }
    const counts = await readRollups(db.read, 'community', 'all', '2026-11', '2026-11')
    const recounted = (await recountRollups(db.read)).filter((row) => row.scopeKind === 'community')
    expect(new Set(counts)).toEqual(new Set(recounted))

    await db.write(async (tx) => {
      const erased = eventOf({ type: 'ledger.erased', page: 'ledger', data: { seqs: [4] } })
      await eraseEntries(tx, COMMUNITY, [4], NOVEMBER)
      await appendEntries(tx, [erased], { now: NOVEMBER, inboxId: null, actor: 'account:1' })
    })
    expect(await found(['门禁'])).toEqual([])
    expect(await verifyLedger(db.read)).toMatchObject({ erased: 1, faults: [] })
    await db.write((tx) => tx.ledgerEntry.updateMany({ where: { seq: 2 }, data: { text: '改' } }))
    expect((await verifyLedger(db.read)).faults).toMatchObject([{ kind: 'changed', seq: 2 }])
  })

  it('drops chatter and finds somebody’s messages', async ({ skip }) => {
    if (!server) skip()
    await db.write(async (tx) => {
      const group = { channel: 'sandbox', externalId: 'g', kind: 'residents', communityId: COMMUNITY }
      await tx.chat.create({ data: { ...group, createdAt: NOVEMBER } })
      const message = { channel: 'sandbox', conversation: 'g', receivedAt: NOVEMBER, handledAt: NOVEMBER }
      const said = (text: string) => ({ kind: 'text', text, attachments: [{ reference: 'p' }], quoted: { text: '引' } })
      const payload = (text: string) => ({ sender: { id: 'aili', name: '爱丽' }, event: said(text) })
      for (const [externalId, status, text] of [
        ['m1', 'left_alone', '鸡蛋便宜'],
        ['m2', 'acted', '电梯坏了'],
      ] as const)
        await tx.inboxMessage.create({ data: { ...message, externalId, status, payload: payload(text) } })
    })
    const later = new Date(NOVEMBER.getTime() + 8 * 86_400_000)
    expect(await db.write((tx) => dropChatter(tx, COMMUNITY, 7, later))).toBe(1)
    expect(await db.write((tx) => dropChatter(tx, COMMUNITY, 7, later))).toBe(0)
    const rows = await db.read.inboxMessage.findMany({ orderBy: { id: 'asc' } })
    expect(rows.map((row) => row.payload)).toMatchObject([
      { sender: { id: 'aili', name: '' }, event: { kind: 'text', text: '', attachments: [] } },
      { sender: { name: '爱丽' }, event: { text: '电梯坏了' } },
    ])
    const ids = await db.write((tx) => messageIdsOf(tx, { channel: 'sandbox', externalId: 'aili' }))
    expect(ids).toEqual(rows.map((row) => row.id))
  })
})
