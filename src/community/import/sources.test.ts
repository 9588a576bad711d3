import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeGbk, soundRoster, writeCsvFolder, writeXlsx } from '../../../test/support/roster-files.js'
import { NOW, useRosterWorld } from '../../../test/support/roster-world.js'
import { faultText, importRoster } from './index.js'
import { writeTemplate } from './template.js'

const world = useRosterWorld()

describe('CSV files', () => {
  it.each([
    ['UTF-8', (text: string) => new TextEncoder().encode(text)],
    ['UTF-8 with a mark', (text: string) => new TextEncoder().encode(`\ufeff${text}`)],
    ['GBK', encodeGbk],
  ])('are read in %s', async (_, encode) => {
    const source = await writeCsvFolder(world.path('csv'), soundRoster, encode)
    const { written, faults } = await importRoster(world.db, source, { now: NOW })
    expect(faults.map(faultText)).toEqual([])
    expect(written?.households).toBe(3)
    expect((await world.household('3', '501')).headName).toBe('李桂花')
  })

  it('may be one file', async () => {
    const source = await writeCsvFolder(world.path('csv'), soundRoster)
    const { written } = await importRoster(world.db, join(source, '社区.csv'), { now: NOW })
    expect(written?.communities).toBe(1)
  })
})

describe('a source that is no roster', () => {
  it.each([
    ['text with the name of a workbook', 'a.xlsx', Buffer.from('网格代码,小区'), /不是 Excel 工作簿/],
    ['a cut-off workbook', 'b.xlsx', Buffer.from('PK\u0003\u0004rest'), /不是 Excel 工作簿/],
    ['an old or locked workbook', 'c.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /另存为/],
    ['an empty file', 'd.xlsx', Buffer.alloc(0), /不是 Excel 工作簿/],
    ['a picture', 'e.png', Buffer.from('x'), /只能导入/],
    ['a CSV file of another name', '名单.csv', Buffer.from('a,b'), /没有名册的工作表/],
    ['bytes of no known encoding', '社区.csv', Buffer.from([0xff, 0xff, 0x81]), /编码/],
  ])('%s is refused in plain words', async (_, name, bytes, words) => {
    await writeFile(world.path(name), bytes)
    await expect(importRoster(world.db, world.path(name), { now: NOW })).rejects.toThrow(words)
  })

  it('neither a missing file, a workbook of other sheets, nor a folder without one', async () => {
    await expect(importRoster(world.db, world.path('none.xlsx'), { now: NOW })).rejects.toThrow('找不到')
    await expect(importRoster(world.db, world.path(), { now: NOW })).rejects.toThrow('没有名册文件')
    const other = await writeXlsx(world.path('other.xlsx'), {})
    await expect(importRoster(world.db, other, { now: NOW })).rejects.toThrow(/没有名册的工作表|不是 Excel/)
  })
})

describe('the template', () => {
  it('imports as no rows and no fault', async () => {
    const file = world.path('template.xlsx')
    await writeTemplate(file)
    expect(await importRoster(world.db, file, { now: NOW })).toEqual({
      written: { communities: 0, grids: 0, people: 0, households: 0, chats: 0 },
      faults: [],
    })
    expect((await readFile(file)).length).toBeLessThan(50_000)
  })
})
