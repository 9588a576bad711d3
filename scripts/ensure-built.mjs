// Builds what is missing or older than its sources, so that `npm start`, `npm test` and `npm run linli` work from a fresh clone
// and after every change: the Prisma clients from prisma/schema, dist/ from src/. `--force` builds both.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const force = process.argv.includes('--force')

/** Newest change below a folder, ms. */
function newest(directory, skip) {
  let latest = 0
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.name === skip) continue
    const path = join(directory, entry.name)
    latest = Math.max(latest, entry.isDirectory() ? newest(path, skip) : statSync(path).mtimeMs)
  }
  return latest
}

function stale(stamp, sources) {
  if (force || !existsSync(stamp)) return true
  return readFileSync(stamp, 'utf8') !== sources
}

function done(stamp, sources) {
  mkdirSync(join(stamp, '..'), { recursive: true })
  writeFileSync(stamp, sources)
}

const schema = String(newest(join(root, 'prisma/schema')))
const clientStamp = join(root, 'src/db/generated/.stamp')
if (stale(clientStamp, schema)) {
  execFileSync(process.execPath, [join(root, 'scripts/prisma-generate.mjs')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  done(clientStamp, schema)
}

const sources = `${schema} ${newest(join(root, 'src'), 'generated')} ${statSync(join(root, 'tsconfig.json')).mtimeMs}`
const distStamp = join(root, 'dist/.stamp')
if (stale(distStamp, sources)) {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  done(distStamp, sources)
}
