import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import type { Channel } from '../../src/channels/channel.js'
import { type Database, openDatabase } from '../../src/db/client.js'
import type { Logger } from '../../src/kernel/log.js'
import { hashToken } from '../../src/web/api/token.js'
import { createMetrics } from '../../src/web/metrics.js'
import { createWebServer, type WebOptions } from '../../src/web/server.js'

// Opening a database takes long where many tests share few cores.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

export const NOW = new Date('2026-11-22T09:14:00+08:00')
export const HOUR = 3_600_000

/** A database file and a served web, with a clock that stands until it is moved. */
export interface World {
  readonly db: Database
  readonly url: string
  /** What was logged as an error. */
  readonly errors: object[]
  readonly clock: { now(): Date; set(at: Date): void }
  readonly web: ReturnType<typeof createWebServer>
  readonly metrics: WebOptions['metrics']
  get(path: string, headers?: Record<string, string>): Promise<Response>
  close(): Promise<void>
}

/** Over a new database unless one is given, which then stays open. */
export async function openWorld(extra: Partial<WebOptions> = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-web-'))
  const db = extra.db ?? (await openDatabase(`file:${join(folder, 'linli.db')}`))
  let now = NOW
  const clock = {
    now: () => now,
    set: (at: Date) => {
      now = at
    },
  }
  const errors: object[] = []
  const quiet = () => undefined
  const logger: Logger = { info: quiet, warn: quiet, debug: quiet, error: (fields) => void errors.push(fields) }
  const metrics = createMetrics({ read: db.read, clock })
  const web = createWebServer({
    host: '127.0.0.1',
    port: 0,
    graceMs: 100,
    timezone: 'Asia/Shanghai',
    version: '0.0.1-test',
    db,
    modules: [],
    channels: [],
    logger,
    clock,
    metrics,
    ...extra,
  })
  const { url } = await web.start()
  return {
    db,
    url,
    errors,
    clock,
    web,
    metrics,
    get: (path, headers = {}) => fetch(url + path, { headers, redirect: 'manual' }),
    close: async () => {
      await web.stop()
      if (!extra.db) await db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A channel that only has the parts the web looks at. */
export function channel(parts: Partial<Channel>): Channel {
  return {
    name: 'test',
    limits: {
      perConversationMs: 0,
      betweenConversationsMs: 0,
      perGroupPerMinute: 0,
      perMinute: 0,
      perDay: 0,
      textLength: 0,
      buttons: false,
    },
    start: async () => undefined,
    send: async () => ({ externalId: '1' }),
    stop: async () => undefined,
    status: () => ({ state: 'online', detail: '' }),
    ...parts,
  }
}

export interface Token {
  readonly role: string
  readonly scopeKind: string
  readonly scopeId: number
  readonly expiresAt?: Date
  readonly revokedAt?: Date
}

/** Stores a token named by its text; answers with the header that bears it. */
export async function bearer(db: Database, text: string, token: Token): Promise<{ authorization: string }> {
  await db.write((tx) => tx.apiToken.create({ data: { name: text, hash: hashToken(text), createdAt: NOW, ...token } }))
  return { authorization: `Bearer ${text}` }
}
