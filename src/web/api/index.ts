import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { WebOptions } from '../options.js'
import { both, texts, type Words } from '../texts.js'
import { noteView } from './access.js'
import { addAttachments } from './attachments.js'
import { apiError } from './errors.js'
import { listEntries } from './ledger.js'
import { createRateLimit } from './limit.js'
import { findRequest, listRequests } from './requests.js'
import { type Env, json, refusals, security } from './route-parts.js'
import {
  entryList,
  errorSchema,
  ledgerQuery,
  requestList,
  requestQuery,
  requestWithHistory,
  WANTED,
} from './schemas.js'
import { addSurveys } from './survey-routes.js'
import { authenticate } from './token.js'
import { addVisits } from './visit-routes.js'

const routes = {
  requests: createRoute({
    method: 'get',
    path: '/api/v1/requests',
    operationId: 'listRequests',
    summary: 'Requests, newest first',
    security,
    request: { query: requestQuery },
    responses: { 200: json(requestList, 'A page of requests'), 400: json(errorSchema, 'Bad parameters'), ...refusals },
  }),
  request: createRoute({
    method: 'get',
    path: '/api/v1/requests/{number}',
    operationId: 'getRequest',
    summary: 'One request and its history',
    security,
    request: { params: z.object({ number: z.string().max(100).openapi({ example: 'FD-202611-0001' }) }) },
    responses: {
      200: json(requestWithHistory, 'The request'),
      404: json(errorSchema, 'There is none, or none within the scope of the token'),
      ...refusals,
    },
  }),
  ledger: createRoute({
    method: 'get',
    path: '/api/v1/ledger',
    operationId: 'listLedger',
    summary: 'Ledger entries, in the order they were made',
    security,
    request: { query: ledgerQuery },
    responses: { 200: json(entryList, 'A page of entries'), 400: json(errorSchema, 'Bad parameters'), ...refusals },
  }),
}

/** The API under `/api`: reading only, for callers with a bearer token. */
export function createApi(options: WebOptions): OpenAPIHono<Env> {
  const { db, clock, timezone, version } = options
  const app = new OpenAPIHono<Env>({
    defaultHook: (result, c) => (result.success ? undefined : refuse(c, result.error)),
  })
  const limit = createRateLimit()

  app.use('/api/v1/*', async (c, next) => {
    const caller = await authenticate(db.read, c.req.header('authorization'), clock.now())
    if (!caller) {
      c.header('www-authenticate', 'Bearer')
      return apiError(c, 401, 'unauthorized', texts.unauthorized)
    }
    const wait = limit.take(caller.tokenId, clock.now().getTime())
    if (wait > 0) {
      c.header('retry-after', String(wait))
      return apiError(c, 429, 'too_many_requests', texts.tooMany)
    }
    c.set('caller', caller)
    c.header('cache-control', 'no-store')
    return next()
  })

  app.openapi(routes.requests, async (c) => {
    const caller = c.get('caller')
    const list = await listRequests(db.read, caller, c.req.valid('query'), timezone)
    const subjects = list.data.map((request) => `request:${request.number}`)
    await noteView(db, caller, clock.now(), { action: 'api.requests', list: 'requests', subjects })
    return c.json(list, 200)
  })
  app.openapi(routes.request, async (c) => {
    const caller = c.get('caller')
    const request = await findRequest(db.read, caller, c.req.valid('param').number)
    if (!request) return apiError(c, 404, 'not_found', texts.noRequest)
    const subjects = [`request:${request.number}`]
    await noteView(db, caller, clock.now(), { action: 'api.request', list: 'requests', subjects })
    return c.json(request, 200)
  })
  app.openapi(routes.ledger, async (c) => {
    const caller = c.get('caller')
    const list = await listEntries(db.read, caller, c.req.valid('query'), timezone)
    const subjects = list.data.map((entry) => entry.subject)
    await noteView(db, caller, clock.now(), { action: 'api.ledger', list: 'ledger', subjects })
    return c.json(list, 200)
  })

  addAttachments(app, options)
  addSurveys(app, db.read)
  addVisits(app, options)

  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: '邻里 Linli',
      version,
      description:
        'Requests of residents, the ledger of what became of them, visits to households, and the rounds of surveys. Phone and identity numbers and names of ' +
        'residents are masked unless the token belongs to a worker or manager of the community; each full view is noted.',
    },
  })
  return app
}

function refuse(c: Context, error: z.ZodError): Response {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) fields[key] = both(texts.unknownParameter)
    else if (issue.code === 'invalid_value') fields[String(issue.path[0])] = both(oneOf(issue.values))
    else fields[String(issue.path[0])] = both(WANTED[String(issue.path[0])] ?? texts.otherwise)
  }
  return apiError(c, 400, 'bad_parameters', texts.badParameters, fields)
}

const oneOf = (values: readonly unknown[]): Words => ({
  zh: `${texts.oneOf.zh}${values.join('、')}`,
  en: `${texts.oneOf.en} ${values.join(', ')}`,
})
