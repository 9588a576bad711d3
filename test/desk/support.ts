import { modules } from '../../src/app.js'
import type { FileFolder } from '../../src/files/index.js'
import { loadRecogniser } from '../../src/understanding/index.js'
import { createDesk, createInspect } from '../../src/web/desk/index.js'
import { createMetrics } from '../../src/web/metrics.js'
import { createWebServer } from '../../src/web/server.js'
import { createWorld, type World } from '../support/world.js'

export interface Answer {
  readonly status: number
  readonly location: string
  readonly text: string
  readonly headers: Headers
}

/** A browser without a screen: keeps cookies, follows nothing by itself. */
export interface Visitor {
  readonly cookies: Map<string, string>
  get(path: string): Promise<Answer>
  post(path: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Answer>
  /** Opens a page and sends its form with this action, with the fields changed. */
  submit(page: string, action: string, form: Record<string, string>): Promise<Answer>
}

export interface DeskWorld extends World {
  readonly url: string
  /** What was logged as an error. */
  readonly errors: object[]
  visitor(): Visitor
  /** Asks for a link in the chat, as anybody does. */
  linkFor(name: string): Promise<string>
  /** Somebody of the demo who went through the door. */
  signIn(name: string): Promise<Visitor>
}

/** The demo community with its desk served over HTTP; a world that is given is closed with it. */
export async function openDesk(start?: string, given?: World & { readonly files: FileFolder }): Promise<DeskWorld> {
  const world = given ?? (await createWorld({ start }))
  const files = given?.files
  const { db } = world
  const clock = { now: () => world.now() }
  const errors: object[] = []
  const quiet = () => undefined
  const logger = { info: quiet, warn: quiet, debug: quiet, error: (fields: object) => void errors.push(fields) }
  const recogniser = loadRecogniser()
  const options = {
    db,
    ...(files ? { files } : {}),
    modules,
    clock,
    logger,
    understand: (words: string) => recogniser.understand(words, { chatKind: 'private', addressed: true }),
    wake: () => world.service.sender.wake(),
  }
  const web = createWebServer({
    host: '127.0.0.1',
    port: 0,
    graceMs: 100,
    timezone: 'Asia/Shanghai',
    version: '0.0.0-test',
    db,
    ...(files ? { files } : {}),
    modules,
    channels: [],
    logger,
    clock,
    metrics: createMetrics({ read: db.read, clock }),
    mounts: [
      { path: '/desk', app: createDesk(options) },
      { path: '/inspect', app: createInspect(options) },
    ],
  })
  const { url } = await web.start()
  await db.write((tx) => tx.serviceAddress.create({ data: { id: 1, url } }))

  async function linkFor(name: string): Promise<string> {
    const answers = await world.as(name).says('私聊', '登录')
    const link = /https?:\S+/.exec(answers.map((answer) => answer.text).join('\n'))?.[0]
    if (!link) throw new Error(`no link for ${name}`)
    return link.slice(url.length)
  }

  return {
    ...world,
    url,
    errors,
    linkFor,
    visitor: () => visitor(url),
    signIn: async (name) => {
      const browser = visitor(url)
      const link = await linkFor(name)
      const done = await browser.submit(link, link, {})
      if (done.status !== 303) throw new Error(`${name} was not let in: ${done.status} ${done.text}`)
      await world.service.idle()
      return browser
    },
    close: async () => {
      await web.stop()
      await world.close()
    },
  }
}

function visitor(url: string): Visitor {
  const cookies = new Map<string, string>()
  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0', ...init.headers, cookie }
    const response = await fetch(url + path, { redirect: 'manual', ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    const location = response.headers.get('location') ?? ''
    return { status: response.status, location, text: await response.text(), headers: response.headers }
  }
  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    ask(path, { method: 'POST', body: new URLSearchParams(form), headers })
  return {
    cookies,
    get: (path) => ask(path),
    post,
    submit: async (page, action, form) => {
      const shown = await ask(page)
      const found = [...shown.text.matchAll(/<form[^>]*>[\s\S]*?<\/form>/g)]
        .map(([text]) => text)
        .find((text) => text.includes(`action="${action}"`) && matches(text, form))
      if (!found) throw new Error(`no form ${action} on ${page} (${shown.status})`)
      const hidden = [...found.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
      return post(action, { ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])), ...form })
    },
  }
}

/** Of several forms with one action, the one whose hidden fields agree with what is sent. */
const matches = (form: string, fields: Record<string, string>): boolean =>
  Object.entries(fields).every(([name, value]) => {
    const hidden = new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`).exec(form)
    return !hidden || hidden[1] === value
  })
