import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'
import { maskText } from './kernel/masking.js'

export interface LogOptions {
  readonly level: string
  /** Where lines go; default: standard output. */
  readonly destination?: DestinationStream
  /** Lines for eyes in place of JSON; default: when standard output is a terminal. */
  readonly readable?: boolean
}

const SECRET_FIELDS = ['token', 'secret', 'key', 'authorization', 'cookie', 'password', 'headers.authorization']
/** Telegram's token stands in the address of each of its calls, and so in the errors of a failed one. */
const TELEGRAM_TOKEN = /\d{6,}:[A-Za-z0-9_-]{30,}/g
const BEARER = /(Bearer\s+)[\w.~+/=-]+/gi

/**
 * The service's logger: JSON lines, or readable ones on a terminal. Tokens, and phone and identity numbers wherever
 * they stand in a line, are masked.
 */
export function createLogger(options: LogOptions): Logger {
  const readable = options.readable ?? (!options.destination && process.stdout.isTTY === true)
  const target = options.destination ?? process.stdout
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '***' },
      hooks: { streamWrite: scrub },
    },
    readable ? { write: (line) => void target.write(toReadable(line)) } : target,
  )
}

/** Works on the parsed line, so that masking a bare number cannot break the JSON. */
function scrub(line: string): string {
  return `${JSON.stringify(JSON.parse(line, scrubValue))}\n`
}

function scrubValue(_: string, value: unknown): unknown {
  if (typeof value === 'string') return maskText(value.replace(TELEGRAM_TOKEN, '***').replace(BEARER, '$1***'))
  const masked = Number.isInteger(value) ? maskText(String(value)) : ''
  return masked.includes('*') ? masked : value
}

/** `09:14:02 WARN  what was said  key=value`, with the stack of an error below. */
function toReadable(line: string): string {
  const { time, level, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>
  const pairs = Object.entries(rest).map(([key, value]) => `${key}=${compact(value)}`)
  const stack = err && typeof err === 'object' && 'stack' in err ? `\n${String(err.stack)}` : ''
  const head = [new Date(String(time)).toTimeString().slice(0, 8), String(level).toUpperCase().padEnd(5), msg ?? '']
  return `${[...head, ...pairs].join(' ').trimEnd()}${stack}\n`
}

function compact(value: unknown): string {
  return typeof value === 'string' && !/\s/.test(value) ? value : JSON.stringify(value)
}
