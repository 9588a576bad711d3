import type { Context, TypedResponse } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { both, type Words } from '../texts.js'

interface ErrorAnswer {
  error: { code: string; message: string; fields?: Record<string, string> }
}

/** The API's one shape of refusal. `fields` names the parameters at fault. */
export function apiError<Status extends ContentfulStatusCode>(
  c: Context,
  status: Status,
  code: string,
  message: Words,
  fields?: Record<string, string>,
): Response & TypedResponse<ErrorAnswer, Status, 'json'> {
  const answer: ErrorAnswer = { error: { code, message: both(message), ...(fields ? { fields } : {}) } }
  c.header('cache-control', 'no-store')
  return c.json(answer, status)
}
