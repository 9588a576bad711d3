import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { loadEnvFile, readConfig, VARIABLES } from '../../src/config.js'
import { OperatorError } from '../../src/kernel/errors.js'

const TOKEN = '123456789:AAErandomAAErandomAAErandomAAErandom'
const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')

function faultsOf(env: Record<string, string>): string {
  try {
    readConfig(env)
  } catch (error) {
    expect(error).toBeInstanceOf(OperatorError)
    return (error as Error).message
  }
  return ''
}

describe('readConfig', () => {
  it('runs on nothing', () => {
    expect(readConfig({})).toEqual({
      databaseUrl: 'file:./data/linli.db',
      host: '127.0.0.1',
      port: 8080,
      url: null,
      timezone: 'Asia/Shanghai',
      demo: true,
      logLevel: 'info',
      attachmentBytes: 10_240 * 1024 * 1024,
      telegram: null,
      wechat: null,
      llm: null,
    })
  })

  it('names every fault at once, with what was given and what is wanted', () => {
    const words = faultsOf({ PORT: '80a', LINLI_TIMEZONE: 'Mars/Olympus', LOG_LEVEL: 'loud', DATABASE_URL: 'data.db' })
    for (const [name, value] of [
      ['PORT', '80a'],
      ['LINLI_TIMEZONE', 'Mars/Olympus'],
      ['LOG_LEVEL', 'loud'],
      ['DATABASE_URL', 'data.db'],
    ])
      expect(words).toContain(`${name}："${value}"；应为 / wanted: `)
  })

  it('never shows a secret', () => {
    const words = faultsOf({
      TELEGRAM_BOT_TOKEN: 'my-secret-token',
      TELEGRAM_WEBHOOK_SECRET: 'hunter2',
      DATABASE_URL: 'mysql://root:swordfish@db/linli',
    })
    expect(words).toContain('TELEGRAM_BOT_TOKEN')
    expect(words).toContain('mysql://root:***@db/linli')
    expect(words).not.toMatch(/my-|hunter|swordfish/)
  })

  it.each<[string, Record<string, string>, string[]]>([
    ['a webhook without its secret', { TELEGRAM_WEBHOOK_URL: 'https://a.cn/tg' }, ['TELEGRAM_WEBHOOK_SECRET']],
    ['a short secret', { TELEGRAM_WEBHOOK_SECRET: 'x'.repeat(15) }, ['TELEGRAM_WEBHOOK_SECRET']],
    ['a webhook in clear text', { TELEGRAM_WEBHOOK_URL: 'http://a.cn/tg' }, ['TELEGRAM_WEBHOOK_URL']],
    ['a webhook for no bot', { TELEGRAM_WEBHOOK_URL: 'https://a.cn/tg' }, ['TELEGRAM_BOT_TOKEN']],
    ['a puppet service without a token', { WECHATY_PUPPET: 'wechaty-puppet-service' }, ['WECHATY_TOKEN']],
    ['a token for no puppet', { WECHATY_TOKEN: 'puppet_1' }, ['WECHATY_PUPPET']],
    ['a model nowhere', { LINLI_LLM_MODEL: 'm' }, ['LINLI_LLM_URL']],
    ['an endpoint without a model', { LINLI_LLM_URL: 'http://10.0.0.2/v1' }, ['LINLI_LLM_MODEL']],
    ['a port out of range', { PORT: '65536' }, ['PORT']],
    ['a doubtful switch', { LINLI_DEMO: 'maybe' }, ['LINLI_DEMO']],
  ])('refuses %s', (_, env, names) => {
    for (const name of names) expect(faultsOf(env)).toContain(name)
  })

  it('takes a webhook over https, and over http on this machine', () => {
    for (const url of ['https://linli.example.cn/tg', 'http://127.0.0.1:8080/tg', 'http://localhost/tg']) {
      const secret = 'a'.repeat(16)
      const env = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: secret }
      expect(readConfig(env).telegram).toEqual({
        token: TOKEN,
        apiRoot: 'https://api.telegram.org',
        webhook: { url, secret },
      })
    }
  })

  it('shows the demo only where no real channel is set, unless told otherwise', () => {
    expect(readConfig({ TELEGRAM_BOT_TOKEN: TOKEN }).demo).toBe(false)
    expect(readConfig({ WECHATY_PUPPET: 'wechaty-puppet-mock' }).demo).toBe(false)
    expect(readConfig({ TELEGRAM_BOT_TOKEN: TOKEN, LINLI_DEMO: 'on' }).demo).toBe(true)
    expect(readConfig({ LINLI_DEMO: 'OFF' }).demo).toBe(false)
  })
})

describe('.env.example', () => {
  it('names every variable, and no other', () => {
    expect(Object.keys(parseEnv(example)).sort()).toEqual([...VARIABLES].sort())
  })

  it('copied as it is, changes nothing', () => {
    expect(readConfig(parseEnv(example))).toEqual(readConfig({}))
  })

  it('explains each block of variables in Chinese, then English', () => {
    for (const block of example.split(/(?<=^[A-Z][^\n]*\n)(?=#|\n)/m).filter((part) => part.trim())) {
      const [first, second] = block.trim().split('\n')
      expect(first).toMatch(/^# .*\p{Script=Han}/u)
      expect(second).toMatch(/^# [A-Z]/)
    }
  })
})

describe('loadEnvFile', () => {
  it('adds what is not set, and does not mind a missing file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'linli-env-')), '.env')
    loadEnvFile(file)
    writeFileSync(file, 'LINLI_TEST_GIVEN=file\nLINLI_TEST_NEW=file\n')
    process.env.LINLI_TEST_GIVEN = 'process'
    try {
      loadEnvFile(file)
      expect(process.env.LINLI_TEST_GIVEN).toBe('process')
      expect(process.env.LINLI_TEST_NEW).toBe('file')
    } finally {
      delete process.env.LINLI_TEST_GIVEN
      delete process.env.LINLI_TEST_NEW
    }
  })
})
