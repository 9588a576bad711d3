import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Reader } from '../../db/transaction.js'
import { texts } from '../texts.js'
import { apiError } from './errors.js'
import { type Env, json, refusals, security } from './route-parts.js'
import { errorSchema } from './schemas.js'
import {
  departmentSchema,
  resultsSchema,
  surveyList,
  surveyQuery,
  surveyTable,
  surveyWithProgress,
} from './survey-schemas.js'
import { departmentOf, findSurvey, listSurveys, resultsOf, tableOf, type Withheld } from './surveys.js'

const number = z.string().max(100).openapi({ example: 'FD-W3' })
const withheld = {
  403: json(errorSchema, 'Results over departments are for officers; a department sees its own alone'),
  404: json(errorSchema, 'There is none, or none within the scope of the token'),
  409: json(errorSchema, 'The round is not over: nobody sees results before'),
  ...refusals,
}

const routes = {
  list: createRoute({
    method: 'get',
    path: '/api/v1/surveys',
    operationId: 'listSurveys',
    summary: 'Rounds of surveys and evaluations, newest first',
    security,
    request: { query: surveyQuery },
    responses: { 200: json(surveyList, 'A page of rounds'), 400: json(errorSchema, 'Bad parameters'), ...refusals },
  }),
  one: createRoute({
    method: 'get',
    path: '/api/v1/surveys/{number}',
    operationId: 'getSurvey',
    summary: 'What a round asks and how far it is',
    security,
    request: { params: z.object({ number }) },
    responses: { 200: json(surveyWithProgress, 'The round'), 404: withheld[404], ...refusals },
  }),
  results: createRoute({
    method: 'get',
    path: '/api/v1/surveys/{number}/results',
    operationId: 'getSurveyResults',
    summary: 'Results of a round that is over',
    security,
    request: { params: z.object({ number }) },
    responses: { 200: json(resultsSchema, 'Small groups hidden, free words masked'), ...withheld },
  }),
  table: createRoute({
    method: 'get',
    path: '/api/v1/surveys/{number}/table',
    operationId: 'getSurveyTable',
    summary: 'The results as lines of a table',
    security,
    request: { params: z.object({ number }) },
    responses: { 200: json(surveyTable, 'A line a figure'), ...withheld },
  }),
  department: createRoute({
    method: 'get',
    path: '/api/v1/surveys/{number}/departments/{department}',
    operationId: 'getDepartmentView',
    summary: 'What a department may see: its aspects over all communities, and never who',
    security,
    request: { params: z.object({ number, department: z.string().max(60).openapi({ example: '民政局' }) }) },
    responses: { 200: json(departmentSchema, 'Its aspects'), ...withheld },
  }),
}

/** Adds the endpoints of surveys. */
export function addSurveys(app: OpenAPIHono<Env>, read: Reader): void {
  app.openapi(routes.list, async (c) => c.json(await listSurveys(read, c.get('caller'), c.req.valid('query')), 200))
  app.openapi(routes.one, async (c) => {
    const found = await findSurvey(read, c.get('caller'), c.req.valid('param').number)
    return found ? c.json(found, 200) : apiError(c, 404, 'not_found', texts.noSurvey)
  })
  app.openapi(routes.results, async (c) => {
    const found = await resultsOf(read, c.get('caller'), c.req.valid('param').number)
    return typeof found === 'string' ? refuse(c, found) : c.json(found, 200)
  })
  app.openapi(routes.table, async (c) => {
    const found = await resultsOf(read, c.get('caller'), c.req.valid('param').number)
    return typeof found === 'string' ? refuse(c, found) : c.json({ data: tableOf(found) }, 200)
  })
  app.openapi(routes.department, async (c) => {
    const { number: wanted, department } = c.req.valid('param')
    const found = await departmentOf(read, c.get('caller'), wanted, department)
    return typeof found === 'string' ? refuse(c, found) : c.json(found, 200)
  })
}

function refuse(c: Context, why: Withheld) {
  if (why === 'officers_only') return apiError(c, 403, 'forbidden', texts.officersOnly)
  if (why === 'running') return apiError(c, 409, 'running', texts.stillRunning)
  return apiError(c, 404, 'not_found', texts.noSurvey)
}
