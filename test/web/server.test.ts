import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { Hono } from 'hono'
import { stream } from 'hono/streaming'
import { afterEach, describe, expect, it } from 'vitest'
import { OperatorError } from '../../src/kernel/errors.js'
import { createWebServer, type WebOptions } from '../../src/web/server.js'
import { bearer, channel, openWorld, type World } from './harness.js'
import { seed } from './neighbourhood.js'

let world: World
const open = async (extra: Partial<WebOptions> = {}) => {
  world = await openWorld(extra)
  return world
}
afterEach(() => world.close())

const MEGABYTE = 1_048_576
const echo = () => new Hono().post('/', async (c) => c.text(String((await c.req.text()).length)))

/** Sends a body in pieces, without telling its length before. */
function postChunks(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method: 'POST' }, (response) => resolve(response.resume().statusCode ?? 0))
    sent.on('error', reject)
    sent.write('one')
    sent.end('two')
  })
}

describe('headers', () => {
  it('are strict on pages, API, health and refusals alike', async () => {
    const { get } = await open()
    for (const path of ['/', '/healthz', '/metrics', '/api/openapi.json', '/api/v1/requests', '/nowhere']) {
      const { headers } = await get(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe|\*/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/)
      expect(headers.get('x-powered-by')).toBeNull()
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

describe('pages that say something', () => {
  it('speak Chinese, or English to who asks for it', async () => {
    const { get } = await open()
    const words = async (language: string) => {
      const response = await get('/nowhere', { 'accept-language': language })
      expect(response.status).toBe(404)
      return response.text()
    }
    expect(await words('')).toMatch(/^<!doctype html><html lang="zh-CN">.*没有这个页面/s)
    expect(await words('zh-CN,zh;q=0.9,en;q=0.8')).toContain('没有这个页面')
    expect(await words('en-GB,en;q=0.9')).toContain('There is no such page')
    const api = await get('/api/nowhere')
    expect(await api.json()).toEqual({
      error: { code: 'not_found', message: '没有这个接口 / There is no such endpoint' },
    })
  })

  it('tell a fault by its number and keep the reason to the log', async () => {
    const app = new Hono().get('/', () => {
      throw new Error('table Household is gone')
    })
    const { get, errors } = await open({ mounts: [{ path: '/broken', app }] })
    const response = await get('/broken')
    expect(response.status).toBe(500)
    const id = response.headers.get('x-request-id') ?? ''
    const page = await response.text()
    expect(page).toContain(id)
    expect(page).not.toContain('Household')
    expect(errors).toMatchObject([{ requestId: id, err: { message: 'table Household is gone' } }])
  })

  it('lead home where there is one', async () => {
    const { get } = await open({
      home: '/sandbox',
      mounts: [{ path: '/sandbox', app: new Hono().get('/', (c) => c.text('hi')) }],
    })
    expect((await get('/')).headers.get('location')).toBe('/sandbox')
    expect(await (await get('/sandbox')).text()).toBe('hi')
  })
})

describe('bodies', () => {
  it('are taken up to a megabyte; above it, or without a length, they are refused', async () => {
    const { url } = await open({ mounts: [{ path: '/echo', app: echo() }] })
    const post = (size: number) => fetch(`${url}/echo`, { method: 'POST', body: 'x'.repeat(size) })
    expect(await (await post(MEGABYTE)).text()).toBe(String(MEGABYTE))
    expect((await post(MEGABYTE + 1)).status).toBe(413)
    expect(await postChunks(`${url}/echo`)).toBe(411)
    expect((await post(1)).status).toBe(200)
  })

  it('are refused from the pages of other sites', async () => {
    const { url } = await open({ mounts: [{ path: '/echo', app: echo() }] })
    const post = async (headers: Record<string, string>) =>
      (await fetch(`${url}/echo`, { method: 'POST', body: '{}', headers })).status
    expect(await post({ origin: 'http://evil.example' })).toBe(403)
    expect(await post({ origin: 'null' })).toBe(403)
    expect(await post({ origin: url, 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await post({ origin: url, 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await post({ origin: url })).toBe(200)
    expect(await post({ origin: 'https://behind.a.proxy', 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await post({})).toBe(200)
  })
})

describe('a webhook', () => {
  const hooked = (seen: string[]) =>
    channel({
      webhook: {
        path: '/hooks/one',
        handle: (request, response) => {
          seen.push(`${request.method} ${request.url}`)
          response.writeHead(200).end('taken')
        },
      },
    })

  it('gets what is sent to exactly its path', async () => {
    const seen: string[] = []
    const { url } = await open({ channels: [hooked(seen)] })
    const post = (path: string) => fetch(url + path, { method: 'POST', body: '{}' })
    expect(await (await post('/hooks/one')).text()).toBe('taken')
    expect(await (await post('/hooks/one?a=1')).text()).toBe('taken')
    for (const path of ['/hooks/one/', '/hooks/one/two', '/hooks', '/hooks/One'])
      expect((await post(path)).status).toBe(404)
    expect(seen).toEqual(['POST /hooks/one', 'POST /hooks/one?a=1'])
  })

  it('never sees what is too large', async () => {
    const seen: string[] = []
    const { url } = await open({ channels: [hooked(seen)] })
    const response = await fetch(`${url}/hooks/one`, { method: 'POST', body: 'x'.repeat(MEGABYTE + 1) })
    expect(response.status).toBe(413)
    expect(seen).toEqual([])
  })

  it('that fails is answered 500, and the service goes on', async () => {
    const failing = channel({
      webhook: {
        path: '/hooks/bad',
        handle: () => {
          throw new Error('no')
        },
      },
    })
    const { url, get, errors } = await open({ channels: [failing] })
    expect((await fetch(`${url}/hooks/bad`, { method: 'POST' })).status).toBe(500)
    expect(errors).toMatchObject([{ err: { message: 'no' } }])
    expect((await get('/healthz')).status).toBe(200)
  })

  it('has its path alone', async () => {
    const { db, clock, metrics } = await open()
    const twice = { host: '127.0.0.1', port: 0, timezone: 'UTC', version: '1', db, modules: [], clock, metrics }
    const logger = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined }
    expect(() => createWebServer({ ...twice, logger, channels: [hooked([]), hooked([])] })).toThrow(OperatorError)
  })
})

describe('starting and stopping', () => {
  it('says plainly that the port is taken', async () => {
    const { url, db, clock, metrics } = await open()
    const port = Number(new URL(url).port)
    const logger = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined }
    const options = {
      host: '127.0.0.1',
      timezone: 'UTC',
      version: '1',
      db,
      modules: [],
      channels: [],
      clock,
      metrics,
      logger,
    }
    const start = (at: Partial<WebOptions>) => createWebServer({ ...options, port, ...at }).start()
    await expect(start({})).rejects.toThrow(
      new OperatorError(
        `127.0.0.1:${port} 已被别的程序占用：请停掉它，或用 PORT 换一个端口。 / 127.0.0.1:${port} is taken by another program: stop it, or choose another PORT.`,
      ),
    )
    await expect(start({ host: '203.0.113.1' })).rejects.toThrow(/203\.0\.113\.1.*HOST/)
  })

  it('lets a running answer finish, and takes no new connection', async () => {
    let finish: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      finish = resolve
    })
    let arrived: () => void = () => undefined
    const running = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const app = new Hono().get('/', async (c) => {
      arrived()
      await held
      return c.text('finished')
    })
    const { get, web, url } = await open({ mounts: [{ path: '/slow', app }], graceMs: 60_000 })
    const answer = get('/slow')
    await running
    const stopped = web.stop()
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
    finish()
    expect(await (await answer).text()).toBe('finished')
    await stopped
  })

  it('cuts what never ends', async () => {
    const app = new Hono().get('/', (c) =>
      stream(c, async (out) => {
        await out.write('first')
        await new Promise(() => undefined)
      }),
    )
    const { get, web } = await open({ mounts: [{ path: '/endless', app }] })
    const reader = (await get('/endless')).body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first')
    await web.stop()
    await expect(reader?.read()).rejects.toThrow()
  })

  it('survives what is no HTTP', async () => {
    const { url, get } = await open()
    const answer = await new Promise<string>((resolve) => {
      let text = ''
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write('\x16\x03\x01 what\r\n\r\n'))
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('close', () => resolve(text))
    })
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect((await get('/healthz')).status).toBe(200)
  })
})

describe('the rate of one token', () => {
  it('is bounded, tells when to come back, and leaves other tokens alone', async () => {
    const { db, get, clock } = await open()
    const { FD } = await seed(db, 1)
    const scope = { role: 'officer', scopeKind: 'community', scopeId: FD }
    const [busy, calm] = [await bearer(db, 'busy', scope), await bearer(db, 'calm', scope)]
    const statuses = new Set<number>()
    for (let call = 0; call < 60; call += 1) statuses.add((await get('/api/v1/ledger', busy)).status)
    expect([...statuses]).toEqual([200])
    const refused = await get('/api/v1/ledger', busy)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refused.json()).toMatchObject({ error: { code: 'too_many_requests' } })
    expect((await get('/api/v1/ledger', calm)).status).toBe(200)
    clock.set(new Date(clock.now().getTime() + 100))
    expect((await get('/api/v1/ledger', busy)).status).toBe(200)
    expect((await get('/api/v1/ledger', busy)).status).toBe(429)
  })
})
