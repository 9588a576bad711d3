import type { Context, MiddlewareHandler } from 'hono'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { requestId } from 'hono/request-id'
import { routePath } from 'hono/route'
import { secureHeaders } from 'hono/secure-headers'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { apiError } from './api/errors.js'
import { createApi } from './api/index.js'
import { readHealth } from './health.js'
import type { WebOptions } from './options.js'
import { type Message, MessagePage, PAGE_CSS } from './pages/message.js'
import { languageOf, texts } from './texts.js'

/** Most bytes of one request's body: a photo from a phone, as text. */
const MOST_BYTES = 1_048_576

/** All that is served besides the channels' webhooks. */
export function createApp(options: WebOptions): Hono {
  const { db, channels, logger, clock, metrics, version } = options
  const app = new Hono()

  app.use(requestId())
  app.use(async (c, next) => {
    const started = performance.now()
    await next()
    const seconds = (performance.now() - started) / 1000
    // The pattern, not the address: it has few values, and no secrets.
    const route = routePath(c, -1)
    metrics.httpSeconds.observe(seconds, { method: c.req.method, route, status: String(c.res.status) })
    logger.debug({ requestId: c.get('requestId'), method: c.req.method, route, status: c.res.status, seconds }, 'http')
  })
  app.use(strictHeaders())
  app.use(refuseOtherSites)
  app.use(boundBody)

  app.get('/healthz', async (c) => {
    const health = await readHealth({ db, channels, version, now: clock.now() })
    return c.json(health, health.status === 'down' ? 503 : 200, { 'cache-control': 'no-store' })
  })
  app.get('/metrics', async (c) => {
    const page = await metrics.render()
    return c.body(page.body, 200, { 'content-type': page.contentType, 'cache-control': 'no-store' })
  })
  app.get('/assets/page.css', (c) =>
    c.body(PAGE_CSS, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' }),
  )
  app.get('/', (c) =>
    options.home
      ? c.redirect(options.home)
      : say(c, 200, 'ok', { title: texts.running, detail: texts.runningDetail, homeLink: false }),
  )
  app.route('/', createApi(options))
  for (const mount of options.mounts ?? []) app.route(mount.path, mount.app)

  app.notFound((c) =>
    isApi(c)
      ? apiError(c, 404, 'not_found', texts.noEndpoint)
      : say(c, 404, 'not_found', { title: texts.notFound, detail: texts.notFoundDetail, homeLink: true }),
  )
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status < 500) return error.getResponse()
    const id = c.get('requestId') as string | undefined
    logger.error({ err: error, requestId: id, method: c.req.method, route: routePath(c, -1) }, 'a request failed')
    return say(c, 500, 'internal', { title: texts.failed, detail: texts.failedDetail, requestId: id, homeLink: true })
  })
  return app
}

const isApi = (c: Context) => c.req.path.startsWith('/api/')

/** JSON for programs, a page for people, in the caller's language. */
function say(c: Context, status: ContentfulStatusCode, code: string, message: Message): Response | Promise<Response> {
  if (isApi(c)) return apiError(c, status, code, message.detail)
  const language = languageOf(c.req.header('accept-language'))
  c.header('vary', 'accept-language')
  return c.html(<MessagePage language={language} message={message} />, status)
}

/**
 * Pages of other sites may link here, not act here. Browsers say where a request comes from; programs that are none
 * say nothing and carry no cookies.
 */
const refuseOtherSites: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  const host = origin && URL.canParse(origin) ? new URL(origin).host : null
  const ours = site ? site === 'same-origin' || site === 'none' : !origin || host === c.req.header('host')
  return ours ? next() : say(c, 403, 'forbidden', { title: texts.forbidden, detail: texts.forbiddenDetail })
}

/** The length is told before the body, and Node holds the sender to it: nothing need be read to refuse it. */
const boundBody: MiddlewareHandler = async (c, next) => {
  if (c.req.header('transfer-encoding'))
    return say(c, 411, 'length_required', { title: texts.noLength, detail: texts.noLengthDetail })
  if (Number(c.req.header('content-length') ?? 0) <= MOST_BYTES) return next()
  return say(c, 413, 'too_large', { title: texts.tooLarge, detail: texts.tooLargeDetail })
}

/** Nothing from elsewhere, nothing inline, in nobody's frame. */
function strictHeaders() {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    // Not none: browsers without Fetch Metadata would then hide the origin of our own forms.
    referrerPolicy: 'same-origin',
    strictTransportSecurity: 'max-age=15552000',
    // An answer that was given something stricter keeps it.
    overwrite: false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
  })
}
