/**
 * Where a child can be killed. Each is a place between two steps that the disk or the platform can tell apart:
 * what was done before it stays, what comes after it is gone.
 */
export const POINTS = [
  'accept:before-commit',
  'accept:after-commit',
  'turn:before-commit',
  'turn:after-commit',
  'claim:before-commit',
  'claim:after-commit',
  'send:after',
  'record:before-commit',
  'record:after-commit',
  'job:before-commit',
  'job:after-commit',
  'fetch-claim:before-commit',
  'fetch-claim:after-commit',
  'fetch:midway',
  'fetch:after',
  'adopt:after',
  'keep:before-commit',
  'keep:after-commit',
] as const
export type Point = (typeof POINTS)[number]

/** What a process is told. */
export interface Orders {
  readonly database: string
  readonly apiRoot: string
  readonly token: string
  /** The service's time at the moment `wallMs` of the machine's clock. */
  readonly clockMs: number
  readonly wallMs: number
  /** Where to die; missing: nowhere. */
  readonly at?: Point
}
