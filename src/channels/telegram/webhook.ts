import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage as HttpRequest, ServerResponse } from 'node:http'
import { ApiFault } from './api.js'
import { type Edge, handOn, parse } from './edge.js'
import { ALLOWED_UPDATES, type ParsedUpdate } from './parse.js'
import { texts } from './texts.js'

/** Telegram's updates are a few kilobytes. */
const MOST_BYTES = 1_048_576
const EMPTY = { 'content-length': '0' }
const SECRET_HEADER = 'x-telegram-bot-api-secret-token'
/** Longest secret Telegram takes. */
const SECRET_BYTES = 256

/** Tells Telegram where to deliver, trying until it agrees or the edge stops. */
export async function registerWebhook(edge: Edge, url: string, secret: string): Promise<void> {
  while (!edge.signal.aborted) {
    try {
      const payload = { url, secret_token: secret, allowed_updates: ALLOWED_UPDATES, max_connections: 100 }
      await edge.api.call('setWebhook', payload, { signal: edge.signal })
      edge.report()
      return
    } catch (error) {
      if (edge.signal.aborted) return
      edge.report('offline', texts.webhookRefused(error instanceof ApiFault ? error.message : String(error)))
      await edge.backoff.wait()
    }
  }
}

/**
 * Makes the handler of Telegram's deliveries: 401 for a wrong secret, 400 for what is no update, 503 when there is no
 * edge yet or the update could not be stored (Telegram then delivers again), 200 once it is stored.
 */
export function createWebhookHandler(secret: string, current: () => Edge | null) {
  const isSecret = secretCheck(secret)
  return (request: HttpRequest, response: ServerResponse): void => {
    if (request.method !== 'POST') answer(response, 405, { allow: 'POST' })
    else if (!isSecret(request.headers[SECRET_HEADER])) answer(response, 401, { connection: 'close' })
    else take(request, response, current)
  }
}

function take(request: HttpRequest, response: ServerResponse, current: () => Edge | null): void {
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= MOST_BYTES) chunks.push(chunk)
    else chunks.length = 0
  })
  request.on('error', () => undefined)
  request.on('end', () => {
    const edge = current()
    if (!edge || edge.signal.aborted) return answer(response, 503)
    const update = size <= MOST_BYTES ? read(edge, chunks) : null
    if (!update) return answer(response, 400)
    handOn(edge, [update]).then(
      () => answer(response, 200),
      (error: unknown) => {
        edge.logger.error({ err: error, updateId: update.updateId }, 'an update could not be stored')
        answer(response, 503)
      },
    )
  })
}

function read(edge: Edge, chunks: readonly Buffer[]): ParsedUpdate | null {
  const [only, ...more] = chunks
  const body = more.length === 0 ? only : Buffer.concat(chunks)
  try {
    return parse(edge, JSON.parse(body?.toString('utf8') ?? ''))
  } catch {
    return null
  }
}

/** Compares in a time that does not tell how much of the secret was right, nor how long it is. */
function secretCheck(secret: string): (given: unknown) => boolean {
  const padded = (text: string) => {
    const bytes = Buffer.alloc(SECRET_BYTES)
    bytes.write(text, 'latin1')
    return bytes
  }
  const expected = padded(secret)
  return (given) =>
    typeof given === 'string' && given.length <= SECRET_BYTES && timingSafeEqual(padded(given), expected)
}

function answer(response: ServerResponse, status: number, headers?: Record<string, string>): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, headers ? { ...EMPTY, ...headers } : EMPTY).end()
}
