// Generates both Prisma clients from the one schema. The engine download is never needed: generating
// does not run the schema engine, so any existing file may stand for it.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = join(root, 'prisma/schema')
const target = join(root, 'src/db/generated')
// Made beside the old clients and put in their place at the end: whoever runs meanwhile keeps a whole one.
const work = mkdtempSync(join(root, 'prisma/.generate-'))
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

function generateFor(provider) {
  const schema = join(work, provider)
  cpSync(source, schema, { recursive: true })
  const main = join(schema, 'main.prisma')
  writeFileSync(
    main,
    readFileSync(main, 'utf8')
      .replace('provider = "sqlite"', `provider = "${provider}"`)
      .replace('../../src/db/generated/sqlite', `../generated/${provider}`),
  )
  generate(schema)
}

try {
  for (const provider of ['sqlite', 'postgresql']) generateFor(provider)
  renameIfThere(target, join(work, 'old'))
  renameSync(join(work, 'generated'), target)
} finally {
  rmSync(work, { recursive: true, force: true })
}

function renameIfThere(from, to) {
  try {
    renameSync(from, to)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}
