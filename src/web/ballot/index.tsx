import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { createAssets } from '../assets.js'
import { addressOf } from '../session/address.js'
import { createLimiter } from '../session/limit.js'
import { proofOf, same } from '../session/proof.js'
import { newToken } from '../session/store.js'
import { act } from './act.js'
import { ballotCookie, type Door, findDoor, knockCookie, openDoor } from './door.js'
import { Card } from './layout.js'
import { BALLOT, type BallotOptions } from './options.js'
import { Sheet } from './sheet.js'
import { texts } from './texts.js'

export type { BallotOptions } from './options.js'

/** Looks at links from one address, and uses of one ballot: at once, and regained a second. */
const LOOKS = { burst: 60, perSecond: 1 }
const USES = { burst: 60, perSecond: 2 }
const KNOCK_SECONDS = 900

/** The ballot's pages, to be mounted at `/ballot`: the link that opens it, and the sheet that is filled in. */
export function createBallotApp(options: BallotOptions): Hono {
  const { db, booth, clock } = options
  const app = new Hono()
  const looks = createLimiter(LOOKS.burst, LOOKS.perSecond)
  const uses = createLimiter(USES.burst, USES.perSecond)

  app.get(
    '/assets/:file',
    createAssets('ballot', (c) => c.notFound()),
  )
  app.use(async (c, next) => {
    c.header('cache-control', 'no-store')
    return next()
  })

  app.use('/in/*', async (c, next) => (looks.take(addressOf(c), Date.now()) > 0 ? tooMany(c) : next()))

  // Chat programs open links to preview them: looking alone opens nothing and uses nothing up.
  app.get('/in/:token', async (c) => {
    const token = c.req.param('token')
    const door = await findDoor(db, token, false, clock.now())
    const ballot = door && (await booth.read(db.read, door.progress))
    if (!ballot) return tell(c, 410, texts.spent, <Again />)
    const browser = knockCookie.read(c) ?? newToken()
    knockCookie.write(c, browser, KNOCK_SECONDS)
    return c.html(
      <Card title={ballot.title}>
        <p>{ballot.voter}</p>
        <p>{texts.openTitle}</p>
        <form method="post" action={`${BALLOT}/in/${token}`}>
          <input type="hidden" name="proof" value={proofOf(browser, token)} />
          <button class="button main wide" type="submit">
            {texts.open}
          </button>
        </form>
        <p class="note">{texts.openNote}</p>
        <p class="note">{texts.notYou}</p>
      </Card>,
    )
  })

  app.post('/in/:token', async (c) => {
    const token = c.req.param('token')
    const browser = knockCookie.read(c)
    const form = await c.req.parseBody()
    if (!browser || !same(String(form.proof ?? ''), proofOf(browser, token)))
      return tell(c, 400, texts.otherBrowser, <p>{texts.otherBrowserDetail}</p>)
    const door = await findDoor(db, token, false, clock.now())
    const opened = door && (await openDoor(db, door, clock.now()))
    if (!opened) return tell(c, 410, texts.spent, <Again />)
    knockCookie.drop(c)
    ballotCookie.write(c, opened.token, opened.seconds)
    return c.redirect(BALLOT, 303)
  })

  app.get('/', async (c) => {
    const found = await entered(c)
    return 'door' in found ? sheet(c, found.door, '') : found.refusal
  })

  app.post('/', async (c) => {
    const found = await entered(c)
    if (!('door' in found)) return found.refusal
    const { door } = found
    const ballot = await booth.read(db.read, door.progress)
    if (ballot?.state !== 'open') return sheet(c, door, '')
    const fields = await fieldsOf(c)
    if (!same(fields.csrf?.[0] ?? '', door.csrf)) return tell(c, 403, texts.stale, <p>{texts.staleDetail}</p>)
    const wanted = fields.do?.[0]
    const { text, saved, cast } = await act(options, door, ballot, { fields, cast: wanted === 'cast' })
    if (cast) {
      ballotCookie.drop(c)
      return tell(c, 200, texts.done, <Thanks words={text} />)
    }
    // The page itself keeps what is being typed: it needs no answer but that it was saved.
    if (wanted === 'auto') return c.body(null, saved ? 204 : 409)
    return sheet(c, door, text, wanted === 'cast')
  })
  return app

  /** Whose ballot this browser was let in to, or why not. */
  async function entered(c: Context): Promise<{ door: Door } | { refusal: Response | Promise<Response> }> {
    const token = ballotCookie.read(c)
    const door = token ? await findDoor(db, token, true, clock.now()) : null
    if (door) return uses.take(String(door.id), Date.now()) > 0 ? { refusal: tooMany(c) } : { door }
    if (token) ballotCookie.drop(c)
    return { refusal: tell(c, 410, texts.gone, <Again detail={texts.goneDetail} />) }
  }

  async function sheet(c: Context, door: Door, told: string, strict = false) {
    const ballot = await booth.read(db.read, door.progress)
    if (!ballot) return tell(c, 410, texts.gone, <Again detail={texts.goneDetail} />)
    if (ballot.state === 'over') return tell(c, 410, texts.over, <p>{texts.overDetail}</p>)
    if (ballot.state === 'cast') return tell(c, 410, texts.alreadyDone, <p>{texts.alreadyDoneDetail}</p>)
    return c.html(<Sheet ballot={ballot} csrf={door.csrf} told={told} strict={strict} />, strict ? 422 : 200)
  }
}

async function fieldsOf(c: Context): Promise<Record<string, string[]>> {
  const form = await c.req.parseBody({ all: true })
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string'),
    ]),
  )
}

const tell = (c: Context, status: ContentfulStatusCode, title: string, body: ReturnType<typeof Again>) =>
  c.html(<Card title={title}>{body}</Card>, status)

const Again = ({ detail = texts.spentDetail }: { readonly detail?: string }) => (
  <>
    <p>{detail}</p>
    <p class="say">{texts.again('')}</p>
  </>
)

const Thanks = ({ words }: { readonly words: string }) => (
  <>
    <p>{words}</p>
    <p class="note">{texts.closePage}</p>
  </>
)

const tooMany = (c: Context) => {
  c.header('retry-after', '10')
  return tell(c, 429, texts.tooMany, <p>{texts.tooManyDetail}</p>)
}
