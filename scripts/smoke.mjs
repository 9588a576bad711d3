// Clones the repository as a new user does, runs the README's command, says a sentence in the sandbox and looks for it in
// the ledger: over HTTP with a token, and in the exported workbook.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'linli-smoke-'))
const clone = join(folder, 'linli')
const SENTENCE = '3幢2单元电梯又坏了，老人下不去'
const env = { ...process.env, PORT: '0', HOST: '127.0.0.1', LINLI_DEMO: 'on', LOG_LEVEL: 'warn' }
for (const name of ['DATABASE_URL', 'TELEGRAM_BOT_TOKEN', 'WECHATY_PUPPET']) delete env[name]

const run = (command, args) =>
  execFileSync(command, args, { cwd: clone, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

async function until(what, look, seconds = 60) {
  for (let left = seconds * 10; left > 0; left -= 1) {
    const found = await look().catch(() => null)
    if (found) return found
    await sleep(100)
  }
  throw new Error(`timed out: ${what}`)
}

let service
try {
  execFileSync('git', ['clone', '--quiet', root, clone], { stdio: 'inherit' })
  run('npm', ['ci', '--no-audit', '--no-fund'])
  service = spawn('npm', ['start'], { cwd: clone, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  let printed = ''
  service.stdout.on('data', (chunk) => {
    printed += chunk
  })
  const url = await until('the address', async () => /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0], 180)

  const said = await fetch(`${url}/sandbox/api/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ id: randomUUID(), as: 'resident-aili', conversation: 'group:residents-1', text: SENTENCE }),
  })
  assert.ok(said.ok, await said.text())
  const answer = await until('the answer in the group', async () => {
    const reply = await fetch(`${url}/sandbox/api/history?conversation=group:residents-1`)
    const { messages } = await reply.json()
    return messages.find((message) => message.author === null)?.text
  })
  const number = /BH-\d{6}-\d{4}/.exec(answer)?.[0]
  assert.ok(number, `no number in: ${answer}`)

  assert.equal((await fetch(`${url}/api/v1/requests`)).status, 401)
  const token = run('npm', [
    'run',
    '-s',
    'linli',
    '--',
    'token',
    'create',
    '--role',
    'manager',
    '--community',
    'BH',
  ]).trim()
  const headers = { authorization: `Bearer ${token}` }
  const request = await (await fetch(`${url}/api/v1/requests/${number}`, { headers })).json()
  assert.equal(request.number, number)
  assert.equal(request.text, SENTENCE)
  const ledger = await (await fetch(`${url}/api/v1/ledger?community=BH`, { headers })).json()
  assert.ok(
    ledger.data.some((entry) => entry.subject === `request:${number}`),
    'the ledger has no entry of the request',
  )
  const month = `${number.slice(3, 7)}-${number.slice(7, 9)}`
  const book = join(folder, 'ledger.xlsx')
  run('npm', ['run', '-s', 'linli', '--', 'export', '--community', 'BH', '--month', month, '--out', book])
  assert.ok(statSync(book).size > 1000, 'the workbook is empty')
  console.log(`smoke: ${number} was heard, answered, stored and exported`)
} finally {
  if (service?.pid) process.kill(-service.pid, 'SIGTERM')
  await sleep(500)
  rmSync(folder, { recursive: true, force: true })
}
