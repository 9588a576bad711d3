import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bearer, openWorld, type World } from './harness.js'
import { seed } from './neighbourhood.js'

type Json = Record<string, unknown>
interface Operation {
  operationId: string
  security: Json[]
  parameters: { name: string; in: string; required?: boolean; schema: Json }[]
  responses: Record<string, { description: string; content: { 'application/json': { schema: Json } } }>
}
interface Document {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Json>; securitySchemes: Record<string, Json> }
}

let world: World
let document: Document
let manager: { authorization: string }

beforeAll(async () => {
  world = await openWorld()
  const ids = await seed(world.db)
  manager = await bearer(world.db, 'manager', { role: 'manager', scopeKind: 'community', scopeId: ids.FD })
  document = (await (await world.get('/api/openapi.json')).json()) as Document
})
afterAll(() => world.close())

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

function references(value: unknown): string[] {
  if (!value || typeof value !== 'object') return []
  const own = '$ref' in value && typeof value.$ref === 'string' ? [value.$ref] : []
  return [...own, ...Object.values(value).flatMap(references)]
}

/** A checker made of a published schema alone; unknown fields are refused. */
function checkerOf(schema: Json): z.ZodType {
  const $defs = structuredClone(document.components.schemas)
  for (const part of Object.values($defs)) if (part.type === 'object') part.additionalProperties ??= false
  const text = JSON.stringify({ ...schema, $defs }).replaceAll('#/components/schemas/', '#/$defs/')
  return z.fromJSONSchema(JSON.parse(text))
}

function schemaOf(path: string, status: number): Json {
  const schema = document.paths[path]?.get?.responses[status]?.content['application/json'].schema
  if (!schema) throw new Error(`the document has no answer ${status} of ${path}`)
  return schema
}

describe('the OpenAPI document', () => {
  it('is open to all and names every endpoint', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(document.info).toMatchObject({ title: '邻里 Linli', version: '0.0.1-test' })
    expect(operations().map(({ path, method }) => `${method} ${path}`)).toEqual([
      'get /api/v1/requests',
      'get /api/v1/requests/{number}',
      'get /api/v1/ledger',
      'get /api/v1/requests/{number}/attachments/{id}',
      'get /api/v1/surveys',
      'get /api/v1/surveys/{number}',
      'get /api/v1/surveys/{number}/results',
      'get /api/v1/surveys/{number}/table',
      'get /api/v1/surveys/{number}/departments/{department}',
      'get /api/v1/visits',
      'get /api/v1/visits/progress',
      'get /api/v1/visits/board',
    ])
  })

  it('refers only to what it holds, and holds nothing unused', () => {
    const used = new Set(references(document).map((reference) => reference.replace('#/components/schemas/', '')))
    expect([...used].sort()).toEqual(Object.keys(document.components.schemas).sort())
  })

  it('declares the parameters of each path, its token and its refusals', () => {
    expect(document.components.securitySchemes).toEqual({ bearer: { type: 'http', scheme: 'bearer' } })
    for (const { path, operation } of operations()) {
      const inPath = operation.parameters.filter((parameter) => parameter.in === 'path')
      expect(inPath.map((parameter) => parameter.name)).toEqual(
        [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]),
      )
      expect(inPath.every((parameter) => parameter.required)).toBe(true)
      for (const parameter of operation.parameters)
        expect(parameter.schema.type, parameter.name).toMatch(/string|integer/)
      expect(operation.security).toEqual([{ bearer: [] }])
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['200', '401', '429']))
      expect(operation.responses[200]?.description).not.toBe('')
    }
    expect(new Set(operations().map(({ operation }) => operation.operationId)).size).toBe(operations().length)
  })

  it.each([
    ['/api/v1/requests', '/api/v1/requests'],
    ['/api/v1/requests/{number}', '/api/v1/requests/FD-202611-0001'],
    ['/api/v1/ledger', '/api/v1/ledger?limit=1'],
  ])('describes what %s really answers', async (path, address) => {
    const answer = await (await world.get(address, manager)).json()
    const checker = checkerOf(schemaOf(path, 200))
    expect(checker.safeParse(answer).error).toBeUndefined()
    expect(checker.safeParse({ ...answer, surprise: 1 }).success).toBe(false)
  })

  it('describes the refusals', async () => {
    const noToken = await (await world.get('/api/v1/requests')).json()
    expect(checkerOf(schemaOf('/api/v1/requests', 401)).safeParse(noToken).error).toBeUndefined()
    const bad = await (await world.get('/api/v1/requests?limit=x', manager)).json()
    expect(checkerOf(schemaOf('/api/v1/requests', 400)).safeParse(bad).error).toBeUndefined()
    const none = await (await world.get('/api/v1/requests/FD-1', manager)).json()
    expect(checkerOf(schemaOf('/api/v1/requests/{number}', 404)).safeParse(none).error).toBeUndefined()
  })
})
