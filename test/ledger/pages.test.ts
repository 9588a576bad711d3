import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settingsSchema } from '../../src/community/settings.js'
import { customPageSchema } from '../../src/kernel/custom-page.js'
import type { Sheet } from '../../src/kernel/sheet.js'
import { customSheet } from '../../src/ledger/pages/custom.js'
import { createMasker } from '../../src/ledger/pages/names.js'
import { ledgerPages, paperBalance } from '../../src/ledger/pages/registry.js'
import { dropSentTexts } from '../../src/ledger/retention.js'
import { csvLine, exportCsv } from '../../src/ledger/workbook/csv.js'
import { COMMUNITY, type LedgerWorld, NOVEMBER, openLedgerWorld } from './support.js'

let world: LedgerWorld
beforeEach(async () => {
  world = await openLedgerWorld()
})
afterEach(() => world.close())

const LIFTS = {
  page: 'own-lift',
  title: '电梯专项台账',
  replaces: ['电梯维保登记簿', '公共设施报修簿'],
  filter: { types: ['lift.fixed'], gridIds: [1] },
  columns: [
    { header: '时间', from: 'at' },
    { header: '网格', from: 'grid' },
    { header: '内容', from: 'text', width: 40 },
    { header: '费用', from: 'data.cost.yuan', as: 'number' },
    { header: '完工', from: 'data.done', as: 'date' },
    { header: '联系人', from: 'data.contact' },
  ],
}
const scope = (maySeePersonal: boolean) => ({
  communityIds: [COMMUNITY],
  from: new Date('2026-10-31T16:00:00Z'),
  to: new Date('2026-11-30T16:00:00Z'),
  timezone: 'Asia/Shanghai',
  maySeePersonal,
})

describe('a page of a community’s own', () => {
  beforeEach(async () => {
    const data = { cost: { yuan: '350' }, done: '2026-11-06', contact: '张爱丽 13812345678' }
    const fixed = { type: 'lift.fixed', gridId: 1, text: '3幢电梯换皮带，张爱丽在场', data }
    const elsewhere = { ...fixed, gridId: 2 }
    await world.append([fixed, { ...fixed, type: 'lift.broken' }, elsewhere, { ...fixed, data: { cost: {} } }])
  })

  const cells = async (full: boolean) => {
    const sheet = customSheet(customPageSchema.parse(LIFTS))
    const rows: unknown[][] = []
    for await (const row of sheet.rows(world.db.read, scope(full)))
      rows.push(sheet.columns.map((column) => column.value(row)))
    return rows
  }

  it('fills itself from the entries it asks for', async () => {
    expect(await cells(true)).toEqual([
      [NOVEMBER, '第1网格', '3幢电梯换皮带，张爱丽在场', 350, new Date('2026-11-06'), '张爱丽 13812345678'],
      [NOVEMBER, '第1网格', '3幢电梯换皮带，张爱丽在场', null, null, null],
    ])
  })

  it('masks its words and its data', async () => {
    const [first] = await cells(false)
    expect(first?.slice(2)).toEqual(['3幢电梯换皮带，张**在场', 350, new Date('2026-11-06'), '张** 138****5678'])
  })

  it('goes out as CSV too', async () => {
    const file = join(world.folder, 'lift.csv')
    const sheet = customSheet(customPageSchema.parse(LIFTS)) as Sheet
    expect(await exportCsv(world.db.read, sheet, scope(true), createWriteStream(file))).toBe(2)
    expect(readFileSync(file, 'utf8').split('\r\n').slice(0, 2)).toEqual([
      '\ufeff时间,网格,内容,费用,完工,联系人',
      '2026-11-05 10:00:00,第1网格,3幢电梯换皮带，张爱丽在场,350,2026-11-06 08:00:00,张爱丽 13812345678',
    ])
  })

  it.each([
    ['a name of a page of ours', { ...LIFTS, page: 'requests' }],
    ['no filter', { ...LIFTS, filter: {} }],
    ['no column', { ...LIFTS, columns: [] }],
    ['a column from nowhere', { ...LIFTS, columns: [{ header: '盐', from: 'salt' }] }],
    ['a way out of the data', { ...LIFTS, columns: [{ header: '原型', from: 'data.__proto__' }] }],
  ])('is refused with %s', (_, page) => {
    expect(customPageSchema.safeParse(page).success).toBe(false)
  })

  it('cannot share its name', () => {
    expect(settingsSchema.safeParse({ ledger: { pages: [LIFTS, LIFTS] } }).success).toBe(false)
  })
})

describe('the registry', () => {
  it('counts paper ledgers once, and says what is left', () => {
    const requests: Sheet = { page: 'requests', title: '居民诉求', columns: [], rows: async function* () {} }
    const settings = settingsSchema.parse({ ledger: { pages: [LIFTS] } })
    const pages = ledgerPages([requests], settings)
    expect(pages.map((page) => [page.page, page.own])).toEqual([
      ['requests', false],
      ['own-lift', true],
      ['ledger', false],
    ])
    const balance = paperBalance(pages)
    const without = paperBalance(ledgerPages([requests], settingsSchema.parse({})))
    expect(balance.replaced).toBe(without.replaced + 1)
    expect(balance.known).toBe(without.known + 1)
    const left = balance.left.flatMap((area) => area.names)
    expect(left).toContain('民情日记')
    expect(left).not.toContain('事件登记簿')
    expect(balance.known).toBe(balance.replaced + left.length + balance.sensitive)
  })
})

describe('CSV', () => {
  it('quotes what needs it and keeps formulas from running', () => {
    const line = csvLine(['a,b', '引"号', '=1+1', '@x', -5, null, true, '一\n二'], 'Asia/Shanghai')
    expect(line).toBe(`"a,b","引""号",'=1+1,'@x,-5,,是,"一\n二"\r\n`)
  })
})

describe('a masker', () => {
  it('takes the longest name it knows, and no name of one sign', () => {
    const mask = createMasker(['欧阳', '欧阳娜娜', '王', '老周'])
    expect(mask('欧阳娜娜和老周、欧阳、王')).toBe('欧阳**和老*、欧*、王')
  })
})

describe('old messages', () => {
  it('lose words and files once they are old, those still to be sent keep them', async () => {
    const old = new Date(NOVEMBER.getTime() - 100 * 86_400_000)
    const message = { channel: 'sandbox', conversation: 'g', priority: 'reply', notBefore: old, createdAt: old }
    await world.db.write(async (tx) => {
      const chat = { channel: 'sandbox', externalId: 'g', kind: 'workers', communityId: COMMUNITY, createdAt: old }
      await tx.chat.create({ data: chat })
      const payload = { text: '旧话', file: { base64: 'AAAA', mime: 'x', name: 'x' } }
      for (const [key, status, finishedAt] of [
        ['a', 'sent', old],
        ['b', 'pending', null],
        ['c', 'sent', NOVEMBER],
      ] as const)
        await tx.outboxMessage.create({ data: { ...message, key, status, finishedAt, payload } })
    })
    expect(await world.db.write((tx) => dropSentTexts(tx, COMMUNITY, 90, NOVEMBER))).toBe(1)
    const rows = await world.db.read.outboxMessage.findMany({ orderBy: { key: 'asc' } })
    expect(rows.map((row) => (row.payload as { text: string }).text)).toEqual(['', '旧话', '旧话'])
  })
})
