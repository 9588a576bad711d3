/** JSON that holds a null character or half a surrogate pair, written as JSON.stringify escapes them. */
const SUSPECT = /\\u(?:0000|d[89a-f])/

/**
 * Text that a database gives back as it took it: PostgreSQL refuses the null character and half a surrogate pair, and
 * SQLite turns the half into another sign, which would break the seal of a ledger entry.
 */
export const storableText = (text: string): string => text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd')

/** JSON text of a value with every string in it made storable. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value)
  if (!SUSPECT.test(json)) return json
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storableText(part) : part))
}
