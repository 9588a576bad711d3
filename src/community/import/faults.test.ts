import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { soundRoster, withCell, writeXlsx } from '../../../test/support/roster-files.js'
import { NOW, useRosterWorld } from '../../../test/support/roster-world.js'
import { faultText, importRoster } from './index.js'

const world = useRosterWorld()

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
    const { written, faults } = await world.load(withCell(sheet, row, column, value))
    expect(faults.map(faultText)).toContain(told)
    expect(written).toBeNull()
    expect(await world.db.read.community.count()).toBe(0)
  })

  it('tells all faults at once, and blames the row that is wrong before those that refer to it', async () => {
    const { faults } = await world.load(withCell('网格', 2, '名称', ''))
    expect(faults.map(faultText)).toEqual([
      '网格 第 2 行「名称」：不能为空',
      '住户 第 2 行「网格代码」：“CX-1” 所指的那一行（「网格」表）有错，先改那一行',
      '住户 第 3 行「网格代码」：“CX-1” 所指的那一行（「网格」表）有错，先改那一行',
      '群 第 2 行「网格代码」：“CX-1” 所指的那一行（「网格」表）有错，先改那一行',
    ])
  })

  it('keeps a grid in its community', async () => {
    await world.load(soundRoster)
    const { faults } = await world.load({
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
    const source = await writeXlsx(world.path('roster.xlsx'), withCell('住户', 2, '室', '5O1'))
    const { written, faults } = await importRoster(world.db, source, { now: NOW, partial: true })
    expect(faults).toHaveLength(1)
    expect(written).toMatchObject({ communities: 1, households: 2 })
    expect(await world.db.read.household.findMany({ select: { room: true }, orderBy: { id: 'asc' } })).toEqual([
      { room: '502' },
      { room: 'A12' },
    ])
  })

  it('says which columns are missing', async () => {
    const source = world.path('住户.csv')
    await writeFile(
      source,
      '网格代码,小区,楼,单元,室,户主,手机号,类别（普通/重点/高风险）,居住情况\nCX-1,,1,1,101,,,,\n',
    )
    const { faults } = await importRoster(world.db, source, { now: NOW })
    expect(faults.map(faultText)).toEqual([
      '住户：缺少列 「幢」「手机」；用 linli template 文件.xlsx 可得到空白模板 / linli template FILE.xlsx writes an empty one',
    ])
  })
})
