import type { MiddlewareHandler } from 'hono'
import { fail } from './errors.js'

/**
 * Lets another site's page change nothing. Browsers tell where a request comes from; a program that says nothing about it
 * carries no visitor's rights and may pass.
 */
export const sameOrigin: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  const ours = site ? site === 'same-origin' : origin === undefined || hostOf(origin) === c.req.header('host')
  return ours ? next() : fail(c, 'foreign_origin')
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
