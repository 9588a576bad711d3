import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { WebOptions } from '../options.js'
import { texts } from '../texts.js'
import { noteView } from './access.js'
import { apiError } from './errors.js'
import { type Env, json, refusals, security } from './route-parts.js'
import { errorSchema } from './schemas.js'
import { boardList, boardQuery, progressList, progressQuery, visitList, visitQuery } from './visit-schemas.js'
import { listProgress, listVisits, readBoards } from './visits.js'

const bad = {
  400: json(errorSchema, 'Bad parameters'),
  403: json(errorSchema, 'Visits are for the staff of communities and subdistricts'),
  ...refusals,
}
const STAFF: readonly string[] = ['worker', 'coordinator', 'manager', 'officer']

const routes = {
  list: createRoute({
    method: 'get',
    path: '/api/v1/visits',
    operationId: 'listVisits',
    summary: 'Visits to households, the latest logged first',
    security,
    request: { query: visitQuery },
    responses: { 200: json(visitList, 'A page of visits'), ...bad },
  }),
  progress: createRoute({
    method: 'get',
    path: '/api/v1/visits/progress',
    operationId: 'listVisitMonths',
    summary: "Workers' months: goal, why it is what it is, and how far it came",
    security,
    request: { query: progressQuery },
    responses: { 200: json(progressList, 'A page of months'), ...bad },
  }),
  board: createRoute({
    method: 'get',
    path: '/api/v1/visits/board',
    operationId: 'getVisitBoard',
    summary: 'A line for each community: goal, households met, coverage of the year',
    security,
    request: { query: boardQuery },
    responses: { 200: json(boardList, 'The communities, by code'), ...bad },
  }),
}

/** Adds the endpoints of visits. */
export function addVisits(app: OpenAPIHono<Env>, { db, clock, timezone }: WebOptions): void {
  app.use('/api/v1/visits/*', (c, next) =>
    STAFF.includes(c.get('caller').role) ? next() : Promise.resolve(apiError(c, 403, 'forbidden', texts.staffOnly)),
  )
  app.openapi(routes.list, async (c) => {
    const caller = c.get('caller')
    const { subjects, ...list } = await listVisits(db.read, caller, c.req.valid('query'), timezone)
    await noteView(db, caller, clock.now(), { action: 'api.visits', list: 'visits', subjects })
    return c.json(list, 200)
  })
  app.openapi(routes.progress, async (c) =>
    c.json(await listProgress(db.read, c.get('caller'), c.req.valid('query'), clock.now()), 200),
  )
  app.openapi(routes.board, async (c) =>
    c.json(await readBoards(db.read, c.get('caller'), c.req.valid('query'), clock.now()), 200),
  )
}
