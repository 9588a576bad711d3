import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type FarFile, getFile, serveFile } from './bot-api-files.js'
import { type Call, methods, type SentRecord } from './bot-api-methods.js'

/** What the server does wrong to the next call of a sending method. */
export type Fault =
  | { readonly kind: 'error'; readonly code: number; readonly description: string; readonly parameters?: object }
  /** Does what was asked, then cuts the connection instead of answering. */
  | { readonly kind: 'cut' }

export interface BotApiOptions {
  readonly token?: string
  readonly canReadAllGroupMessages?: boolean
  /** Refuses what is over Telegram's limits with 429: one a second to a chat, 20 a minute to a group. */
  readonly enforceLimits?: boolean
  /** Pause before a delivery that failed is tried again. */
  readonly webhookRetryMs?: number
}

interface Update {
  readonly update_id: number
  readonly [kind: string]: unknown
}

/** A server that speaks Telegram's Bot API on this machine, with what a test wants to see and break. */
export interface BotApiServer {
  readonly url: string
  readonly token: string
  readonly bot: { readonly id: number; readonly username: string }
  /** Messages the bot sent and this server took, oldest first. */
  readonly sent: readonly SentRecord[]
  /** Ids of button presses that were acknowledged. */
  readonly acknowledged: readonly string[]
  /** Names of the methods called, oldest first. */
  readonly calls: readonly string[]
  /** What stands behind a file id; one that is not here is a small picture. */
  readonly files: Map<string, FarFile>
  /** Ids of the files whose bytes were asked for, oldest first. */
  readonly fetched: readonly string[]
  /** Updates that are not confirmed yet. */
  pending(): number
  nextMessageId(): number
  /** Gives the update the next id and delivers it by poll or webhook. */
  deliver(update: Readonly<Record<string, unknown>>): Update
  /** A call of a method (of any sending one by default) fails so: the next, or the one after `skip` others. */
  fail(fault: Fault, method?: string, skip?: number): void
  /** Resolves once `check` is true; looks whenever something happened here. */
  until(check: () => boolean): Promise<void>
  stop(): Promise<void>
}

/** Starts one on a free port. */
export async function startBotApiServer(options: BotApiOptions = {}): Promise<BotApiServer> {
  const token = options.token ?? '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'
  const bot = { id: 110201543, is_bot: true, first_name: '邻里', username: 'linli_test_bot' }
  const changes = new EventEmitter().setMaxListeners(0)
  const changed = () => changes.emit('change')
  const queue: Update[] = []
  const faults: { fault: Fault; method?: string; skip: number }[] = []
  const sent: SentRecord[] = []
  const acknowledged: string[] = []
  const calls: string[] = []
  const files = new Map<string, FarFile>()
  const fetched: string[] = []
  let webhook: { url: string; secret: string } | null = null
  let polling: (() => void) | null = null
  let lastUpdate = 700
  let lastMessage = 0
  let stopped = false
  let delivering = false

  async function deliverByWebhook(): Promise<void> {
    if (delivering) return
    delivering = true
    for (let update = queue[0]; update && webhook && !stopped; update = queue[0]) {
      const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': webhook.secret }
      const response = await fetch(webhook.url, { method: 'POST', headers, body: JSON.stringify(update) }).catch(
        () => null,
      )
      if (response?.ok) queue.shift()
      else await new Promise((resume) => setTimeout(resume, options.webhookRetryMs ?? 20))
      changed()
    }
    delivering = false
  }

  async function getUpdates(params: Call['params'], request: IncomingMessage): Promise<object> {
    if (webhook) return failure(409, "Conflict: can't use getUpdates method while webhook is active")
    polling?.()
    const offset = Number(params.offset ?? 0)
    while (queue[0] && queue[0].update_id < offset) queue.shift()
    changed()
    const until = Date.now() + Number(params.timeout ?? 0) * 1000
    let replaced = false
    let gone = false
    request.socket.once('close', () => {
      gone = true
      changed()
    })
    polling = () => {
      replaced = true
      changed()
    }
    while (queue.length === 0 && !replaced && !gone && !stopped && Date.now() < until) {
      const signal = AbortSignal.timeout(Math.max(1, until - Date.now()))
      await once(changes, 'change', { signal }).catch(() => undefined)
    }
    if (replaced) {
      return failure(409, 'Conflict: terminated by other getUpdates request; make sure that only one bot is running')
    }
    polling = null
    return { ok: true, result: queue.slice(0, Number(params.limit ?? 100)) }
  }

  const context = {
    bot: { ...bot, can_join_groups: true, can_read_all_group_messages: options.canReadAllGroupMessages ?? true },
    sent,
    acknowledged,
    enforceLimits: options.enforceLimits ?? false,
    nextMessageId: () => ++lastMessage,
    setWebhook: (next: { url: string; secret: string } | null) => {
      webhook = next
      if (webhook) void deliverByWebhook()
    },
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, fileKey, path = ''] = /^\/file\/bot([^/]+)\/(.*)$/.exec(request.url ?? '') ?? []
    if (fileKey !== undefined) {
      const id = fileKey === token ? decodeURIComponent(path).replace(/^photos\//, '') : ''
      fetched.push(id)
      changed()
      return serveFile(files.get(id), response)
    }
    const [, key = '', method = ''] = /^\/bot([^/]+)\/(\w+)/.exec(request.url ?? '') ?? []
    const params = await readParams(request)
    calls.push(method)
    const meant = faults.filter((entry) => (entry.method ? entry.method === method : method.startsWith('send')))
    const at = faults.findIndex((entry) => meant.includes(entry) && entry.skip === 0)
    for (const entry of meant) entry.skip = Math.max(0, entry.skip - 1)
    const fault = at === -1 ? null : faults.splice(at, 1)[0]?.fault
    let body: object
    if (key !== token) body = failure(401, 'Unauthorized')
    else if (fault?.kind === 'error') body = failure(fault.code, fault.description, fault.parameters)
    else if (method === 'getUpdates') body = await getUpdates(params, request)
    else if (method === 'getFile') body = getFile(files, String(params.file_id))
    else body = (await methods[method]?.({ params }, context)) ?? failure(404, 'Not Found: method not found')
    changed()
    if (fault?.kind === 'cut') {
      request.socket.destroy()
      return
    }
    const status = 'error_code' in body ? Number(body.error_code) : 200
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy())
  })
  // Longer than any test pauses: a connection cut while idle would look like a message that may have been sent.
  server.keepAliveTimeout = 75_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    bot,
    sent,
    acknowledged,
    calls,
    files,
    fetched,
    pending: () => queue.length,
    nextMessageId: context.nextMessageId,
    deliver(update) {
      lastUpdate += 1
      const numbered = { update_id: lastUpdate, ...update }
      queue.push(numbered)
      if (webhook) void deliverByWebhook()
      changed()
      return numbered
    },
    fail(fault, method, skip = 0) {
      faults.push({ fault, method, skip })
    },
    async until(check) {
      while (!check()) await once(changes, 'change')
    },
    async stop() {
      stopped = true
      changed()
      server.close()
      server.closeAllConnections()
      if (server.listening) await once(server, 'close')
    },
  }
}

/** Telegram's way of saying no. */
function failure(code: number, description: string, parameters?: object): object {
  return { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) }
}

async function readParams(request: IncomingMessage): Promise<Call['params']> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/')) return body.length > 0 ? JSON.parse(body.toString('utf8')) : {}
  const form = await new Response(body, { headers: { 'content-type': type } }).formData()
  const params: Record<string, unknown> = {}
  for (const [name, value] of form.entries()) {
    if (typeof value !== 'string') params[name] = { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) }
    else params[name] = /^[[{]/.test(value) ? JSON.parse(value) : value
  }
  return params
}
