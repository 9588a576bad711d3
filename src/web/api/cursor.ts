/** Opaque to callers: the id of the last row they saw, bound to its list. */
const toCursor = (list: string, id: number): string => Buffer.from(`${list}:${id}`).toString('base64url')

/** The id in a cursor; null when it is none of this list. */
export function fromCursor(list: string, cursor: string): number | null {
  const [name, id, ...more] = Buffer.from(cursor, 'base64url').toString('utf8').split(':')
  return name === list && more.length === 0 && /^\d{1,15}$/.test(id ?? '') ? Number(id) : null
}

/** Cuts what was read with one row to spare into a page, and names the next. */
export function toPage<Row extends { readonly id: number }>(list: string, rows: readonly Row[], limit: number) {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { page, next: rows.length > limit && last ? toCursor(list, last.id) : null }
}
