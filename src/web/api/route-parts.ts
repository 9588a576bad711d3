import type { z } from '@hono/zod-openapi'
import { errorSchema } from './schemas.js'
import type { Caller } from './token.js'

export type Env = { Variables: { caller: Caller } }

export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** What every endpoint may answer besides. */
export const refusals = {
  401: json(errorSchema, 'No token, or one that is unknown, expired or revoked'),
  429: json(errorSchema, 'Too many requests of this token; Retry-After tells the seconds to wait'),
}

export const security = [{ bearer: [] }]
