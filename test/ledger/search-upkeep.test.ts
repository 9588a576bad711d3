import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eraseEntries } from '../../src/ledger/erase.js'
import { searchEntries } from '../../src/ledger/search/find.js'
import { textTokens } from '../../src/ledger/search/tokens.js'
import { keepSearch, prepareSearch, rebuildSearch } from '../../src/ledger/search/upkeep.js'
import { COMMUNITY, type LedgerWorld, NOVEMBER, notes, openLedgerWorld } from './support.js'

let world: LedgerWorld
beforeEach(async () => {
  world = await openLedgerWorld()
})
afterEach(() => world.close())

const found = async (...terms: string[]) =>
  (await searchEntries(world.db.read, { terms, limit: 5000 })).map((hit) => hit.seq)

/** Whether a word stands anywhere in the bytes of the database: its file, its log. */
function onDisk(word: string): boolean {
  const file = world.db.file ?? ''
  return [file, `${file}-wal`].some((path) => existsSync(path) && readFileSync(path).includes(word))
}

describe('words that were erased', () => {
  /** The sign 龘 as the index spells it: words of the index share their beginnings, so the whole pair need not stand there. */
  const [spelled = ''] = textTokens('龘')

  it('leave the file itself, not only what is found', async () => {
    await world.append(notes(30))
    await world.append([{ text: '住户龘先生来电', data: { name: '龘先生' } }])
    for (let round = 0; round < 20; round += 1) await world.append(notes(3))
    await world.db.forget()
    expect(onDisk('龘')).toBe(true)
    expect(onDisk(spelled)).toBe(true)

    await world.db.write((tx) => eraseEntries(tx, COMMUNITY, [31], NOVEMBER))
    await world.append([{ type: 'ledger.erased', page: 'ledger', data: { seqs: [31] } }])
    expect(await found('龘')).toEqual([])
    await world.db.forget()
    // Deleted, but its segment still holds it.
    expect(onDisk(spelled)).toBe(true)
    expect(await keepSearch(world.db)).toEqual({ counted: false, purged: true })
    expect(onDisk('龘')).toBe(false)
    expect(onDisk(spelled)).toBe(false)
    expect(await found('已按本人要求删除')).toEqual([31])
    expect(await found('电梯')).toHaveLength(90)
    expect(await keepSearch(world.db)).toEqual({ counted: false, purged: false })
  })

  it('are seen to again when more are erased while the first are seen to', async () => {
    await world.append(notes(3))
    await world.db.write((tx) => eraseEntries(tx, COMMUNITY, [1], NOVEMBER))
    expect(await keepSearch(world.db, AbortSignal.abort())).toEqual({ counted: false, purged: false })
    const first = keepSearch(world.db)
    await world.db.write((tx) => eraseEntries(tx, COMMUNITY, [2], NOVEMBER))
    expect((await first).purged).toBe(true)
    await keepSearch(world.db)
    expect((await keepSearch(world.db)).purged).toBe(false)
    expect(await found('第1件')).toEqual([])
  })
})

describe('an index', () => {
  it('is made anew after an upgrade, and only then', async () => {
    await world.append(notes(12))
    expect(await prepareSearch(world.db)).toBe(true)
    expect(await prepareSearch(world.db)).toBe(false)
    await world.tamper('DELETE FROM "EntrySearch"')
    expect(await found('电梯')).toEqual([])
    const steps: number[] = []
    await rebuildSearch(world.db, (documents) => steps.push(documents))
    expect(steps.at(-1)).toBe(12)
    expect(await found('电梯')).toHaveLength(12)
    expect(await found('第7件')).toEqual([7])
  })

  it('finds the same when it knows which words are common', async () => {
    for (let part = 0; part < 5; part += 1) await world.append(notes(500))
    const asked = [['电梯', '第7件'], ['电'], ['2499'], ['幢2', '第1'], ['没有'], ['3幢2单元电梯', '9件']]
    const before = await Promise.all(asked.map((terms) => found(...terms)))
    expect((await keepSearch(world.db)).counted).toBe(true)
    const shares = await world.db.read.$queryRaw<{ share: number }[]>`
      SELECT share FROM "SearchWord" WHERE source = 'entry' AND word = ${textTokens('梯')[0]}`
    expect(shares).toEqual([{ share: 1 }])
    expect(await Promise.all(asked.map((terms) => found(...terms)))).toEqual(before)
    expect(before.map((hits) => hits.length > 0)).toEqual([true, true, false, true, false, true])
    expect((await keepSearch(world.db)).counted).toBe(false)
  })
})
