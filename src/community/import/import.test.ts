import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  encodeGbk,
  type SheetRowsOf,
  soundRoster,
  withCell,
  writeCsvFolder,
  writeXlsx,
} from '../../../test/support/roster-files.js'
import { type Database, openDatabase } from '../../db/client.js'
import { faultText, importRoster } from './index.js'
import { writeTemplate } from './template.js'

const NOW = new Date('2026-11-22T01:00:00Z')
const LATER = new Date('2026-12-01T01:00:00Z')
let folder: string
let db: Database

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-import-'))
  db = await openDatabase(`file:${folder}/linli.db`)
})
afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true })
})

const load = async (roster: SheetRowsOf, now = NOW) =>
  importRoster(db, await writeXlsx(join(folder, 'roster.xlsx'), roster), { now })

const household = (building: string, room: string) =>
  db.read.household.findFirstOrThrow({ where: { building, room }, include: { members: true, grid: true } })

async function everything() {
  const { read } = db
  return {
    districts: await read.district.findMany(),
    subdistricts: await read.subdistrict.findMany(),
    communities: await read.community.findMany(),
    grids: await read.grid.findMany(),
    assignments: await read.gridAssignment.findMany(),
    people: await read.person.findMany(),
    roles: await read.roleGrant.findMany(),
    accounts: await read.account.findMany(),
    households: await read.household.findMany({ orderBy: { id: 'asc' } }),
    chats: await read.chat.findMany(),
  }
}

describe('a sound roster', () => {
  it('is written whole', async () => {
    const { written, faults } = await load(soundRoster)
    expect(faults.map(faultText)).toEqual([])
    expect(written).toEqual({ communities: 1, grids: 2, people: 4, households: 3, chats: 2 })
    const community = await db.read.community.findUniqueOrThrow({
      where: { code: 'CX' },
      include: { subdistrict: { include: { district: true } } },
    })
    expect([community.subdistrict.name, community.subdistrict.district.name]).toEqual(['白杨街道', '杭州市钱塘区'])
    expect(await household('3', '501')).toMatchObject({ unit: '2', estate: '翠苑', tier: 'key', phone: '13800000009' })
    expect(await household('3', '502')).toMatchObject({ tier: 'ordinary', occupancy: 'rented', unit: '2' })
    expect(await household('12', 'A12')).toMatchObject({
      tier: 'high_risk',
      occupancy: 'vacant',
      grid: { code: 'CX-2' },
    })
    expect((await household('3', '501')).members.map((person) => person.name)).toEqual(['李桂花'])
  })

  it('gives roles in their scopes, accounts and groups', async () => {
    await load(soundRoster)
    const people = await db.read.person.findMany({ include: { roles: true, accounts: true }, orderBy: { id: 'asc' } })
    expect(
      people.map(({ name, roles, accounts }) => [
        name,
        roles.map((grant) => `${grant.role}@${grant.scopeKind}`).join(),
        accounts.map((account) => `${account.channel}:${account.externalId}`).join(),
      ]),
    ).toEqual([
      ['王小梅', 'worker@community', 'telegram:5550001'],
      ['赵刚', 'manager@community,worker@community', 'wechat:wxid_zhao'],
      ['孙科长', 'officer@subdistrict', ''],
      ['李桂花', 'resident@community', 'telegram:5550009'],
    ])
    const chats = await db.read.chat.findMany({ orderBy: { id: 'asc' } })
    expect(chats.map(({ channel, externalId, kind, gridId }) => [channel, externalId, kind, gridId !== null])).toEqual([
      ['telegram', '-1001234567890', 'residents', true],
      ['wechat', '2233@chatroom', 'workers', false],
    ])
  })

  it('changes nothing when it is imported again', async () => {
    await load(soundRoster)
    const before = await everything()
    await load(soundRoster, LATER)
    expect(await everything()).toEqual(before)
  })

  it('updates what changed, and keeps who answered for a grid before', async () => {
    await load(soundRoster)
    await load(withCell('网格', 2, '社工工号', '002'), LATER)
    const spans = await db.read.gridAssignment.findMany({
      where: { grid: { code: 'CX-1' } },
      include: { person: true },
      orderBy: { id: 'asc' },
    })
    expect(spans.map(({ person, startsAt, endsAt }) => [person.name, startsAt, endsAt])).toEqual([
      ['王小梅', NOW, LATER],
      ['赵刚', LATER, null],
    ])
    await load(withCell('网格', 2, '社工工号', '无'), LATER)
    expect(await db.read.gridAssignment.count({ where: { grid: { code: 'CX-1' }, endsAt: null } })).toBe(0)
  })

  it('ends a role that the roster no longer gives, and gives it again', async () => {
    await load(soundRoster)
    await load(withCell('人员', 2, '角色', '协管员'), LATER)
    const roles = () =>
      db.read.roleGrant.findMany({ where: { person: { staffNo: '001' }, endsAt: null }, select: { role: true } })
    expect(await roles()).toEqual([{ role: 'coordinator' }])
    await load(soundRoster, LATER)
    expect(await roles()).toEqual([{ role: 'worker' }])
  })

  it('gives one role for two words of it', async () => {
    await load(withCell('人员', 2, '角色', '主任，书记'))
    expect(await db.read.roleGrant.count({ where: { person: { staffNo: '001' }, role: 'manager' } })).toBe(1)
  })

  it('takes a mistyped Telegram id away from the person again', async () => {
    await load(soundRoster)
    await load(withCell('人员', 2, 'telegram', '5550077'))
    const bound = await db.read.account.findMany({ where: { person: { staffNo: '001' } } })
    expect(bound.map((account) => account.externalId)).toEqual(['5550077'])
  })

  it('does not let an empty cell wipe out what is known', async () => {
    await load(soundRoster)
    const [first = []] = soundRoster.住户 ?? []
    await load({ 住户: [first.map((cell, index) => (index > 4 ? '' : cell))] })
    expect(await household('3', '501')).toMatchObject({ headName: '李桂花', phone: '13800000009', tier: 'key' })
  })

  it('may come as single sheets, referring to what the database knows', async () => {
    await load(soundRoster)
    const { written, faults } = await load({ 住户: [['CX-2', '翠苑', '9', '1', '101', '新户', '', '', '']] })
    expect(faults).toEqual([])
    expect(written?.households).toBe(1)
    expect((await household('9', '101')).grid.code).toBe('CX-2')
  })
})

describe('CSV files', () => {
  it.each([
    ['UTF-8', (text: string) => new TextEncoder().encode(text)],
    ['UTF-8 with a mark', (text: string) => new TextEncoder().encode(`\ufeff${text}`)],
    ['GBK', encodeGbk],
  ])('are read in %s', async (_, encode) => {
    const source = await writeCsvFolder(join(folder, 'csv'), soundRoster, encode)
    const { written, faults } = await importRoster(db, source, { now: NOW })
    expect(faults.map(faultText)).toEqual([])
    expect(written?.households).toBe(3)
    expect((await household('3', '501')).headName).toBe('李桂花')
  })

  it('may be one file', async () => {
    const source = await writeCsvFolder(join(folder, 'csv'), soundRoster)
    const { written } = await importRoster(db, join(source, '社区.csv'), { now: NOW })
    expect(written?.communities).toBe(1)
  })
})

describe('a faulty roster', () => {
  it.each([
    ['住户', 2, '室', '5O1', '住户 第 2 行「室」：“5O1” 不是房号（字母 O？应为数字）'],
    ['住户', 2, '室', '5l1', '住户 第 2 行「室」：“5l1” 不是房号（字母 I 或 l？应为数字）'],
    ['住户', 3, '室', '五楼东', '住户 第 3 行「室」：“五楼东” 不是房号（应如 501、1203、A12）'],
    ['住户', 2, '幢', '', '住户 第 2 行「幢」：不能为空'],
    [
      '住户',
      2,
      '幢',
      new Date('2026-03-02'),
      '住户 第 2 行「幢」：“2026-03-02” 不是幢号（像是被表格软件改成了日期，请把这一列设为“文本”再填）',
    ],
    [
      '住户',
      2,
      '手机',
      '1380000',
      '住户 第 2 行「手机」：“1380000” 不是电话号码（共 7 位；手机应为 11 位、以 1 开头，座机可带区号）',
    ],
    [
      '住户',
      2,
      '手机',
      '1.38E+10',
      '住户 第 2 行「手机」：“1.38E+10” 不是电话号码（被表格软件写成了科学计数，请把这一列设为“文本”再填）',
    ],
    ['住户', 2, '类别', '一般', '住户 第 2 行「类别」：“一般” 不在可选范围内，应为：普通、重点、高风险'],
    [
      '住户',
      2,
      '网格代码',
      'CX-9',
      '住户 第 2 行「网格代码」：“CX-9” 这个网格代码不存在（「网格」表和数据库里都没有）',
    ],
    ['住户', 2, '户主', { error: '#N/A' }, '住户 第 2 行「户主」：“#N/A” 是公式出错的结果，请填实际内容'],
    ['住户', 3, '室', '501', '住户 第 3 行「室」：“3-2-501” 与第 2 行重复'],
    ['网格', 3, '代码', 'CX-1', '网格 第 3 行「代码」：“CX-1” 与第 2 行重复'],
    [
      '网格',
      3,
      '社工工号',
      '077',
      '网格 第 3 行「社工工号」：“077” 这个工号不存在（「人员」表和数据库里都没有）；暂缺社工请留空，撤下请填“无”',
    ],
    ['网格', 3, '社区代码', 'ZZ', '网格 第 3 行「社区代码」：“ZZ” 这个社区代码不存在（「社区」表和数据库里都没有）'],
    ['社区', 2, '代码', '翠柏', '社区 第 2 行「代码」：“翠柏” 不是代码（只用 2–10 个字母或数字，如 BH）'],
    [
      '人员',
      2,
      '角色',
      '厨师',
      '人员 第 2 行「角色」：“厨师” 不在可选范围内，应为：居民、社工、协管员、主任、书记、街道干部、区县干部、社区工作者、网格员、社区主任、社区书记',
    ],
    ['人员', 2, '工号', '', '人员 第 2 行「工号」：不能为空：居民以外的人员要有工号'],
    ['人员', 3, '工号', '001', '人员 第 3 行「工号」：“001” 与第 2 行重复'],
    ['人员', 5, '手机', '', '人员 第 5 行「手机」：不能为空：没有工号的居民靠姓名和手机辨认'],
    ['人员', 3, 'telegram', '5550001', '人员 第 3 行「telegram」：“5550001” 与第 2 行重复'],
    [
      '人员',
      2,
      'telegram',
      '@wang',
      '人员 第 2 行「telegram」：“@wang” 不是 Telegram 编号（应为数字，不是 @用户名；不知道就留空，让本人私聊机器人说“绑定 工号 姓名”）',
    ],
    ['群', 2, '渠道', 'QQ', '群 第 2 行「渠道」：“QQ” 不在可选范围内，应为：telegram、wechat、sandbox、微信'],
    [
      '群',
      2,
      '群标识',
      '翠苑群',
      '群 第 2 行「群标识」：“翠苑群” 不是 Telegram 群标识（应为负整数，如 -1001234567890；机器人进群后用 linli bind-chat --list 可看到）',
    ],
    ['群', 2, '类型', '邻居', '群 第 2 行「类型」：“邻居” 不在可选范围内，应为：居民群、社工群、街道群、工作群'],
  ] as const)('%s row %i, %s = %o is told with its place and reason', async (sheet, row, column, value, told) => {
    const { written, faults } = await load(withCell(sheet, row, column, value))
    expect(faults.map(faultText)).toContain(told)
    expect(written).toBeNull()
    expect(await db.read.community.count()).toBe(0)
  })

  it('tells all faults at once, and blames the row that is wrong before those that refer to it', async () => {
    const { faults } = await load(withCell('网格', 2, '名称', ''))
    expect(faults.map(faultText)).toEqual([
      '网格 第 2 行「名称」：不能为空',
      '住户 第 2 行「网格代码」：“CX-1” 所指的那一行（「网格」表）有错，先改那一行',
      '住户 第 3 行「网格代码」：“CX-1” 所指的那一行（「网格」表）有错，先改那一行',
      '群 第 2 行「网格代码」：“CX-1” 所指的那一行（「网格」表）有错，先改那一行',
    ])
  })

  it('keeps a grid in its community', async () => {
    await load(soundRoster)
    const { faults } = await load({
      社区: [['CY', '春园社区', '白杨街道', '杭州市钱塘区']],
      网格: [['CX-1', '东片', 'CY', '']],
      群: [['wechat', 'g1', '', '居民群', 'CY', 'CX-2']],
    })
    expect(faults.map(faultText)).toEqual([
      '网格 第 2 行「社区代码」：“CY” 这个网格属于社区 CX，不能改到别的社区',
      '群 第 2 行「网格代码」：“CX-2” 这个网格属于社区 CX，与本行社区代码不符',
    ])
  })

  it('is written without its faulty rows when that was asked for', async () => {
    const source = await writeXlsx(join(folder, 'roster.xlsx'), withCell('住户', 2, '室', '5O1'))
    const { written, faults } = await importRoster(db, source, { now: NOW, partial: true })
    expect(faults).toHaveLength(1)
    expect(written).toMatchObject({ communities: 1, households: 2 })
    expect(await db.read.household.findMany({ select: { room: true }, orderBy: { id: 'asc' } })).toEqual([
      { room: '502' },
      { room: 'A12' },
    ])
  })

  it('says which columns are missing', async () => {
    const source = join(folder, '住户.csv')
    await writeFile(
      source,
      '网格代码,小区,楼,单元,室,户主,手机号,类别（普通/重点/高风险）,居住情况\nCX-1,,1,1,101,,,,\n',
    )
    const { faults } = await importRoster(db, source, { now: NOW })
    expect(faults.map(faultText)).toEqual([
      '住户：缺少列 「幢」「手机」；用 linli template 文件.xlsx 可得到空白模板 / linli template FILE.xlsx writes an empty one',
    ])
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
    await writeFile(join(folder, name), bytes)
    await expect(importRoster(db, join(folder, name), { now: NOW })).rejects.toThrow(words)
  })

  it('neither a missing file, a workbook of other sheets, nor a folder without one', async () => {
    await expect(importRoster(db, join(folder, 'none.xlsx'), { now: NOW })).rejects.toThrow('找不到')
    await expect(importRoster(db, folder, { now: NOW })).rejects.toThrow('没有名册文件')
    const other = await writeXlsx(join(folder, 'other.xlsx'), {})
    await expect(importRoster(db, other, { now: NOW })).rejects.toThrow(/没有名册的工作表|不是 Excel/)
  })
})

describe('the template', () => {
  it('imports as no rows and no fault', async () => {
    const file = join(folder, 'template.xlsx')
    await writeTemplate(file)
    expect(await importRoster(db, file, { now: NOW })).toEqual({
      written: { communities: 0, grids: 0, people: 0, households: 0, chats: 0 },
      faults: [],
    })
    expect((await readFile(file)).length).toBeLessThan(50_000)
  })
})

describe('a large roster', () => {
  it('of 20,000 households is written in one go, with progress', async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => [
      n % 2 ? 'CX-1' : 'CX-2',
      '翠苑',
      Math.floor(n / 400) + 1,
      Math.floor((n % 400) / 100) + 1,
      101 + (n % 100),
      `户主${n}`,
      `1390000${String(n % 10_000).padStart(4, '0')}`,
      n % 9 ? '普通' : '',
      '自住',
    ])
    const source = await writeXlsx(join(folder, 'large.xlsx'), { ...soundRoster, 住户: rows })
    expect((await readFile(source)).length).toBeGreaterThan(512 * 1024)
    const steps: number[] = []
    const { written } = await importRoster(db, source, {
      now: NOW,
      onProgress: ({ step, done }) => void (step === 'write' && steps.push(done)),
    })
    expect(written?.households).toBe(20_000)
    expect(await db.read.household.count()).toBe(20_000)
    expect(steps.length).toBeGreaterThan(20)
    expect(steps.at(-1)).toBe(20_000)
  }, 60_000)
})
