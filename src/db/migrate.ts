import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Bindings extends Record<string, WebAssembly.ImportValue> {
  __wbg_set_wasm: (exports: WebAssembly.Exports) => void
  SchemaEngine: {
    new: (options: unknown, log: () => void, adapter: unknown) => Promise<MigrationEngine>
  } & (() => void)
}

interface MigrationEngine {
  applyMigrations(input: unknown): Promise<{ appliedMigrationNames: string[] }>
  diff(input: unknown): Promise<{ exitCode: number; stdout: string | null }>
  free(): void
}

/**
 * Prisma's schema engine as WebAssembly, run in this process: nothing is downloaded and no second process starts. The
 * glue keeps views of one memory, so it can be instantiated only once a process.
 */
let engineClass: Promise<Bindings['SchemaEngine']> | undefined

async function instantiateEngine(): Promise<Bindings['SchemaEngine']> {
  const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bindings = (await import(pathToFileURL(glue).href)) as Bindings
  const bytes = readFileSync(join(dirname(glue), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...bindings } })
  bindings.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  // The engine reports a panic through this hook; without it the fault would hide behind a TypeError.
  const set_message = (message: string) => {
    throw new Error(message)
  }
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message } })
  return bindings.SchemaEngine
}

/** An engine for one database. `datamodels` are pairs of file name and content, needed only to compare schemas. */
export async function openMigrationEngine(
  factory: SqlMigrationAwareDriverAdapterFactory,
  datamodels: [string, string][] | undefined,
): Promise<MigrationEngine> {
  engineClass ??= instantiateEngine()
  const SchemaEngine = await engineClass
  return SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory))
}

/** Applies the migrations of this checkout that the database lacks; answers with their names. */
export async function migrate(
  factory: SqlMigrationAwareDriverAdapterFactory,
  provider: 'sqlite' | 'postgresql',
): Promise<string[]> {
  const engine = await openMigrationEngine(factory, undefined)
  try {
    const done = await engine.applyMigrations({
      migrationsList: readMigrations(provider),
      filters: { externalTables: [], externalEnums: [] },
    })
    return done.appliedMigrationNames
  } finally {
    engine.free()
  }
}

function readMigrations(provider: string) {
  const base = join(root, 'prisma/migrations', provider)
  const directories = readdirSync(base, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return {
    baseDir: base,
    lockfile: { path: 'migration_lock.toml', content: `provider = "${provider}"\n` },
    shadowDbInitScript: '',
    migrationDirectories: directories.map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(base, path, 'migration.sql'), 'utf8') },
      },
    })),
  }
}
