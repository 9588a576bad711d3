/** A JSON object whose fields are not yet trusted. */
export type Fields = Readonly<Record<string, unknown>>

/** The value as a JSON object, or undefined if it is anything else. */
export function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

/** The value as a list; anything else is the empty list. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The value as text that says something, or undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A platform id, which Telegram sends as an integer of at most 52 bits, as text; undefined if it is none. */
export function asId(value: unknown): string | undefined {
  return Number.isSafeInteger(value) ? String(value) : undefined
}
