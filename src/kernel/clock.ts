/** Time always arrives as an argument; this is where it comes from. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
