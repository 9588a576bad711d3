/** Colours of all pictures: told apart by the colour-blind too, and in print. */
export const COLOURS = {
  ink: '#1f2933',
  soft: '#6b7785',
  line: '#d9dee4',
  done: '#2f7d6b',
  short: '#d98324',
  /** A second series beside `done`. */
  second: '#4a6fa5',
  /** What was not reached, or nobody did. */
  rest: '#e8ecf0',
  alarm: '#c0392b',
} as const
