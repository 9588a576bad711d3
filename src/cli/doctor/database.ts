import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openConnection } from '../../db/sqlite-adapter.js'
import { type Finding, messageOf, note, well, wrong } from './finding.js'
import { texts } from './texts.js'

type Query = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>

/** Looks at the database without changing it: opening it as the service does would migrate it. */
export async function checkDatabase(url: string): Promise<Finding[]> {
  try {
    return url.startsWith('file:') ? await checkSqlite(resolve(url.slice('file:'.length))) : await checkPostgres(url)
  } catch (error) {
    return [wrong(texts.database.what, messageOf(error))]
  }
}

async function checkSqlite(file: string): Promise<Finding[]> {
  const { what } = texts.database
  const folder = dirname(file)
  if (existsSync(folder) && !isWritable(folder)) return [wrong(what, texts.database.notWritable(folder))]
  if (!existsSync(file)) return [note(what, texts.database.willBeMade(file))]
  if (!isWritable(file)) return [wrong(what, texts.database.notWritable(file))]
  const connection = openConnection(file, { readonly: true })
  try {
    const query: Query = async (sql) => connection.prepare(sql).all() as Record<string, unknown>[]
    const [check] = await query('PRAGMA quick_check(1)')
    const said = String(Object.values(check ?? {})[0])
    if (said !== 'ok') return [wrong(what, texts.database.damaged(said))]
    const size = `${file}, ${(statSync(file).size / 1024 / 1024).toFixed(1)} MB`
    return [well(what, texts.database.opened(size)), ...(await inspect(query, 'sqlite'))]
  } finally {
    connection.close()
  }
}

async function checkPostgres(url: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    const query: Query = async (sql) => (await client.query<Record<string, unknown>>(sql)).rows
    const [row] = await query('SHOW server_version')
    const opened = well(texts.database.what, texts.database.opened(`PostgreSQL ${row?.server_version}`))
    return [opened, ...(await inspect(query, 'postgresql'))]
  } finally {
    await client.end()
  }
}

async function inspect(query: Query, provider: 'sqlite' | 'postgresql'): Promise<Finding[]> {
  const { migrations } = texts.database
  const exists =
    provider === 'sqlite'
      ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'`
      : `SELECT 1 FROM information_schema.tables WHERE table_name = '_prisma_migrations' AND table_schema = current_schema()`
  const here = migrationNames(provider)
  if ((await query(exists)).length === 0) return [note(migrations, texts.database.pending(here))]
  const rows = await query('SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL')
  const known = rows.map((row) => String(row.migration_name))
  const failed = rows.filter((row) => row.finished_at === null).map((row) => String(row.migration_name))
  const unknown = known.filter((name) => !here.includes(name))
  const pending = here.filter((name) => !known.includes(name))
  if (failed.length > 0) return [wrong(migrations, texts.database.failed(failed))]
  if (unknown.length > 0) return [wrong(migrations, texts.database.unknown(unknown))]
  if (pending.length > 0) return [note(migrations, texts.database.pending(pending))]
  return [well(migrations, texts.database.current(here.length)), ...(await content(query))]
}

async function content(query: Query): Promise<Finding[]> {
  const { what } = texts.content
  const communities = await query('SELECT code, name FROM "Community" ORDER BY code')
  if (communities.length === 0) return [note(what, texts.content.empty)]
  const names = communities.slice(0, 5).map(({ code, name }) => `${code} ${name}`)
  const findings = [well(what, texts.content.communities(communities.length, names.join('、')))]
  const chats = await query(`SELECT 1 FROM "Chat" WHERE "communityId" IS NOT NULL LIMIT 1`)
  if (chats.length === 0) findings.push(note(what, texts.content.noChats))
  const bare = await query(
    `SELECT code FROM "Grid" g WHERE NOT EXISTS (SELECT 1 FROM "GridAssignment" a WHERE a."gridId" = g.id AND a."endsAt" IS NULL) ORDER BY code`,
  )
  if (bare.length > 0) findings.push(note(what, texts.content.uncovered(bare.map(({ code }) => code).join('、'))))
  const [turnedAway] = await query(
    `SELECT count(*) AS n FROM "Attachment" WHERE status = 'waiting' AND reason = 'full'`,
  )
  if (Number(turnedAway?.n ?? 0) > 0) findings.push(wrong(what, texts.content.full(Number(turnedAway?.n))))
  const [aside] = await query(`SELECT count(*) AS n FROM "InboxMessage" WHERE status = 'set_aside'`)
  const count = Number(aside?.n ?? 0)
  return count > 0 ? [...findings, wrong(what, texts.content.setAside(count))] : findings
}

function migrationNames(provider: string): string[] {
  const folder = fileURLToPath(new URL(`../../../prisma/migrations/${provider}`, import.meta.url))
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
