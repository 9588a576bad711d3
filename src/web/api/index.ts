import { OpenAPIHono } from '@hono/zod-openapi'
import type { WebOptions } from '../server.js'

export function createApi(_options: WebOptions) {
  return new OpenAPIHono()
}
