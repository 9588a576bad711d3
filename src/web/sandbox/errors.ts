import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type FaultCode, faults } from './texts.js'

const STATUS: Readonly<Record<FaultCode, ContentfulStatusCode>> = {
  unknown_person: 404,
  unknown_conversation: 404,
  not_a_member: 403,
  not_yours: 403,
  bad_media: 422,
  offline: 503,
  bad_request: 400,
  too_large: 413,
  not_a_picture: 415,
  foreign_origin: 403,
  not_found: 404,
  no_clock: 404,
  not_stored: 503,
}

/** A kind answer in two languages; `detail` says what exactly is wrong where we know. */
export function fail(c: Context, code: FaultCode, detail?: string): Response {
  const [message, messageEn] = faults[code]
  return c.json({ error: { code, message, messageEn, ...(detail ? { detail } : {}) } }, STATUS[code])
}
