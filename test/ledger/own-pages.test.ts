import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { modules } from '../../src/app.js'
import { settingsSchema } from '../../src/community/settings.js'
import { carryOut } from '../../src/engine/decision.js'
import { customPageSchema } from '../../src/kernel/custom-page.js'
import type { DomainEvent } from '../../src/kernel/module.js'
import { pageDefined, pageDropped, readPage } from '../../src/ledger/pages/define.js'
import { COMMUNITY, type LedgerWorld, NOVEMBER, openLedgerWorld } from './support.js'

let world: LedgerWorld
beforeEach(async () => {
  world = await openLedgerWorld()
})
afterEach(() => world.close())

const LIFTS = {
  page: 'own-lift',
  title: '电梯专项台账',
  replaces: ['电梯维保登记簿'],
  filter: { pages: ['requests'] },
  columns: [{ header: '内容', from: 'text' }],
}
const page = (more: object = {}) => customPageSchema.parse({ ...LIFTS, ...more })

const happen = (event: DomainEvent) =>
  world.db.write((tx) =>
    carryOut(tx, modules, { events: [event], drafts: [] }, { now: NOVEMBER, inboxId: null, actor: 'cli:zhou' }, null),
  )
const community = () => world.db.read.community.findUniqueOrThrow({ where: { id: COMMUNITY } })
const pages = async () =>
  settingsSchema.parse((await community()).settings).ledger.pages.map(({ page: name, title }) => `${name} ${title}`)

describe('the definition of a page', () => {
  it('is read from JSON, with every fault and its place', () => {
    expect(readPage(JSON.stringify(LIFTS)).page).toEqual(page())
    expect(readPage('{').faults).toEqual(['不是 JSON，请检查引号和逗号'])
    const { faults = [] } = readPage(
      JSON.stringify({ ...LIFTS, page: 'lift', columns: [{ header: '', from: 'salt' }] }),
    )
    expect(faults.map((fault) => fault.split('：')[0])).toEqual(['page', 'columns.0.header', 'columns.0.from'])
    expect(readPage(JSON.stringify({ ...LIFTS, filter: {} })).faults).toEqual(['filter：至少要写 pages 或 types'])
  })
})

describe('a page of a community’s own', () => {
  it('is added, changed and taken away on the record, and leaves what else is set alone', async () => {
    await world.db.write((tx) =>
      tx.community.updateMany({ data: { settings: { chatterDays: 3, ledger: { closeDay: 8 } } } }),
    )
    await happen(pageDefined(COMMUNITY, page()))
    await happen(pageDefined(COMMUNITY, page({ page: 'own-gas', title: '燃气台账' })))
    await happen(pageDefined(COMMUNITY, page({ title: '电梯台账' })))
    expect(await pages()).toEqual(['own-lift 电梯台账', 'own-gas 燃气台账'])
    await happen(pageDropped(COMMUNITY, page()))
    expect(await pages()).toEqual(['own-gas 燃气台账'])
    expect((await community()).settings).toMatchObject({ chatterDays: 3, ledger: { closeDay: 8 } })
    const entries = await world.db.read.ledgerEntry.findMany({ orderBy: { seq: 'asc' } })
    expect(entries.map((entry) => entry.text)).toEqual([
      '台账页“电梯专项台账”已定义，代替：电梯维保登记簿',
      '台账页“燃气台账”已定义，代替：电梯维保登记簿',
      '台账页“电梯台账”已定义，代替：电梯维保登记簿',
      '台账页“电梯专项台账”已撤下，已记的条目不变',
    ])
    expect(entries.every((entry) => entry.actor === 'cli:zhou')).toBe(true)
  })

  it('does not come to stand where the settings would not hold', async () => {
    const many = Array.from({ length: 50 }, (_, index) => page({ page: `own-${index}` }))
    await world.db.write((tx) => tx.community.updateMany({ data: { settings: { ledger: { pages: many } } } }))
    await expect(happen(pageDefined(COMMUNITY, page()))).rejects.toThrow('ledger.pages')
    expect(await pages()).toHaveLength(50)
    expect(await world.db.read.ledgerEntry.count()).toBe(0)
  })
})
