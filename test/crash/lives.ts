import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '../../src/db/client.js'
import { createFileFolder, type FileFolder, filesBeside } from '../../src/files/index.js'
import { takeAccount } from '../../src/inbox/accounting.js'
import { verifyLedger } from '../../src/ledger/verify/index.js'
import { rebindDemo } from '../dialogues/shared-rebind.js'
import { type BotApiServer, startBotApiServer } from '../support/bot-api-server.js'
import { copyDemo, START } from '../support/demo.js'
import type { Orders, Point } from './points.js'
import { type Life, processes } from './processes.js'
import { runService } from './run.js'

/** A service whose process can be killed and started again, between a database file and a Bot API server that both stay. */
export interface Lives {
  readonly server: BotApiServer
  /** Where the bytes of attachments lie. */
  readonly files: FileFolder
  readonly filesFolder: string
  /** Starts a process; resolves when it is up, or dead already. */
  live(at?: Point): Promise<Life>
  /** Runs the service in this process for as long as `work` takes, then lets it finish: for a life nobody kills. */
  calmly<T>(work: () => Promise<T>): Promise<T>
  /** Somebody says something, with a picture where one is named; the message is delivered until a process confirms it. */
  say(person: number, group: number | null, text: string, photo?: string): void
  /** Moves the service's clock for the processes started from now on. */
  advance(ms: number): void
  /** Opens the file; only while no process lives. */
  look<T>(work: (db: Database) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export const AILI = 5001
export const RESIDENTS = -4001
export const WORKERS = -4002
const IDS: Readonly<Record<string, number>> = {
  'resident-aili': AILI,
  'worker-wangfang': 5002,
  'group:residents-1': RESIDENTS,
  'group:workers': WORKERS,
  'group:residents-2': -4003,
  'group:subdistrict': -4004,
}

export async function startLives(): Promise<Lives> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-crash-'))
  const file = join(folder, 'linli.db')
  const server = await startBotApiServer()
  const wall = Date.now()
  let clock = Date.parse(START)
  let others = 6000
  const running = new Set<Life>()
  await copyDemo(file)
  const look: Lives['look'] = async (work) => {
    if (running.size > 0) throw new Error('a process has the file')
    const db = await openDatabase(`file:${file}`)
    try {
      return await work(db)
    } finally {
      await db.close()
    }
  }
  await look((db) => rebindDemo(db, 'telegram', (id) => String(IDS[id] ?? ++others)))

  const orders = (at?: Point): Orders => ({
    ...{ database: file, apiRoot: server.url, token: server.token, clockMs: clock, wallMs: wall },
    ...(at ? { at } : {}),
  })

  async function live(at?: Point): Promise<Life> {
    const life = await processes.start(orders(at), () => running.delete(life))
    running.add(life)
    await life.up
    return life
  }

  async function calmly<T>(work: () => Promise<T>): Promise<T> {
    if (running.size > 0) throw new Error('a process has the file')
    const service = await runService(orders())
    try {
      return await work()
    } finally {
      await service.end()
    }
  }

  return {
    server,
    files: createFileFolder(filesBeside(file)),
    filesFolder: filesBeside(file),
    live,
    calmly,
    say(person, group, text, photo) {
      const chat = group === null ? { id: person, type: 'private' } : { id: group, type: 'supergroup', title: '群' }
      server.deliver({
        message: {
          message_id: server.nextMessageId(),
          date: Math.floor(clock / 1000),
          from: { id: person, is_bot: false, first_name: `邻居${person}` },
          chat,
          ...(photo
            ? { photo: [{ file_id: photo, file_unique_id: photo, width: 800, height: 600 }], caption: text }
            : { text }),
        },
      })
    },
    advance: (ms) => {
      clock += ms
    },
    look,
    close: async () => {
      for (const life of running) await life.kill()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What must hold after any crash: nothing left over, the books balance, the ledger has no gap and every seal holds. */
export async function auditOf(db: Database) {
  const account = await takeAccount(db, { count: 0, stored: 0 })
  const ledger = await verifyLedger(db.read)
  const numbers = (await db.read.request.findMany({ orderBy: { id: 'asc' } })).map((one) => one.number)
  const outbox = await db.read.outboxMessage.groupBy({ by: ['status'], _count: { _all: true } })
  return {
    account,
    faults: ledger.faults,
    numbers,
    outbox: Object.fromEntries(outbox.map((one) => [one.status, one._count._all])),
  }
}

/** Numbers as they must be: from 1, none missing, none twice, in the order of the rows. */
export const gapFree = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `BH-202611-${String(index + 1).padStart(4, '0')}`)
