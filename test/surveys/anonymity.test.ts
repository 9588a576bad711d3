import { readFileSync } from 'node:fs'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BallotWorld, openBooth } from './support.js'

/** Everybody answers differently, with words of their own by which their answers could be told. */
const PEOPLE = ['爱丽', '阿波', '李阿姨', '小陈', '阿珍', '孙叔', '小林', '吴姐'] as const
const MARKS = ['很满意', '满意', '一般', '不满意', '很不满意'] as const
const secretOf = (index: number) => `藏头话${'甲乙丙丁戊己庚辛'[index]}号之言`

const POLL = `发起问卷 大家怎么看（9天）
1. 对社区满意吗 满意度
2. 想解决哪些（可不答） 多选：停车/电梯/卫生
3. 有什么话想说 填空`

type Row = Readonly<Record<string, unknown>>
type Dump = ReadonlyMap<string, readonly Row[]>

let world: BallotWorld
let file: string
let tokens: string[] = []
/** What the browsers were given: links, and the secrets of their forms. */
let secrets: string[] = []
/** Those who answer on the web page. */
const ON_PAGE = [2, 6]

beforeAll(async () => {
  world = await openBooth()
  file = world.db.file ?? ''
  await world.as('陈主任').says('私聊', POLL)
  await world.as('陈主任').taps('发布')
  await world.advance({ minutes: 10 })
  for (const [index, name] of PEOPLE.entries()) {
    const me = world.as(name)
    if (ON_PAGE.includes(index)) {
      await answerOnPage(name, index)
      continue
    }
    // Half of them tap, half of them type; one explains himself twice.
    if (index % 2 === 0) await me.taps('开始')
    else await me.says('私聊', '答题')
    if (index === 3) await me.says('私聊', '嗯嗯哦哦')
    if (index % 3 === 0) await me.taps(MARKS[index % 5] ?? '一般')
    else await me.says('私聊', MARKS[index % 5] ?? '一般')
    await me.says('私聊', ['1', '2 3', '13'][index % 3] ?? '1')
    tokens = [...tokens, ...(await world.db.read.surveyProgress.findMany()).map((row) => row.token)]
    await me.says('私聊', secretOf(index))
    expect(world.last(`私聊:${name}`).text).toContain('已投入票箱')
    if (index === 5) await me.edits('私聊', `藏头话改过的${secretOf(index)}`)
  }
  // The sweep comes every ten minutes; the log of changes is emptied soon after.
  await world.advance({ minutes: 20 })
  await world.db.forget()
}, 300_000)
afterAll(() => world.close())

/** Saved twice on the way, once by the page itself, and changed before it is cast. */
async function answerOnPage(name: string, index: number): Promise<void> {
  const link = await world.linkFor(name)
  const browser = world.visitor()
  await browser.enter(link)
  const sheet = await browser.get('/ballot')
  secrets = [
    ...secrets,
    link.slice(link.lastIndexOf('/') + 1),
    /name="csrf" value="([^"]+)"/.exec(sheet.text)?.[1] ?? '',
  ]
  await browser.fill({ 'q.q1': '3', 'q.q3': `藏头话改过的${secretOf(index)}` }, 'auto')
  const answers = { 'q.q1': String(5 - (index % 5)), 'q.q2': ['1', '3'], 'q.q3': secretOf(index) }
  await browser.fill(answers, 'save')
  const doors = await world.db.read.surveyDoor.findMany()
  secrets = [...secrets, ...doors.map((door) => door.tokenHash)]
  tokens = [...tokens, ...(await world.db.read.surveyProgress.findMany()).map((row) => row.token)]
  const done = await browser.fill(answers, 'cast')
  expect(done.text).toContain('已投入票箱')
}

/** Everything an attacker with the file reads: all tables with their hidden row order. */
function dump(): Dump {
  const db = new Database(file, { readonly: true })
  const tables = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all() as {
    name: string
    sql: string
  }[]
  const read = (name: string) => {
    const sql = tables.find((table) => table.name === name)?.sql ?? ''
    return db.prepare(`SELECT ${/WITHOUT ROWID/i.test(sql) ? '' : 'rowid AS "rowid", '}* FROM "${name}"`).all() as Row[]
  }
  const rows = new Map(tables.map(({ name }) => [name, read(name)] as const))
  db.close()
  return rows
}

const bytes = (): Buffer => Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)])

const countIn = (haystack: Buffer, needle: string): number => {
  let found = 0
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + 1)) found += 1
  return found
}

const SAID = new Set(['SurveyBallot', 'SurveyWords'])
/** SQLite's own note of the highest id of each table stands for nobody. */
const elsewhere = (rows: Dump) =>
  [...rows].flatMap(([table, list]) => (SAID.has(table) || table === 'sqlite_sequence' ? [] : list))
const said = (rows: Dump) => [...SAID].flatMap((table) => rows.get(table) ?? [])

/** Values by which rows of two tables could be brought together; the survey and the cell belong to everybody in it. */
const keysOf = (row: Row): unknown[] =>
  Object.entries(row)
    .filter(([column]) => !['surveyId', 'cell', 'question', 'category', 'choices', 'asWork'].includes(column))
    .map(([, value]) => value)
    .filter((value) => value !== null && value !== '')

/** A few words are quoted, masked, in the results: with the round they belong to, not with a ballot. */
const publishedQuotes = (rows: Dump): string => JSON.stringify(rows.get('Survey')?.map((row) => row.results))

describe.each([
  ['while the round runs', async () => undefined],
  [
    'after it has ended',
    async () => {
      await world.as('陈主任').says('私聊', '结束问卷 W1')
      await world.db.forget()
    },
  ],
])('who said what, %s', (_when, reach) => {
  let rows: Dump
  beforeAll(async () => {
    await reach()
    rows = dump()
  })

  it('holds all ballots, so that there is something to look for', () => {
    expect(rows.get('SurveyBallot')).toHaveLength(PEOPLE.length)
    expect(rows.get('SurveyWords')).toHaveLength(PEOPLE.length)
    expect(rows.get('SurveyRoll')?.filter((row) => row.state === 'a')).toHaveLength(PEOPLE.length)
  })

  it('keeps the words themselves in one place of the whole file, log and free pages included', () => {
    const all = bytes()
    const published = publishedQuotes(rows)
    expect(countIn(all, '改过的')).toBe(0)
    for (const index of PEOPLE.keys())
      if (!published.includes(secretOf(index))) expect(countIn(all, secretOf(index)), secretOf(index)).toBe(1)
    expect(PEOPLE.filter((_, index) => !published.includes(secretOf(index))).length).toBeGreaterThan(4)
  })

  it('shares no key between what was said and anything else', () => {
    const known = new Set(elsewhere(rows).flatMap((row) => Object.values(row)))
    const text = JSON.stringify(elsewhere(rows))
    for (const row of said(rows))
      for (const key of keysOf(row)) {
        expect(known.has(key), `${key} of ${JSON.stringify(row)}`).toBe(false)
        // Nor inside of stored JSON.
        if (key !== row.text) expect(text).not.toContain(String(key))
      }
  })

  it('has no time on a ballot, and only the day on the roll', () => {
    for (const row of said(rows)) for (const value of Object.values(row)) expect(Number(value) > 1e12).toBe(false)
    const days = new Set(rows.get('SurveyRoll')?.flatMap((row) => (row.state === 'a' ? [row.answeredOn] : [])))
    expect([...days]).toEqual(['2026-11-22'])
  })

  it('keeps no trace of the talk: who was asked what and when, which button was tapped', () => {
    const conversations = PEOPLE.map((name) => world.last(`私聊:${name}`).conversation)
    const pushed = world.now().getTime()
    for (const row of rows.get('InboxMessage') ?? []) expect(conversations).not.toContain(row.conversation)
    const inbox = JSON.stringify(rows.get('InboxMessage'))
    for (const name of PEOPLE) expect(inbox).not.toContain(name)
    const toThem = (rows.get('OutboxMessage') ?? []).filter((row) => conversations.includes(String(row.conversation)))
    for (const row of toThem) {
      expect(String(row.key)).toMatch(/^survey:BH-W1:(push|call|results)/)
      expect(Number(row.createdAt)).toBeLessThan(pushed)
    }
    expect(rows.get('SurveyProgress')).toEqual([])
    expect(rows.get('SurveyDoor')).toEqual([])
    expect(rows.get('PendingQuestion')).toEqual([])
    const offers = JSON.stringify(rows.get('Offer'))
    expect(offers).not.toContain('surveys.answer')
    expect(tokens.length).toBeGreaterThanOrEqual(PEOPLE.length)
    for (const token of tokens) expect(offers).not.toContain(token)
    // The ledger tells of the round, never of a ballot.
    const ledger = (rows.get('LedgerEntry') ?? []).filter((row) => String(row.type).startsWith('survey.'))
    expect(ledger.map((row) => row.type)).not.toContain('survey.cast')
    expect(ledger.map((row) => row.type)).not.toContain('survey.progressed')
  })

  it('keeps nothing of the browsers: no link, no cookie, no secret of a form, in the tables or the bytes of the file', () => {
    expect(secrets.filter((secret) => secret.length > 20)).toHaveLength(3 * ON_PAGE.length)
    const all = bytes()
    for (const secret of [...secrets, ...tokens]) expect(countIn(all, secret), secret).toBe(0)
  })

  it('logs and counts requests by the pattern of their address alone, alike for everybody', async () => {
    const lines = world.logged.join('\n')
    expect(lines).toContain('"route":"/ballot/in/:token"')
    for (const secret of [...secrets, ...tokens, ...PEOPLE.map((_, index) => secretOf(index)), ...PEOPLE])
      expect(lines).not.toContain(secret)
    expect(lines).not.toMatch(/127\.0\.0\.1|"(account|person|survey|household)/i)
    expect(JSON.stringify(rows.get('AccessLog'))).not.toMatch(/ballot|survey/i)
    const routes = world.logged.flatMap((line) => /"route":"([^"]+)"/.exec(line)?.[1] ?? [])
    expect([...new Set(routes)].sort()).toEqual(['/ballot', '/ballot/in/:token'])
  })

  it('puts ballots in an order that is not the order of the people', () => {
    const words = [...(rows.get('SurveyWords') ?? [])].sort((a, b) => Number(a.rowid) - Number(b.rowid))
    expect(words.map((row) => row.id)).toEqual(words.map((row) => row.rowid))
    // Ids are drawn from two thousand million: in a row by chance they would stand close together.
    const ids = words.map((row) => Number(row.id))
    expect(Math.max(...ids) - Math.min(...ids)).toBeGreaterThan(1e6)
  })
})

describe('after the end', () => {
  it('lays ballots in the file by their random ids, so that the file tells nothing of when each came', () => {
    const all = bytes()
    const rows = dump()
    const published = publishedQuotes(rows)
    const words = (rows.get('SurveyWords') ?? [])
      .filter((row) => !published.includes(String(row.text)))
      .sort((a, b) => Number(a.id) - Number(b.id))
    const places = words.map((row) => all.indexOf(String(row.text)))
    // SQLite fills a page from its end: rows written in order of their ids lie in falling places.
    expect(places).toEqual([...places].sort((a, b) => b - a))
  })

  it('empties the cell of ballots whose group is too small', () => {
    const counts = new Map<unknown, number>()
    for (const row of dump().get('SurveyBallot') ?? []) counts.set(row.cell, (counts.get(row.cell) ?? 0) + 1)
    for (const [cell, count] of counts) if (cell !== '') expect(count).toBeGreaterThanOrEqual(5)
    expect(counts.size).toBeGreaterThan(0)
  })
})
