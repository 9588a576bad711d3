import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createProgram } from '../../src/cli/program.js'
import { openDatabase } from '../../src/db/client.js'
import { seedDemo } from '../../src/demo/index.js'

const SOUND = `标题: 物业意见
题目:
  - 题干: 满意吗
    类型: 满意度
  - 题干: 建议
    类型: 填空
`
const FAULTY = `title: 意见
questions:
  - kind: single
    text: 一
    options: [甲]
  - kind: scale
    text: 二
    points: 7
`

let folder: string
let out: string[]
let err: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-survey-cli-'))
  vi.stubEnv('DATABASE_URL', `file:${join(folder, 'linli.db')}`)
  out = []
  err = []
  vi.spyOn(console, 'log').mockImplementation((line: unknown) => void out.push(String(line)))
  vi.spyOn(console, 'error').mockImplementation((line: unknown) => void err.push(String(line)))
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const run = (...args: string[]) => createProgram().parseAsync(['node', 'linli', 'survey', ...args])
function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
async function seeded() {
  const db = await openDatabase(`file:${join(folder, 'linli.db')}`)
  await seedDemo(db, new Date())
  return db
}

describe('linli survey', { timeout: 120_000 }, () => {
  it('checks a file without a database, each fault with its line in both languages', async () => {
    await run('check', file('sound.yaml', SOUND))
    expect(out.join()).toContain('“物业意见”，2 题')
    const path = file('faulty.yaml', FAULTY)
    await expect(run('check', path)).rejects.toThrow('共 2 处要改')
    expect(err).toEqual([
      `${path}:5: 第 1 题：“options” 至少要 2 项 / question 1: "options" needs at least 2`,
      expect.stringMatching(/faulty\.yaml:8: 第 2 题：“points”.* \/ question 2: "points"/),
    ])
    await expect(run('check', join(folder, 'none.yaml'))).rejects.toThrow('打不开')
  })

  it('previews and imports a draft of the manager, and an evaluation only where somebody independent runs it', async () => {
    await (await seeded()).close()
    await run('preview', file('sound.yaml', SOUND), '--community', 'bh')
    expect(out.join('\n')).toMatch(/【预览】W1[\s\S]*邀请 \d{3} 户/)
    await run('import', join(folder, 'sound.yaml'), '--community', 'BH')
    expect(out.at(-1)).toContain('BH-W1')
    const evaluation = SOUND.replace('标题: 物业意见', '标题: 评议\n种类: 评议社区').replace(
      '类型: 满意度',
      '类型: 满意度\n    权重: 100',
    )
    await run('import', file('evaluation.yaml', evaluation), '--community', 'BH')
    const db = await openDatabase(`file:${join(folder, 'linli.db')}`)
    const drafts = await db.read.survey.findMany({ orderBy: { id: 'asc' } })
    expect(drafts.map(({ number, owner, status }) => [number, owner, status])).toEqual([
      ['BH-W1', 'manager', 'draft'],
      ['BH-W2', 'surveyor', 'draft'],
    ])
    const runner = await db.read.person.findUniqueOrThrow({ where: { id: drafts[1]?.createdById ?? 0 } })
    expect(runner.staffNo).toBe('S01')
    const entries = await db.read.ledgerEntry.findMany({ where: { type: 'survey.drafted' } })
    expect(entries.map(({ actor }) => actor.split(':')[0])).toEqual(['cli', 'cli'])
    await db.close()
  })

  it('writes the tables of a round that is over, and of no other', async () => {
    const db = await seeded()
    await db.close()
    await run('import', file('sound.yaml', SOUND), '--community', 'BH')
    await expect(run('results', 'BH-W1', '--out', join(folder, 'x.xlsx'))).rejects.toThrow('还没有结束')
    await expect(run('results', 'BH-W1', '--out', join(folder, 'x.pdf'))).rejects.toThrow('.xlsx')
    const results = {
      ...{ eligible: 900, invited: 900, answered: 40, smallestGroup: 5, weighted: false, composite: null, cells: [] },
      questions: [
        {
          ...{ key: 'q1', text: '满意吗', kind: 'scale', answered: 40, hidden: false, rows: [], number: null },
          satisfied: { value: 0.8, low: 0.7, high: 0.9 },
          score: null,
          options: [{ label: '=很满意', count: 32, share: { value: 0.8, low: 0.7, high: 0.9 } }],
        },
      ],
      words: [],
    }
    const again = await openDatabase(`file:${join(folder, 'linli.db')}`)
    await again.write((tx) => tx.survey.updateMany({ data: { status: 'closed', results } }))
    await again.close()
    await run('results', 'bh-w1', '--out', join(folder, 'x.csv'))
    expect(readFileSync(join(folder, 'x.csv'), 'utf8')).toContain("满意吗,'=很满意,40,32,0.8")
    await run('results', 'BH-W1', '--out', join(folder, 'x.xlsx'))
    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(join(folder, 'x.xlsx'))
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual(['概况', '各题', '分组', '意见'])
  })
})
