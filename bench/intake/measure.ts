import { copyOf, readStored, type Stored } from './database.js'
import type { Measured } from './load.js'
import { load, startServer } from './processes.js'
import { CHATTER } from './texts.js'

export interface Contender {
  readonly name: string
  /** A file of servers/, and how it is started. */
  readonly server: string
  readonly mode?: string
  /** Packages of bench/package.json. */
  readonly needs?: readonly string[]
}

export interface Ground {
  readonly template: string
  readonly folder: string
  /** The stand-in for Telegram's API. */
  readonly farRoot: string
}

export interface Acknowledged {
  readonly measured: Measured
  /** CPU time of the server for one acknowledgement, µs: what a busy machine distorts least. */
  readonly cpuUs: number
  readonly stored: Stored
}

/** Deliveries under way at once: as many connections as our webhook asks of Telegram. */
export const CONNECTIONS = 100
const WARM_UP = 3000
const WARM_UP_MS = 10_000
const LONG_MS = 600_000
const noop = async () => undefined

/**
 * Loads a server on a fresh database, kills it, and counts what its file holds.
 * @throws when it kept less than it acknowledged.
 */
export async function acknowledgements(contender: Contender, ground: Ground, ms: number): Promise<Acknowledged> {
  const file = copyOf(ground.template, ground.folder)
  const server = await startServer(contender.server, [file, contender.mode ?? '', ground.farRoot])
  try {
    const most = Number.MAX_SAFE_INTEGER
    const job = {
      port: server.port,
      connections: CONNECTIONS,
      texts: CHATTER,
      most,
      warmUp: WARM_UP,
      warmUpMs: WARM_UP_MS,
      ms,
    }
    let before = 0
    const measured = await load(job, async () => {
      before = await server.cpuMs()
    })
    const cpuMs = (await server.cpuMs()) - before
    await server.kill()
    const stored = readStored(file)
    if (stored.rows < measured.taken)
      throw new Error(`${contender.name} acknowledged ${measured.taken} messages and kept ${stored.rows}`)
    return { measured, cpuUs: (cpuMs * 1000) / measured.counted, stored }
  } finally {
    await server.kill()
  }
}

/**
 * Whole turns a second of the running service, from the first delivery until every message had its turn.
 * @throws when a message had none.
 */
export async function turns(
  texts: readonly string[],
  most: number,
  ground: Ground,
): Promise<{ readonly perSecond: number; readonly stored: Stored }> {
  const file = copyOf(ground.template, ground.folder)
  const server = await startServer('ours', [file, 'running', ground.farRoot])
  try {
    const from = performance.now()
    await load({ port: server.port, connections: CONNECTIONS, texts, most, warmUp: 0, warmUpMs: 0, ms: LONG_MS }, noop)
    await server.idle()
    const perSecond = most / ((performance.now() - from) / 1000)
    await server.kill()
    const stored = readStored(file)
    if (stored.handled !== most) throw new Error(`${most} messages, ${stored.handled} turns`)
    return { perSecond, stored }
  } finally {
    await server.kill()
  }
}
