import { ballotBooth, modules } from '../../src/app.js'
import type { Logger } from '../../src/kernel/log.js'
import { cast } from '../../src/modules/surveys/ballot-box.js'
import { createBallotApp } from '../../src/web/ballot/index.js'
import { createMetrics } from '../../src/web/metrics.js'
import { createWebServer } from '../../src/web/server.js'
import { createWorld, type World } from '../support/world.js'

export interface Answer {
  readonly status: number
  readonly location: string
  readonly text: string
  readonly headers: Headers
}

/** A browser without a screen and without scripts: keeps cookies, follows nothing by itself. */
export interface Visitor {
  get(path: string): Promise<Answer>
  post(path: string, form: Record<string, string | string[]>, headers?: Record<string, string>): Promise<Answer>
  /** Opens the link and presses its button. */
  enter(link: string): Promise<Answer>
  /** Sends the sheet with these fields. */
  fill(form: Record<string, string | string[]>, what: 'save' | 'cast' | 'auto'): Promise<Answer>
}

export interface BallotWorld extends World {
  readonly url: string
  /** Every line that was logged, at all levels. */
  readonly logged: string[]
  visitor(): Visitor
  /** Asks in the chat for the link to the page; the part after the host. */
  linkFor(name: string, words?: string): Promise<string>
}

/** The demo community with the ballot's pages served over HTTP. */
export async function openBooth(): Promise<BallotWorld> {
  const world = await createWorld({ loud: true })
  const { db } = world
  const clock = { now: () => world.now() }
  const logged: string[] = []
  const note = (fields: object, words: string) => {
    logged.push(`${words} ${JSON.stringify(fields)}`)
  }
  const logger: Logger = { info: note, warn: note, debug: note, error: note }
  const web = createWebServer({
    ...{ host: '127.0.0.1', port: 0, graceMs: 100, timezone: 'Asia/Shanghai', version: '0.0.0-test' },
    ...{ db, modules, channels: [], logger, clock, metrics: createMetrics({ read: db.read, clock }) },
    mounts: [{ path: '/ballot', app: createBallotApp({ db, modules, clock, booth: ballotBooth }) }],
  })
  const { url } = await web.start()
  await db.write((tx) => tx.serviceAddress.create({ data: { id: 1, url } }))
  return {
    ...world,
    url,
    logged,
    visitor: () => visitorAt(url),
    linkFor: async (name, words = '网页答题') => {
      const answers = await world.as(name).says('私聊', words)
      const link = /https?:\S+/.exec(answers.map((answer) => answer.text).join('\n'))?.[0]
      if (!link) throw new Error(`no link for ${name}: ${answers.map((answer) => answer.text).join('\n')}`)
      return link.slice(url.length)
    },
    close: async () => {
      await web.stop()
      await world.close()
    },
  }
}

const hiddenIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )

function visitorAt(url: string): Visitor {
  const cookies = new Map<string, string>()
  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url + path, { redirect: 'manual', ...init, headers: { ...init.headers, cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    const location = response.headers.get('location') ?? ''
    return { status: response.status, location, text: await response.text(), headers: response.headers }
  }
  const visitor: Visitor = {
    get: (path) => ask(path),
    post: (path, form, headers = {}) => {
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one)
      return ask(path, { method: 'POST', body, headers })
    },
    enter: async (link) => visitor.post(link, hiddenIn((await visitor.get(link)).text)),
    fill: async (form, what) =>
      visitor.post('/ballot', { ...hiddenIn((await visitor.get('/ballot')).text), ...form, do: what }),
  }
  return visitor
}

/** Ballots of others, handed in beside the people of the demo. */
export async function othersAnswer(
  world: World,
  number: string,
  count: number,
  choicesOf: (index: number) => unknown[],
  wordsOf: (index: number) => string = () => '',
): Promise<void> {
  const survey = await world.db.read.survey.findUniqueOrThrow({ where: { number } })
  const open = await world.db.read.surveyRoll.findMany({ where: { surveyId: survey.id, state: 'w' }, take: count })
  await world.db.write(async (tx) => {
    for (const [index, { subjectId, cell }] of open.entries()) {
      const text = wordsOf(index)
      const words = text === '' ? [] : [{ question: 'opinion', category: 'parking', text }]
      const ballot = { surveyId: survey.id, subjectId, anonymous: survey.anonymous, cell, words, day: '2026-11-22' }
      await cast(tx, { ...ballot, choices: JSON.stringify(choicesOf(index)), token: null }, world.now())
    }
  })
}

/** Communities of the same subdistrict beside the demo's own. */
export async function neighbours(world: World, count: number): Promise<void> {
  await world.db.write(async (tx) => {
    const { subdistrictId, timezone } = await tx.community.findFirstOrThrow()
    for (let index = 1; index <= count; index += 1)
      await tx.community.create({
        data: { code: `N${index}`, name: `邻社区${index}`, timezone, settings: {}, subdistrictId },
      })
  })
}
