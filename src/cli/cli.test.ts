import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBotApiServer } from '../../test/support/bot-api-server.js'
import { soundRoster, withCell, writeXlsx } from '../../test/support/roster-files.js'
import { openDatabase } from '../db/client.js'
import type { Tx } from '../db/transaction.js'
import { seedDemo } from '../demo/index.js'

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const main = fileURLToPath(new URL('main.ts', import.meta.url))
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the command line as a process of its own, in the test's folder, with nothing of this process's environment. */
function linli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // Port 0 is always free: whatever else runs here does not show.
    const clean = { PATH: process.env.PATH, HOME: folder, PORT: '0', ...env }
    const child = spawn(process.execPath, ['--import', tsx, main, ...args], { cwd: folder, env: clean })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

const database = (name: string) => ({ DATABASE_URL: `file:${join(folder, name)}` })

async function aRequest(tx: Tx) {
  const community = await tx.community.findFirstOrThrow()
  const account = await tx.account.findFirstOrThrow({ where: { externalId: 'resident-aili' } })
  const at = new Date('2026-11-22T01:14:00Z')
  return {
    number: 'BH-202611-0001',
    communityId: community.id,
    reporterId: account.id,
    chatId: account.lastGroupId ?? 0,
    category: 'facility',
    text: '3幢2单元电梯又坏了',
    building: '3',
    unit: '2',
    status: 'assigned',
    createdAt: at,
    acceptBy: at,
    closeBy: at,
  }
}

describe('linli', { timeout: 240_000 }, () => {
  it('tells wrong usage from wrong input', async () => {
    const [none, unknown, help, month] = await Promise.all([
      linli([]),
      linli(['fly']),
      linli(['--help']),
      linli(['export', '--community', 'BH', '--month', '2026-13', '--out', 'x.xlsx']),
    ])
    expect([none.code, unknown.code, help.code, month.code]).toEqual([2, 2, 0, 2])
    expect(help.out).toContain('导入或更新名册')
    expect(month.err).toContain('YYYY-MM')
  })

  it('writes a template that imports, and never overwrites a file', async () => {
    const first = await linli(['template', 'roster.xlsx'])
    expect(first).toMatchObject({ code: 0, out: '' })
    const [again, imported] = await Promise.all([
      linli(['template', 'roster.xlsx']),
      linli(['import', 'roster.xlsx'], database('template.db')),
    ])
    expect(again.code).toBe(1)
    expect(again.err).toContain('没有覆盖')
    expect(imported.code).toBe(0)
    expect(imported.err).toContain('没有填任何一行')
  })

  it('imports a roster, or tells every fault and writes nothing', async () => {
    const env = database('import.db')
    await writeXlsx(join(folder, 'wrong.xlsx'), withCell('住户', 2, '室', '5O1'))
    await writeXlsx(join(folder, 'right.xlsx'), soundRoster)
    const wrong = await linli(['import', 'wrong.xlsx'], env)
    expect(wrong).toMatchObject({ code: 1, out: '' })
    expect(wrong.err).toContain('住户 第 2 行「室」：“5O1” 不是房号（字母 O？应为数字）\n共 1 处错误，未写入任何数据')
    const partial = await linli(['import', 'wrong.xlsx', '--partial'], env)
    expect(partial).toMatchObject({ code: 0, out: '已写入 / written：社区 1 · 网格 2 · 人员 4 · 住户 2 · 群 2\n' })
    const right = await linli(['import', 'right.xlsx'], env)
    expect(right).toMatchObject({ code: 0, out: '已写入 / written：社区 1 · 网格 2 · 人员 4 · 住户 3 · 群 2\n' })
    const missing = await linli(['import', 'none.xlsx'], env)
    expect(missing).toMatchObject({ code: 1, err: '找不到 none.xlsx / no such file or folder\n' })
  })

  it('seeds the demo once, binds groups, and keeps only the hash of a token', async () => {
    const env = database('demo.db')
    expect((await linli(['demo'], env)).code).toBe(0)
    expect((await linli(['demo'], env)).code).toBe(1)

    const created = await linli(['token', 'create', '--role', 'manager', '--community', 'bh', '--days', '30'], env)
    expect(created.out).toMatch(/^linli_[\w-]{43}\n$/)
    const db = await openDatabase(env.DATABASE_URL)
    try {
      const hash = createHash('sha256').update(created.out.trim()).digest('hex')
      expect(await db.read.apiToken.findMany({ select: { hash: true, role: true, scopeKind: true } })).toEqual([
        { hash, role: 'manager', scopeKind: 'community' },
      ])
      const bound = await linli(
        [
          'bind-chat',
          '--channel',
          'telegram',
          '--id',
          '-10077',
          '--community',
          'BH',
          '--grid',
          'BH-02',
          '--name',
          '二区',
        ],
        env,
      )
      expect(bound).toMatchObject({ code: 0, out: '已归好：二区 → 百合社区，居民群 / bound\n' })
      const chat = await db.read.chat.findFirstOrThrow({ where: { externalId: '-10077' } })
      expect(chat).toMatchObject({ kind: 'residents', name: '二区' })
    } finally {
      await db.close()
    }
    const [listed, noScope, noCommunity] = await Promise.all([
      linli(['token', 'list'], env),
      linli(['token', 'create', '--role', 'officer'], env),
      linli(['token', 'create', '--role', 'officer', '--community', 'XX'], env),
    ])
    expect(listed.out).toMatch(/^1\t有效\tmanager\tBH\t/)
    expect(noScope).toMatchObject({ code: 1, out: '' })
    expect(noCommunity.err).toContain('已有 / no such community; there are: BH')
    expect(await linli(['token', 'revoke', '1'], env)).toMatchObject({ code: 0, out: '已作废 / revoked：manager@BH\n' })
    expect((await linli(['token', 'revoke', '1'], env)).code).toBe(1)
  })

  it('exports the ledger of a month, and notes who did', async () => {
    const env = database('export.db')
    const db = await openDatabase(env.DATABASE_URL)
    try {
      await seedDemo(db, new Date('2026-11-01T00:00:00Z'))
      await db.write(async (tx) => tx.request.create({ data: await aRequest(tx) }))
      const ended = await linli(['export', '--community', 'BH', '--month', '2026-11', '--out', 'ledger.xlsx'], env)
      expect(ended).toMatchObject({ code: 0, out: '已写好 ledger.xlsx，共 1001 行 / written, 1001 rows\n' })
      const workbook = new ExcelJS.Workbook()
      await workbook.xlsx.readFile(join(folder, 'ledger.xlsx'))
      expect(JSON.stringify(workbook.getWorksheet('居民诉求')?.getRow(2).values)).toContain('BH-202611-0001')
      expect(await db.read.accessLog.findMany({ select: { action: true, subject: true } })).toEqual([
        { action: 'export', subject: 'community:1' },
      ])
      expect(await linli(['verify', '--workbook', 'ledger.xlsx'], env)).toMatchObject({ code: 0, err: '' })
      const asked = ['export', '--community', 'BH', '--month', '2026-11', '--out', 'requests.csv']
      expect((await linli(asked, env)).err).toContain('请加 --page')
      expect((await linli([...asked, '--page', 'none'], env)).err).toContain('there are: requests、')
      expect((await linli([...asked, '--page', 'requests', '--masked'], env)).out).toContain('共 1 行')
      const csv = readFileSync(join(folder, 'requests.csv'))
      expect(csv.toString('utf8')).toMatch(/^\ufeff.*\r\nBH-202611-0001,/)
      const noted = await db.read.ledgerEntry.findFirstOrThrow({ orderBy: { seq: 'desc' } })
      expect(noted.data).toMatchObject({
        digest: createHash('sha256').update(csv).digest('hex'),
        maySeePersonal: false,
      })
      expect((await linli(['verify'], env)).out).toContain('✓ 台账完好：1 个社区，2 条')
      await db.write((tx) => tx.ledgerEntry.updateMany({ data: { text: '改' } }))
      const tampered = await linli(['verify', '--community', 'BH'], env)
      expect(tampered).toMatchObject({ code: 1 })
      expect(tampered.out).toContain('✗ BH：第 1 条的文字或数据被改过')
      const other = await linli(['export', '--community', 'XX', '--month', '2026-11', '--out', 'other.xlsx'], env)
      expect(other.code).toBe(1)
      expect(existsSync(join(folder, 'other.xlsx'))).toBe(false)
    } finally {
      await db.close()
    }
  })

  it('defines a page of a community’s own, shows what it replaces, and takes it away', async () => {
    const env = database('pages.db')
    expect((await linli(['demo'], env)).code).toBe(0)
    const columns = [{ header: '内容', from: 'text' }]
    const lift = {
      page: 'own-lift',
      title: '电梯台账',
      replaces: ['电梯维保登记簿'],
      filter: { pages: ['requests'] },
      columns,
    }
    await writeFile(join(folder, 'lift.json'), JSON.stringify(lift))
    await writeFile(join(folder, 'wrong.json'), JSON.stringify({ ...lift, columns: [] }))
    const wrong = await linli(['page', 'set', 'wrong.json', '--community', 'BH'], env)
    expect(wrong).toMatchObject({ code: 1, out: '' })
    expect(wrong.err).toContain('columns：')
    const set = await linli(['page', 'set', 'lift.json', '--community', 'bh'], env)
    expect(set).toMatchObject({ code: 0, out: '已定义台账页“电梯台账” / defined\n' })
    const listed = await linli(['page', 'list', '--community', 'BH'], env)
    expect(listed.out).toContain('own-lift\t电梯台账（自定义）\t代替 1 本：电梯维保登记簿\n')
    expect(listed.out).toContain('未纳入 / still on paper：党群与活动：')
    expect((await linli(['page', 'remove', 'own-lift', '--community', 'BH'], env)).code).toBe(0)
    const again = await linli(['page', 'remove', 'own-lift', '--community', 'BH'], env)
    expect(again).toMatchObject({ code: 1, err: '没有自定义的页 own-lift / no such page\n' })
    const reindexed = await linli(['reindex'], env)
    expect(reindexed).toMatchObject({ code: 0, out: '索引已重建，共 2 条 / the index was made anew\n' })
  })

  it('shows messages that were set aside and puts them back', async () => {
    const env = database('inbox.db')
    const db = await openDatabase(env.DATABASE_URL)
    try {
      const payload = {
        channel: 'sandbox',
        externalId: 'm1',
        conversation: 'group:1',
        isPrivate: false,
        sender: { id: 'a', name: '爱丽' },
        sentAt: 0,
        event: { kind: 'text', text: '电梯坏了，打13812345678', attachments: [], addressed: false },
      }
      const row = { channel: 'sandbox', externalId: 'm1', conversation: 'group:1', payload, receivedAt: new Date() }
      await db.write((tx) => tx.inboxMessage.create({ data: { ...row, status: 'set_aside', error: 'boom' } }))
      const listed = await linli(['inbox', 'list'], env)
      expect(listed.out).toContain('爱丽: 电梯坏了，打138****5678\n\tboom')
      expect((await linli(['inbox', 'replay'], env)).code).toBe(1)
      expect((await linli(['inbox', 'replay', '1'], env)).code).toBe(0)
      expect(await db.read.inboxMessage.findFirst()).toMatchObject({ status: 'received', error: null })
      expect((await linli(['inbox', 'replay', '1'], env)).err).toContain('1 不是搁置的消息')
    } finally {
      await db.close()
    }
  })
})

describe('linli doctor', { timeout: 240_000 }, () => {
  it('finds nothing wrong with defaults, and does not make the database', async () => {
    const env = database('none.db')
    const { code, out } = await linli(['doctor'], env)
    expect(out).toContain('none.db 还没有，启动时会建')
    expect(out).toContain('没有发现问题')
    expect(code).toBe(0)
    expect((await linli(['migrate'], env)).out).toMatch(/已应用[\s\S]*_initial/)
    const [again, migrated] = await Promise.all([linli(['migrate'], env), linli(['doctor'], env)])
    expect(again.out).toContain('已是最新')
    expect(migrated.out).toContain('✓ 数据库版本 / migrations：已是最新')
  })

  it('names every wrong variable, and no secret', async () => {
    const { code, out } = await linli(['doctor'], {
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      TELEGRAM_BOT_TOKEN: 'hunter3',
    })
    expect(code).toBe(1)
    expect(out).toContain('✗ 配置 / configuration：DATABASE_URL')
    expect(out).toContain('✗ 配置 / configuration：TELEGRAM_BOT_TOKEN')
    expect(out).toContain('发现 2 处问题')
    expect(out).not.toMatch(/hunter/)
  })

  it('finds a file that is no database and a puppet that is not installed', async () => {
    await writeFile(join(folder, 'broken.db'), 'this is no database, whatever its name says '.repeat(40))
    const { code, out } = await linli(['doctor'], { ...database('broken.db'), WECHATY_PUPPET: 'wechaty-puppet-none' })
    expect(code).toBe(1)
    expect(out).toMatch(/✗ 数据库 \/ database：.*not a database/)
    expect(out).toContain('npm i wechaty-puppet-none')
  })

  it.each([true, false])('asks Telegram whether the bot sees group talk: %s', async (canReadAllGroupMessages) => {
    const server = await startBotApiServer({ canReadAllGroupMessages })
    try {
      const env = { ...database('telegram.db'), TELEGRAM_BOT_TOKEN: server.token, TELEGRAM_API_ROOT: server.url }
      const { code, out } = await linli(['doctor'], env)
      expect(out).toContain('连上了 @linli_test_bot')
      expect(out.includes('✗ Telegram：注意：@linli_test_bot 开着隐私模式')).toBe(!canReadAllGroupMessages)
      expect(code).toBe(canReadAllGroupMessages ? 0 : 1)
    } finally {
      await server.stop()
    }
  })
})
