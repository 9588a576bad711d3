import { ApiFault } from './api.js'
import { type Edge, handOn, parse } from './edge.js'
import { ALLOWED_UPDATES } from './parse.js'
import { texts } from './texts.js'

/** How much longer than the long poll we wait for its answer. */
const GRACE_MS = 15_000
/** Another receiver is not gone in a second: the pause after a 409 is this many times the usual. */
const CONFLICT_FACTOR = 5

/**
 * Takes updates by long polling until the edge's signal aborts. A batch is confirmed, by asking for the next one, only
 * after it was stored.
 */
export async function poll(edge: Edge, timeoutSeconds: number): Promise<void> {
  let webhookRemoved = false
  let offset: number | undefined
  // At the start and after a fault we ask without waiting, so that the operator soon reads that all is well.
  let patience = 0
  while (!edge.signal.aborted) {
    try {
      if (!webhookRemoved) {
        await edge.api.call('deleteWebhook', {}, { signal: edge.signal })
        webhookRemoved = true
      }
      const updates = await getUpdates(edge, patience, offset)
      // This answer has confirmed what came before. Update ids may start again from a lower number one day, which a
      // remembered offset would hide.
      offset = undefined
      if (await stored(edge, updates)) {
        if (updates.length > 0) offset = Math.max(...updates.map(idOf)) + 1
        patience = timeoutSeconds
        edge.report()
        edge.backoff.reset()
      } else {
        edge.report('online', texts.notStored)
        await edge.backoff.wait()
      }
    } catch (error) {
      patience = 0
      if (!edge.signal.aborted) await afterFault(edge, error)
    }
  }
}

async function getUpdates(edge: Edge, timeoutSeconds: number, offset?: number): Promise<readonly unknown[]> {
  const updates: unknown = await edge.api.call(
    'getUpdates',
    {
      timeout: timeoutSeconds,
      limit: 100,
      allowed_updates: ALLOWED_UPDATES,
      ...(offset === undefined ? {} : { offset }),
    },
    { signal: edge.signal, timeoutMs: timeoutSeconds * 1000 + GRACE_MS },
  )
  return Array.isArray(updates) ? updates : []
}

async function stored(edge: Edge, updates: readonly unknown[]): Promise<boolean> {
  const parsed = updates.flatMap((update) => {
    const known = parse(edge, update)
    // Never confirming it would hold up every update behind it.
    if (!known) edge.logger.error({ updateId: idOf(update) }, 'an update could not be read and is passed over')
    return known ?? []
  })
  try {
    await handOn(edge, parsed)
    return true
  } catch (error) {
    edge.logger.error({ err: error, updates: parsed.length }, 'updates could not be stored')
    return false
  }
}

function idOf(update: unknown): number {
  const id = (update as { update_id?: unknown } | null)?.update_id
  return Number.isSafeInteger(id) ? (id as number) : 0
}

async function afterFault(edge: Edge, error: unknown): Promise<void> {
  const fault = error instanceof ApiFault ? error : new ApiFault(String(error), 'maybe', null)
  if (fault.code === 409) edge.report('offline', texts.conflict)
  else if (fault.code === 401 || fault.code === 404) edge.report('offline', texts.tokenRefused)
  else edge.report('offline', texts.unreachable(fault.message))
  await edge.backoff.wait(fault.code === 409 ? CONFLICT_FACTOR : 1)
}
