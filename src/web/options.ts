import type { Hono } from 'hono'
import type { Channel } from '../channels/channel.js'
import type { Database } from '../db/client.js'
import type { FileFolder } from '../files/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/log.js'
import type { Module } from '../kernel/module.js'
import type { WebMetrics } from './metrics.js'

export interface WebOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Zone of dates that callers give without an offset. */
  readonly timezone: string
  readonly version: string
  readonly db: Database
  readonly modules: readonly Module[]
  /** Where the bytes of attachments are; missing: none are kept. */
  readonly files?: FileFolder
  readonly channels: readonly Channel[]
  readonly logger: Logger
  readonly clock: Clock
  readonly metrics: WebMetrics
  /** Pages that others bring, each below its path. */
  readonly mounts?: readonly { readonly path: string; readonly app: Hono }[]
  /** Where `/` leads; without it `/` says that the service runs. */
  readonly home?: string
  /** How long stopping waits for running answers, ms; default 3000. */
  readonly graceMs?: number
}
