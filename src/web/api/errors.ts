import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { both, type Words } from '../texts.js'

/** The API's one shape of refusal. `fields` names the parameters at fault. */
export function apiError(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  message: Words,
  fields?: Readonly<Record<string, string>>,
): Response {
  return c.json({ error: { code, message: both(message), ...(fields ? { fields } : {}) } }, status, {
    'cache-control': 'no-store',
  })
}
