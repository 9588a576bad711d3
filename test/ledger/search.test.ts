import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RollupCount, readRollups, rebuildRollups, recountRollups } from '../../src/ledger/rollups.js'
import { searchEntries, searchRequests } from '../../src/ledger/search/find.js'
import { fold, rangeTokens, termTokens, textTokens } from '../../src/ledger/search/tokens.js'
import { COMMUNITY, type LedgerWorld, NOVEMBER, OCTOBER, openLedgerWorld } from './support.js'

const SIGNS = [...'电梯坏了幢3王芳%_A a😀，“-楼']
const words = fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 12 })
const term = fc.string({ unit: fc.constantFrom(...SIGNS), minLength: 1, maxLength: 4 })

describe('index words', () => {
  it('of a text hold those of every part of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (text, a, b) => {
        const signs = [...text]
        const part = signs
          .slice(Math.min(a, b) % (signs.length + 1), (Math.max(a, b) % (signs.length + 1)) + 1)
          .join('')
        const held = new Set(textTokens(text))
        expect(termTokens(part).every((word) => held.has(word))).toBe(true)
      }),
    )
  })

  it('do not tell case and width apart', () => {
    expect(fold('ＡＢｃ１２３　幢Ä')).toBe('abc123 幢Ä')
  })

  it('of a range are its months, or its years where it is long', () => {
    expect(rangeTokens(new Date('2026-11-01'), new Date('2027-02-01'))).toEqual(['zm202611', 'zm202612', 'zm202701'])
    expect(rangeTokens(new Date('2024-11-01'), new Date('2026-02-01'))).toEqual(['zy2024', 'zy2025', 'zy2026'])
    expect(rangeTokens(undefined, new Date())).toBeNull()
    expect(rangeTokens(new Date('2026-11-01'), new Date('2026-11-01'))).toEqual([])
    expect(rangeTokens(new Date('2025-12-31T16:00:00Z'), new Date('2026-12-31T16:00:00Z'))).toHaveLength(13)
  })
})

describe('a search', () => {
  let world: LedgerWorld
  beforeAll(async () => {
    world = await openLedgerWorld()
  })
  afterAll(() => world.close())

  it('finds every entry that LIKE finds, and no other, newest first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(words, { maxLength: 8 }),
        fc.array(term, { minLength: 4, maxLength: 4 }),
        async (texts, terms) => {
          await world.append(texts.map((text) => ({ text, subject: 'x' })))
          for (const one of terms) {
            const pattern = `%${one.replace(/[\\%_]/g, '\\$&')}%`
            const like = await world.db.read.$queryRaw<{ id: bigint }[]>`
            SELECT id FROM "LedgerEntry" WHERE text LIKE ${pattern} ESCAPE '\\' ORDER BY id DESC`
            const hits = await searchEntries(world.db.read, { terms: [one], limit: 10_000 })
            const held = hits.filter((hit) => fold(hit.text).includes(fold(one)))
            expect(held.map((hit) => hit.id)).toEqual(like.map((row) => Number(row.id)))
          }
        },
      ),
      { numRuns: 12 },
    )
  })

  it('holds all terms and filters at once', async () => {
    const logged = { page: 'requests', gridId: 2, workerId: 9, data: { category: 'facility', status: 'new' } }
    await world.append([{ ...logged, text: '滤3幢水泵房漏水', subject: 'request:A' }], OCTOBER)
    await world.append([{ ...logged, text: '滤4幢水泵房漏水', page: 'visits' }])
    const found = async (query: Omit<Parameters<typeof searchEntries>[1], 'terms'>, ...terms: string[]) =>
      (await searchEntries(world.db.read, { terms: ['滤', ...terms], ...query })).map((hit) => hit.text.slice(1, 3))
    expect(await found({})).toEqual(['4幢', '3幢'])
    expect(await found({ limit: 1 })).toEqual(['4幢'])
    expect(await found({ limit: 1, offset: 1 })).toEqual(['3幢'])
    expect(await found({}, '3幢', '水泵')).toEqual(['3幢'])
    expect(await found({ page: 'visits' })).toEqual(['4幢'])
    expect(await found({ gridIds: [2, 3] })).toHaveLength(2)
    expect(await found({ gridIds: [] })).toEqual([])
    expect(await found({ gridIds: [1] })).toEqual([])
    expect(await found({ workerId: 9, category: 'facility', status: 'new' })).toHaveLength(2)
    expect(await found({ category: 'parking' })).toEqual([])
    expect(await found({ communityIds: [COMMUNITY] })).toHaveLength(2)
    expect(await found({ communityIds: [99] })).toEqual([])
    expect(await found({ from: OCTOBER, to: NOVEMBER })).toEqual(['3幢'])
    expect(await found({ from: new Date(OCTOBER.getTime() + 1), to: new Date('2027-01-01') })).toEqual(['4幢'])
    expect((await searchEntries(world.db.read, { terms: ['request:a'] })).map((hit) => hit.text.slice(1, 3))).toEqual([
      '3幢',
    ])
  })

  it('answers rows as the tables have them', async () => {
    await world.append([{ text: '形如原行', data: { a: [1, null], category: 'care' }, householdId: 7, correctsSeq: 1 }])
    const [hit] = await searchEntries(world.db.read, { terms: ['形如原行'], category: 'care' })
    expect(hit).toEqual(await world.db.read.ledgerEntry.findUnique({ where: { id: hit?.id ?? 0 } }))
    expect(await world.db.write((tx) => searchEntries(tx, { terms: ['形如原行'] }))).toEqual([hit])
    expect(await searchEntries(world.db.read, { terms: ['形如'], before: hit?.id ?? 0 })).toEqual([])
    const many = Array.from({ length: 40 }, (_, index) => index + 1)
    expect(await searchEntries(world.db.read, { terms: ['形如'], communityIds: many })).toEqual([hit])
    expect(await searchEntries(world.db.read, { terms: ['形如'], communityIds: many.slice(1, 3) })).toEqual([])
  })

  it('finds requests as they are now', async () => {
    await world.db.write((tx) =>
      tx.request.create({
        data: {
          number: 'BH-202611-0001',
          kind: 'request',
          communityId: COMMUNITY,
          reporterId: 1,
          chatId: 1,
          category: 'facility',
          text: '门禁刷不开',
          building: '7',
          status: 'new',
          createdAt: NOVEMBER,
          acceptBy: NOVEMBER,
          closeBy: NOVEMBER,
        },
      }),
    )
    const found = async (status: string, term: string) =>
      (await searchRequests(world.db.read, { terms: [term], status })).map((hit) => hit.number)
    await world.append([{ type: 'request.logged', subject: 'request:BH-202611-0001' }])
    expect(await found('new', '门禁')).toEqual(['BH-202611-0001'])
    expect(await found('new', '7幢')).toEqual(['BH-202611-0001'])
    expect(await searchRequests(world.db.read, { terms: ['门禁'] })).toEqual(await world.db.read.request.findMany())
    await world.db.write((tx) => tx.request.updateMany({ data: { status: 'closed', resolutionNote: '换了读卡器' } }))
    await world.append([{ type: 'request.closed', subject: 'request:BH-202611-0001', page: null }])
    expect(await found('new', '门禁')).toEqual([])
    expect(await found('closed', '读卡')).toEqual(['BH-202611-0001'])
  })
})

describe('the counts', () => {
  it('always equal a recount, and can be built anew', async () => {
    const world = await openLedgerWorld()
    const other = await world.db.write((tx) =>
      tx.community.create({
        data: { code: 'NY', name: '南苑', timezone: 'Asia/Urumqi', settings: {}, subdistrictId: 1 },
      }),
    )
    const event = fc.record({
      communityId: fc.constantFrom(COMMUNITY, other.id),
      page: fc.constantFrom('requests', 'visits', null),
      type: fc.constantFrom('a.one', 'a.two'),
      gridId: fc.constantFrom(1, 2, null),
    })
    const at = fc.date({
      min: new Date('2026-10-31T15:00:00Z'),
      max: new Date('2026-10-31T19:00:00Z'),
      noInvalidDate: true,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 6 }), at, async (events, when) => {
        await world.append(events, when)
        expect(sorted(await stored(world))).toEqual(sorted(await recountRollups(world.db.read)))
      }),
      { numRuns: 15 },
    )
    const before = await stored(world)
    expect(new Set(before.map((row) => row.month))).toEqual(new Set(['2026-10', '2026-11']))
    await world.tamper('UPDATE "LedgerRollup" SET count = count + 1')
    await world.db.write(rebuildRollups)
    expect(sorted(await stored(world))).toEqual(sorted(before))
    await world.close()
  }, 60_000)
})

async function stored(world: LedgerWorld): Promise<RollupCount[]> {
  const kinds = ['grid', 'community', 'subdistrict', 'district'] as const
  const parts = await Promise.all(kinds.map((kind) => readRollups(world.db.read, kind, 'all', '2000-01', '2999-12')))
  return parts.flat()
}

const sorted = (rows: readonly RollupCount[]): string[] =>
  rows
    .map(({ scopeKind, scopeId, month, page, type, count }) => [scopeKind, scopeId, month, page, type, count].join(' '))
    .sort()
