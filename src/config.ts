import { existsSync } from 'node:fs'
import { loadEnvFile as loadIntoProcess } from 'node:process'
import { z } from 'zod'
import { OperatorError } from './kernel/errors.js'

interface TelegramConfig {
  readonly token: string
  readonly apiRoot: string
  /** Null: the channel asks for updates itself. */
  readonly webhook: { readonly url: string; readonly secret: string } | null
}

interface WechatConfig {
  /** Package name of the puppet. */
  readonly puppet: string
  readonly token: string | undefined
  /** Most messages sent in a minute and in a day. */
  readonly perMinute: number
  readonly perDay: number
}

/** An OpenAI-compatible endpoint, asked about unsure messages only. */
interface LlmConfig {
  readonly url: string
  readonly model: string
  readonly key: string | undefined
  readonly timeoutMs: number
  /** Most questions in a day. */
  readonly perDay: number
}

export interface Config {
  readonly databaseUrl: string
  readonly host: string
  readonly port: number
  /** Where people open the service in a browser; null: the address it listens on. */
  readonly url: string | null
  readonly timezone: string
  /** The sandbox channel and, in an empty database, the demo community. */
  readonly demo: boolean
  readonly logLevel: (typeof LOG_LEVELS)[number]
  /** Most bytes of pictures and files kept in all; 0 keeps none. */
  readonly attachmentBytes: number
  readonly telegram: TelegramConfig | null
  readonly wechat: WechatConfig | null
  readonly llm: LlmConfig | null
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const SWITCH: Readonly<Record<string, boolean>> = { on: true, true: true, 1: true, off: false, false: false, 0: false }

const optional = z.string().optional()
const integer = (least: number, most: number, standard: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most)
    .default(standard)
const httpAddress = z.string().refine((text) => /^https?:$/.test(addressOf(text)?.protocol ?? ''))
/** Secrets travel to it: in clear text only within this machine. */
const safeAddress = z.string().refine((text) => {
  const address = addressOf(text)
  return address?.protocol === 'https:' || (address?.protocol === 'http:' && isLoopback(address.hostname))
})

const environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/)
    .default('file:./data/linli.db'),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/)
    .default('127.0.0.1'),
  PORT: integer(0, 65_535, 8080),
  LINLI_URL: httpAddress.transform((text) => text.replace(/\/+$/, '')).optional(),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[A-Za-z0-9_-]{20,}$/)
    .optional(),
  TELEGRAM_API_ROOT: httpAddress.default('https://api.telegram.org'),
  TELEGRAM_WEBHOOK_URL: safeAddress.optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,256}$/)
    .optional(),
  WECHATY_PUPPET: z
    .string()
    .regex(/^[@A-Za-z0-9][A-Za-z0-9@/._-]*$/)
    .optional(),
  WECHATY_TOKEN: optional,
  WECHAT_PER_MINUTE: integer(1, 600, 8),
  WECHAT_PER_DAY: integer(1, 100_000, 500),
  LINLI_TIMEZONE: z.string().refine(isTimezone).default('Asia/Shanghai'),
  LINLI_ATTACHMENTS_MB: integer(0, 10_000_000, 10_240),
  LINLI_DEMO: z
    .string()
    .refine((text) => text.toLowerCase() in SWITCH)
    .transform((text) => SWITCH[text.toLowerCase()])
    .optional(),
  LINLI_LLM_URL: httpAddress.optional(),
  LINLI_LLM_MODEL: optional,
  LINLI_LLM_KEY: optional,
  LINLI_LLM_TIMEOUT_MS: integer(100, 60_000, 3000),
  LINLI_LLM_PER_DAY: integer(0, 1_000_000, 1000),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
})
type Variable = keyof typeof environment.shape
type Given = Partial<Record<Variable, string>>

/** Every variable the service reads; `.env.example` explains them. */
export const VARIABLES = Object.keys(environment.shape) as readonly Variable[]

const HTTP_ADDRESS = 'http(s):// 地址 / an http(s):// address'
const SAFE_ADDRESS = '以 https:// 开头的地址（本机可用 http://）/ an https:// address (http:// on this machine only)'
const WANTED: Readonly<Record<Variable, string>> = {
  DATABASE_URL: 'file:路径 或 postgresql://… / file:PATH or postgresql://…',
  HOST: '主机名或 IP / a host name or IP address',
  PORT: '0–65535 的整数 / an integer from 0 to 65535',
  LINLI_URL: HTTP_ADDRESS,
  TELEGRAM_BOT_TOKEN: '@BotFather 给的令牌，如 123456:ABC… / the token @BotFather gave, such as 123456:ABC…',
  TELEGRAM_API_ROOT: HTTP_ADDRESS,
  TELEGRAM_WEBHOOK_URL: SAFE_ADDRESS,
  TELEGRAM_WEBHOOK_SECRET: '16–256 个字母、数字、_ 或 - / 16 to 256 characters of A-Z a-z 0-9 _ -',
  WECHATY_PUPPET: 'npm 包名，如 wechaty-puppet-service / an npm package name, such as wechaty-puppet-service',
  WECHATY_TOKEN: 'puppet 服务的令牌 / the token of the puppet service',
  WECHAT_PER_MINUTE: '1–600 的整数 / an integer from 1 to 600',
  WECHAT_PER_DAY: '1–100000 的整数 / an integer from 1 to 100000',
  LINLI_TIMEZONE: 'IANA 时区名，如 Asia/Shanghai / an IANA time zone, such as Asia/Shanghai',
  LINLI_ATTACHMENTS_MB: '0–10000000 的整数（MB）/ an integer from 0 to 10000000 (MB)',
  LINLI_DEMO: 'on 或 off / on or off',
  LINLI_LLM_URL: HTTP_ADDRESS,
  LINLI_LLM_MODEL: '模型名 / the name of the model',
  LINLI_LLM_KEY: '接口密钥 / the key of the endpoint',
  LINLI_LLM_TIMEOUT_MS: '100–60000 的整数（毫秒）/ an integer from 100 to 60000 (ms)',
  LINLI_LLM_PER_DAY: '0–1000000 的整数 / an integer from 0 to 1000000',
  LOG_LEVEL: LOG_LEVELS.join(' | '),
}
const SECRETS: ReadonlySet<Variable> = new Set([
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
  'WECHATY_TOKEN',
  'LINLI_LLM_KEY',
])

/** Adds the variables of `path`, where the file exists, to the process's own; those already set stay as they are. */
export function loadEnvFile(path = '.env'): void {
  if (existsSync(path)) loadIntoProcess(path)
}

/**
 * Reads what the operator configured. An empty variable counts as not set.
 * @throws OperatorError naming every fault at once, with secrets masked.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given: Given = {}
  for (const name of VARIABLES) {
    const value = env[name]?.trim()
    if (value) given[name] = value
  }
  const parsed = environment.safeParse(given)
  const wrong = new Set(parsed.success ? [] : parsed.error.issues.map((issue) => issue.path[0] as Variable))
  const faults = [...wrong].map((name) => fault(name, given[name]))
  for (const name of missing(given)) if (!wrong.has(name)) faults.push(fault(name, undefined))
  for (const [name, needs] of lonely(given)) faults.push(`  ${name}：要先设置 ${needs} / of no use without ${needs}`)
  if (!parsed.success || faults.length > 0)
    throw new OperatorError(`配置有误，没有启动 / the configuration is wrong, not started:\n${faults.join('\n')}`)
  return toConfig(parsed.data)
}

function toConfig(values: z.output<typeof environment>): Config {
  const { TELEGRAM_BOT_TOKEN: botToken, TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: secret } = values
  const { WECHATY_PUPPET: puppet, LINLI_LLM_URL: llmUrl, LINLI_LLM_MODEL: model } = values
  return {
    databaseUrl: values.DATABASE_URL,
    host: values.HOST,
    port: values.PORT,
    url: values.LINLI_URL ?? null,
    timezone: values.LINLI_TIMEZONE,
    demo: values.LINLI_DEMO ?? !(botToken || puppet),
    logLevel: values.LOG_LEVEL,
    attachmentBytes: values.LINLI_ATTACHMENTS_MB * 1024 * 1024,
    telegram: botToken
      ? { token: botToken, apiRoot: values.TELEGRAM_API_ROOT, webhook: url && secret ? { url, secret } : null }
      : null,
    wechat: puppet
      ? {
          puppet,
          token: values.WECHATY_TOKEN,
          perMinute: values.WECHAT_PER_MINUTE,
          perDay: values.WECHAT_PER_DAY,
        }
      : null,
    llm:
      llmUrl && model
        ? {
            url: llmUrl,
            model,
            key: values.LINLI_LLM_KEY,
            timeoutMs: values.LINLI_LLM_TIMEOUT_MS,
            perDay: values.LINLI_LLM_PER_DAY,
          }
        : null,
  }
}

/** Variables that another one makes necessary. */
function missing(given: Given): Variable[] {
  const names: Variable[] = []
  if (given.TELEGRAM_WEBHOOK_URL && !given.TELEGRAM_WEBHOOK_SECRET) names.push('TELEGRAM_WEBHOOK_SECRET')
  if (given.WECHATY_PUPPET === 'wechaty-puppet-service' && !given.WECHATY_TOKEN) names.push('WECHATY_TOKEN')
  if (given.LINLI_LLM_URL && !given.LINLI_LLM_MODEL) names.push('LINLI_LLM_MODEL')
  return names
}

/** Variables that do nothing by themselves: most likely a name was mistyped. */
function lonely(given: Given): [Variable, Variable][] {
  const pairs: [Variable, Variable][] = [
    ['TELEGRAM_WEBHOOK_URL', 'TELEGRAM_BOT_TOKEN'],
    ['TELEGRAM_WEBHOOK_SECRET', 'TELEGRAM_WEBHOOK_URL'],
    ['WECHATY_TOKEN', 'WECHATY_PUPPET'],
    ['LINLI_LLM_MODEL', 'LINLI_LLM_URL'],
    ['LINLI_LLM_KEY', 'LINLI_LLM_URL'],
  ]
  return pairs.filter(([name, needs]) => given[name] && !given[needs])
}

function fault(name: Variable, value: string | undefined): string {
  const shown = value === undefined ? '未设置 / not set' : `"${show(name, value)}"`
  return `  ${name}：${shown}；应为 / wanted: ${WANTED[name]}`
}

function show(name: Variable, value: string): string {
  if (SECRETS.has(name)) return `***${value.length}***`
  return value.replace(/(:\/\/[^/:@]*:)[^@]*@/, '$1***@')
}

function addressOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}

function isTimezone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
