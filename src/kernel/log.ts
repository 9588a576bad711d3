/** The part of a logger that the rooms use. Log an error once, at the boundary. */
export interface Logger {
  info(fields: object, words: string): void
  warn(fields: object, words: string): void
  error(fields: object, words: string): void
  debug(fields: object, words: string): void
}
