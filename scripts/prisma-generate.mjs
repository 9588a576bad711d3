// Generates both Prisma clients from the one schema. The engine download is never needed: generating
// does not run the schema engine, so any existing file may stand for it.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = join(root, 'prisma/schema')
const twin = mkdtempSync(join(root, 'prisma/.postgresql-'))
const prisma = join(root, 'node_modules/prisma/build/index.js')

function generate(schema) {
  execFileSync(process.execPath, [prisma, 'generate', '--schema', schema], {
    cwd: root,
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: fileURLToPath(import.meta.url),
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

try {
  rmSync(join(root, 'src/db/generated'), { recursive: true, force: true })
  generate(source)
  cpSync(source, twin, { recursive: true })
  const main = join(twin, 'main.prisma')
  writeFileSync(
    main,
    readFileSync(main, 'utf8')
      .replace('provider = "sqlite"', 'provider = "postgresql"')
      .replace('../../src/db/generated/sqlite', '../../src/db/generated/postgresql'),
  )
  generate(twin)
} finally {
  rmSync(twin, { recursive: true, force: true })
}
