import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Reader } from '../db/transaction.js'
import type { Clock } from '../kernel/clock.js'
import type { Metrics } from '../kernel/metrics.js'

/** The counters and histograms the machinery writes to, and the page Prometheus reads. */
export interface WebMetrics extends Metrics {
  /** Reads the gauges from the database. @throws what the database throws. */
  render(): Promise<{ readonly contentType: string; readonly body: string }>
}

export interface MetricsSources {
  readonly read: Reader
  readonly clock: Clock
}

/** Finished inbox and request rows only grow in number: they are counted at most this often, ms. */
const RECOUNT_MS = 60_000
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Prometheus series under the prefix `linli_`. */
export function createMetrics(sources: MetricsSources): WebMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) => {
    const series = new Counter({ name: `linli_${name}_total`, help, labelNames, registers })
    return { inc: (labels: Readonly<Record<L, string>>, by = 1) => series.inc(labels, by) }
  }
  const histogram = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Histogram({ name: `linli_${name}_seconds`, help, labelNames, buckets: BUCKETS, registers })
  const turnSeconds = histogram('turn', 'From claiming a message to the commit of its turn', [])
  const sendSeconds = histogram('send', 'One attempt to send a message', ['channel'])
  const httpSeconds = histogram('http', 'Answers over HTTP, webhooks left out', ['method', 'route', 'status'])
  storedGauges(registry, sources)

  return {
    received: counter('received_messages', 'Messages accepted into the inbox', ['channel']),
    turns: counter('turns', 'Turns that ended: acted, left_alone, set_aside', ['outcome']),
    turnSeconds: { observe: (value) => turnSeconds.observe(value) },
    sends: counter('sends', 'Attempts to send: sent, failed, unknown, retried', ['channel', 'outcome']),
    sendSeconds: { observe: (value, labels) => sendSeconds.observe(labels, value) },
    jobs: counter('job_slots', 'Planned runs of jobs: done, missed, failed', ['job', 'outcome']),
    httpSeconds: { observe: (value, labels) => httpSeconds.observe(labels, value) },
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  }
}

/** What stands in the tables at the moment of reading. */
function storedGauges(registry: Registry, { read, clock }: MetricsSources): void {
  const registers = [registry]
  const statuses = (name: string, help: string, count: () => Promise<Readonly<Record<string, number>>>) =>
    new Gauge({
      name: `linli_${name}`,
      help,
      labelNames: ['status'],
      registers,
      async collect() {
        for (const [status, value] of Object.entries(await count())) this.set({ status }, value)
      },
    })

  statuses('outbox_messages', 'Outgoing messages not yet settled, or settled badly, by status', async () => {
    const unsettled = ['pending', 'sending', 'failed', 'unknown']
    const counts = unsettled.map((status) => read.outboxMessage.count({ where: { status } }))
    return named(unsettled, await Promise.all(counts))
  })
  statuses('requests', 'Requests by status', () => countRequests())
  statuses('inbox_messages', 'Received messages by status, as of the last accounting check', async () => {
    const waiting = await read.inboxMessage.count({ where: { status: 'received' } })
    const check = await read.accountingCheck.findFirst({ orderBy: { id: 'desc' } })
    if (!check) return named(['received'], [waiting])
    return { received: waiting, acted: check.acted, left_alone: check.leftAlone, set_aside: check.setAside }
  })
  statuses('attachments', 'Pictures and files of requests and visits, by status', async () => {
    const groups = await read.attachment.groupBy({ by: ['status'], _count: { _all: true } })
    const zero = { waiting: 0, fetching: 0, kept: 0, refused: 0, dropped: 0 }
    return { ...zero, ...Object.fromEntries(groups.map((group) => [group.status, group._count._all])) }
  })
  new Gauge({
    name: 'linli_attachment_bytes',
    help: 'Bytes of pictures and files that are kept',
    registers,
    async collect() {
      this.set((await read.keptFile.aggregate({ _sum: { bytes: true } }))._sum.bytes ?? 0)
    },
  })
  new Gauge({
    name: 'linli_inbox_oldest_waiting_seconds',
    help: 'Age of the oldest message that waits for its turn',
    registers,
    async collect() {
      const oldest = await read.inboxMessage.findFirst({ where: { status: 'received' }, orderBy: { id: 'asc' } })
      this.set(oldest ? Math.max(0, clock.now().getTime() - oldest.receivedAt.getTime()) / 1000 : 0)
    },
  })
  new Gauge({
    name: 'linli_accounting_balanced',
    help: '1 when received = acted + left alone + set aside + waiting at the last check, else 0; absent before one',
    registers,
    async collect() {
      const check = await read.accountingCheck.findFirst({ orderBy: { id: 'desc' } })
      if (check) this.set(check.balanced ? 1 : 0)
      else this.remove()
    },
  })

  let counted: { readonly at: number; readonly byStatus: Readonly<Record<string, number>> } | undefined
  async function countRequests() {
    const at = clock.now().getTime()
    if (!counted || at - counted.at >= RECOUNT_MS) {
      const groups = await read.request.groupBy({ by: ['status'], _count: { _all: true } })
      const zero = { new: 0, assigned: 0, in_progress: 0, waiting: 0, closed: 0 }
      counted = {
        at,
        byStatus: {
          ...zero,
          ...named(
            groups.map((g) => g.status),
            groups.map((g) => g._count._all),
          ),
        },
      }
    }
    return counted.byStatus
  }
}

function named(names: readonly string[], values: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? 0]))
}
