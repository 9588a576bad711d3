import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PageServer, startPageServer } from './page-server.js'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const GROUP = 'group:residents-1'

let server: PageServer

beforeEach(async () => {
  server = await startPageServer({ movableClock: true, startAt: new Date('2026-11-22T09:14:00+08:00') })
})
afterEach(() => server.stop())

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers })
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const aili = { as: 'resident-aili', conversation: GROUP }
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code

describe('the page over HTTP', () => {
  it('is a whole page that allows only our own scripts and styles', async () => {
    const response = await get('')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
    const html = await response.text()
    expect(html).toMatch(/^<!doctype html><html lang="zh-CN">/)
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style|style="|\son\w+="/)
  })

  it('serves its files once, and then says that they have not changed', async () => {
    const html = await (await get('')).text()
    const files = [...html.matchAll(/(?:src|href)="\/sandbox(\/assets\/[^"]+)"/g)].map(([, file]) => file ?? '')
    expect(new Set(files).size).toBeGreaterThanOrEqual(3)
    for (const file of files) {
      const first = await get(file)
      expect(first.status).toBe(200)
      const etag = first.headers.get('etag') ?? ''
      expect(etag).not.toBe('')
      expect((await get(file, { 'if-none-match': etag })).status).toBe(304)
    }
    expect((await get('/assets/..%2f..%2fpackage.json')).status).toBe(404)
    expect((await get('/assets/jsconfig.json')).status).toBe(404)
  })

  it('lists who can be played and where they can speak', async () => {
    const directory = await (await get('/api/directory')).json()
    expect(directory).toMatchObject({ clock: { timezone: 'Asia/Shanghai', movable: true } })
    expect(directory.people).toContainEqual({
      externalId: 'resident-aili',
      name: '爱丽',
      role: 'resident',
      roleLabel: '居民',
      home: '3幢2单元501',
    })
    expect(directory.conversations.map(({ id }: { id: string }) => id)).toContain('private:worker-wangfang')
  })

  it('takes a message and shows it in the history', async () => {
    const id = randomUUID()
    const response = await post('/api/say', { ...aili, id, text: '  早啊大家  ' })
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({ message: { id: `m:${id}`, text: '早啊大家' } })
    const { messages } = await (await get(`/api/history?conversation=${GROUP}`)).json()
    expect(messages).toMatchObject([{ id: `m:${id}`, author: { name: '爱丽' } }])
    expect(server.taken).toHaveLength(1)
  })

  it('gives older messages page by page', async () => {
    for (const text of ['一', '二', '三']) {
      await post('/api/say', { ...aili, text })
      await post('/api/clock', { hours: 1 })
    }
    const page = async (query: string) => (await get(`/api/history?conversation=${GROUP}&limit=2${query}`)).json()
    const newest = await page('')
    expect(newest.messages.map(({ text }: { text: string }) => text)).toEqual(['二', '三'])
    const older = await page(`&before=${newest.messages[0].at}`)
    expect(older.messages.map(({ text }: { text: string }) => text)).toEqual(['一', '二'])
  })

  it('answers faults in both languages and stores nothing', async () => {
    const wrong = await post('/api/say', { ...aili, text: '   ' })
    expect(wrong.status).toBe(400)
    expect(await wrong.json()).toMatchObject({
      error: {
        code: 'bad_request',
        message: expect.stringMatching(/请求/),
        messageEn: expect.stringMatching(/request/),
      },
    })
    expect(await codeOf(await post('/api/say', '{"as":'))).toBe('bad_request')
    expect(await codeOf(await post('/api/say', { ...aili, as: 'nobody', text: '在吗' }))).toBe('unknown_person')
    expect(await codeOf(await post('/api/say', { ...aili, conversation: 'group:workers', text: '在吗' }))).toBe(
      'not_a_member',
    )
    const long = await post('/api/say', { ...aili, text: '长'.repeat(4001) })
    expect([long.status, await codeOf(long)]).toEqual([413, 'too_large'])
    expect((await post('/api/say', { ...aili, text: '长'.repeat(40_000) })).status).toBe(413)
    expect((await get('/api/history')).status).toBe(400)
    expect((await get('/api/nothing')).status).toBe(404)
    expect(server.taken).toEqual([])
  })

  it('says when a message could not be stored, so that the page tries again', async () => {
    server.refuse(1)
    const say = { ...aili, id: randomUUID(), text: '路灯不亮' }
    const refused = await post('/api/say', say)
    expect([refused.status, await codeOf(refused)]).toEqual([503, 'not_stored'])
    expect((await post('/api/say', say)).status).toBe(201)
    expect(server.taken.map(({ externalId }) => externalId)).toEqual([`m:${say.id}`])
  })

  it('takes nothing from the pages of other sites', async () => {
    const text = '我来自别处'
    const own = new URL(server.url).origin
    const from = (headers: Record<string, string>) => post('/api/say', { ...aili, text }, headers)
    expect(await codeOf(await from({ origin: 'https://evil.example' }))).toBe('foreign_origin')
    expect(await codeOf(await from({ origin: 'null' }))).toBe('foreign_origin')
    expect(await codeOf(await from({ 'sec-fetch-site': 'cross-site', origin: own }))).toBe('foreign_origin')
    expect(await codeOf(await from({ 'sec-fetch-site': 'same-site', origin: own }))).toBe('foreign_origin')
    expect(server.taken).toEqual([])
    expect((await from({ origin: own })).status).toBe(201)
    expect((await from({ 'sec-fetch-site': 'same-origin', origin: own })).status).toBe(201)
  })

  it('takes pictures, and only pictures, up to a size', async () => {
    const upload = (body: Buffer) => fetch(`${server.url}/api/media`, { method: 'POST', body: new Uint8Array(body) })
    const { id } = await (await upload(PNG)).json()
    const picture = await get(`/media/${id}`)
    expect(picture.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await picture.arrayBuffer()).equals(PNG)).toBe(true)
    expect((await post('/api/say', { ...aili, text: '', images: [id] })).status).toBe(201)
    expect(server.taken[0]?.event).toMatchObject({ attachments: [{ reference: `sandbox:${id}`, mime: 'image/png' }] })
    expect(await codeOf(await upload(Buffer.from('<svg onload="alert(1)"/>')))).toBe('not_a_picture')
    expect((await get(`/media/${'0'.repeat(32)}.png`)).status).toBe(404)
    expect((await get('/media/..%2f..%2fpackage.json')).status).toBe(404)
    expect((await upload(Buffer.concat([PNG, Buffer.alloc(1024 * 1024)]))).status).toBe(413)
  })

  it('gives files of the bot to be saved, not to be shown', async () => {
    const html = Buffer.from('<script>alert(1)</script>')
    const file = { bytes: html, mime: 'text/html', name: '台账 11月.html' }
    await server.channel.send(GROUP, { text: '本月台账', file })
    const { messages } = await (await get(`/api/history?conversation=${GROUP}`)).json()
    const [media] = messages[0].media
    const saved = await get(`/media/${media.id}?save&name=${encodeURIComponent(media.name)}`)
    expect(saved.headers.get('content-type')).toBe('application/octet-stream')
    const disposition = saved.headers.get('content-disposition')
    expect(disposition).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('台账 11月.html')}`)
    expect(saved.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('moves the clock forward, by steps of the local calendar', async () => {
    const move = async (body: object) => {
      const response = await post('/api/clock', body)
      const { now } = (await response.json()) as { now: number }
      return new Date(now).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16)
    }
    expect(await move({ hours: 2 })).toBe('2026-11-22 11:14')
    expect(await move({ to: 'next_morning' })).toBe('2026-11-23 09:00')
    expect(await move({ days: 1 })).toBe('2026-11-24 09:00')
    expect(await move({ to: 'month_end' })).toBe('2026-11-30 09:00')
    expect(await move({ hours: 1 })).toBe('2026-11-30 10:00')
    expect(await move({ to: 'month_end' })).toBe('2026-12-31 09:00')
    expect(await move({ to: 'next_month' })).toBe('2027-01-01 09:00')
    for (const wrong of [{ hours: -1 }, { hours: 1, days: 1 }, { to: 'yesterday' }, {}])
      expect((await post('/api/clock', wrong)).status).toBe(400)
  })
})

describe('without a movable clock', () => {
  it('says so and moves nothing', async () => {
    const still = await startPageServer()
    const response = await fetch(`${still.url}/api/clock`, { method: 'POST', body: '{"hours":1}' })
    expect([response.status, await codeOf(response)]).toEqual([404, 'no_clock'])
    expect(await (await fetch(`${still.url}/api/clock`)).json()).toMatchObject({ movable: false })
    await still.stop()
  })
})

describe('the events', () => {
  interface Heard {
    readonly id: string
    readonly event: string
    readonly data: { kind?: string; message?: { text: string }; now?: number }
  }

  /** Reads events until `count` have come. */
  async function listen(count: number, path = '/api/events', headers: Record<string, string> = {}) {
    const abort = new AbortController()
    const response = await fetch(`${server.url}${path}`, { headers, signal: abort.signal })
    const heard: Heard[] = []
    const decoder = new TextDecoder()
    let rest = ''
    const reader = response.body?.getReader()
    const done = (async () => {
      while (reader && heard.length < count) {
        const { value, done: ended } = await reader.read()
        if (ended) break
        const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n')
        rest = blocks.pop() ?? ''
        for (const block of blocks) {
          const field = (name: string) => block.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1] ?? ''
          if (field('data')) heard.push({ id: field('id'), event: field('event'), data: JSON.parse(field('data')) })
        }
      }
      abort.abort()
      return heard
    })()
    return { heard, done }
  }

  const say = (text: string) => post('/api/say', { ...aili, text })

  it('tells every page of every conversation, and of the clock', async () => {
    const page = await listen(4)
    await say('早啊')
    await server.channel.send('private:worker-wangfang', { text: '您好' })
    await post('/api/clock', { days: 1 })
    const heard = await page.done
    expect(heard.map(({ event }) => event)).toEqual(['hello', 'message', 'message', 'clock'])
    expect(heard.map(({ data }) => data.message?.text)).toEqual([undefined, '早啊', '您好', undefined])
  })

  it('gives a page that comes back what it missed, and nothing twice', async () => {
    const first = await listen(2)
    await say('一')
    const last = (await first.done).at(-1)?.id ?? ''
    await say('二')
    await say('三')
    for (const again of [
      await listen(3, '/api/events', { 'last-event-id': last }),
      await listen(3, `/api/events?after=${last}`),
    ]) {
      const heard = await again.done
      expect(heard.map(({ event, data }) => data.message?.text ?? event)).toEqual(['hello', '二', '三'])
    }
  })

  it('tells a page to read again when it was away too long', async () => {
    const page = await listen(1, '/api/events', { 'last-event-id': 'otherstart-7' })
    expect((await page.done).map(({ event }) => event)).toEqual(['reset'])
  })

  it('ends when the service stops', async () => {
    const page = await listen(99)
    await server.channel.stop()
    expect((await page.done).map(({ event }) => event)).toEqual(['hello'])
  })
})
