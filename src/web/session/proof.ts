import { createHmac, timingSafeEqual } from 'node:crypto'

/** What only the page shown to this browser, for this link, can send back. */
export const proofOf = (browser: string, token: string): string =>
  createHmac('sha256', browser).update(token).digest('base64url')

/** Compares secrets in a time that tells nothing of how much of them is right. */
export function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
