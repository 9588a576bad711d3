/** How the machinery reports what it does; web/metrics.ts turns it into Prometheus series. */
export interface Metrics {
  /** Messages accepted into the inbox, by channel. */
  readonly received: Counter<'channel'>
  /** Turns that ended, by outcome: acted, left_alone, set_aside. */
  readonly turns: Counter<'outcome'>
  /** From claiming a message to the commit of its turn, seconds. */
  readonly turnSeconds: Histogram
  /** Attempts to send, by channel and outcome: sent, failed, unknown, retried. */
  readonly sends: Counter<'channel' | 'outcome'>
  /** One attempt to send, seconds. */
  readonly sendSeconds: Histogram<'channel'>
  /** Slots of jobs, by job and outcome: done, missed, failed. */
  readonly jobs: Counter<'job' | 'outcome'>
  /** Answers over HTTP, seconds. */
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>
}

interface Counter<Label extends string> {
  inc(labels: Readonly<Record<Label, string>>, by?: number): void
}

interface Histogram<Label extends string = never> {
  observe(value: number, ...labels: [Label] extends [never] ? [] : [Readonly<Record<Label, string>>]): void
}
