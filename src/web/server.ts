import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Channel } from '../channels/channel.js'
import { OperatorError } from '../kernel/errors.js'
import type { Logger } from '../kernel/log.js'
import { createApp } from './app.js'
import type { WebOptions } from './options.js'
import { texts } from './texts.js'

export type { WebOptions } from './options.js'

export interface WebServer {
  /** @throws OperatorError when the address cannot be listened on. */
  start(): Promise<{ readonly url: string }>
  /** Takes no new connections, lets running answers finish for a while, then cuts what is left. */
  stop(): Promise<void>
}

/** Most bytes a channel's webhook is sent at once. */
const MOST_WEBHOOK_BYTES = 1_048_576
const REQUEST_TIMEOUT_MS = 30_000
const KEEP_ALIVE_MS = 65_000
const GRACE_MS = 3000
const IDLE_CHECK_MS = 50

/** The service's one HTTP server: webhooks of the channels, the API, health, metrics and pages. */
export function createWebServer(options: WebOptions): WebServer {
  const { host, port, logger } = options
  const webhooks = webhooksOf(options.channels)
  const rest = getRequestListener(createApp(options).fetch, { overrideGlobalObjects: false })
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => {
      const handle = webhooks.get(pathOf(request.url ?? '/'))
      if (handle) deliver(handle, request, response, logger)
      else void rest(request, response)
    },
  )

  return {
    start: async () => {
      await listen(server, host, port)
      server.on('error', (error) => logger.error({ err: error }, 'the HTTP server failed'))
      const url = `http://${shownHost(host)}:${(server.address() as AddressInfo).port}`
      return { url }
    },
    stop: () => close(server, options.graceMs ?? GRACE_MS),
  }
}

type Handle = NonNullable<Channel['webhook']>['handle']

function webhooksOf(channels: readonly Channel[]): Map<string, Handle> {
  const handles = new Map<string, Handle>()
  for (const { webhook } of channels) {
    if (!webhook) continue
    if (handles.has(webhook.path)) throw new OperatorError(texts.badWebhook(webhook.path))
    handles.set(webhook.path, (request, response) => webhook.handle(request, response))
  }
  return handles
}

function pathOf(url: string): string {
  const query = url.indexOf('?')
  return query < 0 ? url : url.slice(0, query)
}

/** Straight to the channel: a platform's delivery is answered as fast as it can be stored. */
function deliver(handle: Handle, request: IncomingMessage, response: ServerResponse, logger: Logger): void {
  if (Number(request.headers['content-length'] ?? 0) > MOST_WEBHOOK_BYTES) {
    response.writeHead(413, { connection: 'close', 'content-length': '0' }).end()
    return
  }
  try {
    handle(request, response)
  } catch (error) {
    logger.error({ err: error }, 'a webhook failed')
    if (!response.headersSent) response.writeHead(500, { 'content-length': '0' })
    response.end()
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      const words =
        error.code === 'EADDRINUSE' ? texts.portInUse(host, port) : texts.cannotListen(host, port, error.code ?? '')
      reject(new OperatorError(words, { cause: error }))
    }
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      resolve()
    })
  })
}

/** An address that a browser on this machine can open. */
function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

function close(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return Promise.resolve()
  return new Promise((resolve) => {
    // A connection that was answering when close began turns idle later, and would stay open.
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS)
    const cut = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
