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
] as const
export type Point = (typeof POINTS)[number]

/** What a child is told through its environment. */
export interface ChildOrders {
  readonly CRASH_DATABASE: string
  readonly CRASH_API_ROOT: string
  readonly CRASH_TOKEN: string
  /** The service's time at the moment CRASH_WALL_MS of the machine's clock. */
  readonly CRASH_CLOCK_MS: string
  readonly CRASH_WALL_MS: string
  /** Where to die; missing: nowhere. */
  readonly CRASH_AT?: Point
}
