import type { Context } from 'hono'
import { html } from 'hono/html'
import { Shell } from './shell.js'

/** Only our own files run and load; nothing written into the page can become a script. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export function page(c: Context) {
  c.header('Content-Security-Policy', POLICY)
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'no-referrer')
  c.header('Cache-Control', 'no-cache')
  return c.html(html`<!doctype html>${<Shell />}`)
}
