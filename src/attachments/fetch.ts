import type { Channel } from '../channels/channel.js'
import { type FileFolder, TooManyBytes } from '../files/index.js'
import { FetchFailure } from '../kernel/errors.js'
import type { Logger } from '../kernel/log.js'
import { bytesKept, countBefore, keptBefore, type Wanted } from './claim.js'
import { judge, MOST_BYTES, MOST_OF_A_MESSAGE, type Refusal } from './policy.js'
import { type RecordDependencies, recordAgain, recordKept, recordKnown, recordRefused } from './record.js'

export interface FetchDependencies extends RecordDependencies {
  readonly files: FileFolder
  /** Bytes of all files together; 0 fetches nothing. */
  readonly mostBytes: number
  /** The longest a fetch may take, ms. */
  readonly deadlineMs: number
  readonly clock: { now(): Date }
  readonly logger: Logger
  /** Runs what puts a file in place and writes that down apart from what removes files. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>
}

/** Nothing is wrong with the attachment: we refuse it. */
class Refused extends Error {
  constructor(readonly reason: Refusal) {
    super(reason)
  }
}

/**
 * Brings the bytes of one claimed attachment and writes down what became of it. Never fails. The file stands under the
 * attachment's key from its last byte until the database knows it: a life killed in between leaves it to the next one.
 */
export async function fetchOne(
  deps: FetchDependencies,
  channel: Channel,
  wanted: Wanted,
  stopping: AbortSignal,
): Promise<void> {
  const { files, clock } = deps
  const key = String(wanted.id)
  try {
    if ((await countBefore(deps.db, wanted)) >= MOST_OF_A_MESSAGE) throw new Refused('too_many')
    const known = await keptBefore(deps.db, wanted)
    if (known && (await deps.alone(() => again(deps, wanted, known)))) return
    if (!(await files.received(key))) await bring(deps, channel, wanted, stopping)
    const { kind, ...found } = await files.examine(key)
    if (!kind) throw new Refused('type')
    await deps.alone(async () => {
      await files.adopt(key, found.sha256)
      await recordKept(deps, wanted, { ...found, kind }, clock.now())
    })
    await files.discard(key)
  } catch (error) {
    await failed(deps, wanted, error, stopping)
  }
}

/** Takes bytes that the same reference brought before; false when they are not there after all. */
async function again(deps: FetchDependencies, wanted: Wanted, sha256: string): Promise<boolean> {
  return (await deps.files.has(sha256)) && recordKnown(deps, wanted, sha256, deps.clock.now())
}

async function bring(
  { db, files, mostBytes, deadlineMs }: FetchDependencies,
  channel: Channel,
  { id, reference }: Wanted,
  stopping: AbortSignal,
): Promise<void> {
  if (!channel.open) throw new FetchFailure('gone', `${channel.name} gives out no files`)
  const room = mostBytes - (await bytesKept(db))
  if (room <= 0) throw new Refused('full')
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(deadlineMs)])
  const source = await channel.open(reference, signal)
  await files.receive(String(id), untilAborted(source, signal), MOST_BYTES)
}

/** Not every source of a platform ends by the signal: the reading does. */
async function* untilAborted(source: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]()
  let stop: () => void = () => undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new FetchFailure('unreachable', String(signal.reason)))
    signal.addEventListener('abort', stop, { once: true })
  })
  aborted.catch(() => undefined)
  try {
    while (!signal.aborted) {
      const next = await Promise.race([iterator.next(), aborted])
      if (next.done) return
      yield next.value
    }
    await aborted
  } finally {
    signal.removeEventListener('abort', stop)
    // Not waited for: what hangs would hang here too.
    void Promise.resolve(iterator.return?.()).catch(() => undefined)
  }
}

async function failed(deps: FetchDependencies, wanted: Wanted, error: unknown, stopping: AbortSignal): Promise<void> {
  const { db, files, clock, logger } = deps
  // The next start puts it back in line.
  if (stopping.aborted) return
  const kind = kindOf(error)
  const retryAfterMs = error instanceof FetchFailure ? error.details.retryAfterMs : undefined
  const verdict = judge(kind, wanted.attempts, retryAfterMs)
  logger.warn({ attachment: wanted.id, failure: kind, verdict: verdict.kind, err: error }, 'attachment not fetched')
  try {
    const now = clock.now()
    if (verdict.kind === 'again') await recordAgain(db, wanted.id, kind, new Date(now.getTime() + verdict.afterMs))
    else {
      await recordRefused(deps, wanted, kind === 'throttled' ? 'unreachable' : kind, now)
      await files.discard(String(wanted.id))
    }
  } catch (cause) {
    logger.error({ attachment: wanted.id, err: cause }, 'could not record what became of an attachment')
  }
}

function kindOf(error: unknown): Refusal | 'throttled' {
  if (error instanceof Refused) return error.reason
  if (error instanceof FetchFailure) return error.kind
  if (error instanceof TooManyBytes) return 'too_large'
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : 'unreachable'
}
