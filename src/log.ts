import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'

export interface LogOptions {
  readonly level: string
  /** Where lines go; default: standard output. */
  readonly destination?: DestinationStream
  /** Lines for eyes in place of JSON; default: when standard output is a terminal. */
  readonly readable?: boolean
}

const SECRET_FIELDS = ['token', 'secret', 'key', 'authorization', 'cookie', 'password', 'headers.authorization']
const PHONE = /(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/
const SECRETS: readonly [RegExp, string][] = [
  // Telegram's token stands in the address of each of its calls, and so in the errors of a failed one.
  [/\d{6,}:[A-Za-z0-9_-]{30,}/g, '***'],
  [/Bearer\s+[\w.~+/=-]+/gi, 'Bearer ***'],
  [new RegExp(PHONE, 'g'), '$1****$2'],
  [/(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)/g, '$1********$2'],
]
const SUSPECT = new RegExp(SECRETS.map(([pattern]) => pattern.source).join('|'), 'i')

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
      hooks: { streamWrite: (line) => (SUSPECT.test(line) ? scrub(line) : line) },
    },
    readable ? { write: (line) => void target.write(toReadable(line)) } : target,
  )
}

/** Works on the parsed line, so that masking a bare number cannot break the JSON. */
function scrub(line: string): string {
  const masked = (_: string, value: unknown): unknown => {
    if (typeof value === 'number') return PHONE.test(String(value)) ? mask(String(value)) : value
    return typeof value === 'string' ? mask(value) : value
  }
  return `${JSON.stringify(JSON.parse(line, masked))}\n`
}

function mask(text: string): string {
  return SECRETS.reduce((result, [pattern, by]) => result.replace(pattern, by), text)
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
