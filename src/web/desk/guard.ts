import type { Database } from '../../db/client.js'
import type { Clock } from '../../kernel/clock.js'
import { sessionCookie } from '../session/cookies.js'
import { createLimiter } from '../session/limit.js'
import { findSession, SESSION_MS } from '../session/store.js'
import { HOME, type Middleware } from './env.js'
import { texts } from './texts.js'
import { trouble } from './trouble.js'
import { readRoom, readViewer } from './viewer.js'

/** Pages and actions of one session: at once, and regained a second. */
const PAGES = { burst: 80, perSecond: 8 }
const ACTIONS = { burst: 30, perSecond: 1 }

/** Lets in whom a session names; others are shown the way. */
export function signedIn(db: Database, clock: Clock): Middleware {
  const pages = createLimiter(PAGES.burst, PAGES.perSecond)
  return async (c, next) => {
    const token = sessionCookie.read(c)
    const now = clock.now()
    const found = token ? await findSession(db, token, now) : null
    const viewer = found ? await readViewer(db, found.session, now) : null
    if (!found || !viewer) {
      if (token) sessionCookie.drop(c)
      return c.redirect(`${HOME}/login`, 303)
    }
    if (found.rotated) sessionCookie.write(c, found.rotated, SESSION_MS / 1000)
    const wait = pages.take(String(found.session.id), Date.now())
    if (wait > 0) {
      c.header('retry-after', String(wait))
      return trouble(c, 429, { title: texts.tooFastTitle, detail: texts.tooFastDetail })
    }
    c.set('viewer', viewer)
    c.set('found', found)
    c.header('cache-control', 'no-store')
    return next()
  }
}

/** What a form changes must come from a page that this session was given. */
export function guardForms(): Middleware {
  const actions = createLimiter(ACTIONS.burst, ACTIONS.perSecond)
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const { session } = c.get('viewer')
    const wait = actions.take(String(session.id), Date.now())
    if (wait > 0) {
      c.header('retry-after', String(wait))
      return trouble(c, 429, { title: texts.tooFastTitle, detail: texts.tooFastDetail })
    }
    const form = await c.req.parseBody()
    if (form.csrf !== session.csrf) return trouble(c, 403, { title: texts.staleTitle, detail: texts.staleDetail })
    return next()
  }
}

/** The community in the address, if it lies within the viewer's reach. */
export function withRoom(db: Database, clock: Clock): Middleware {
  return async (c, next) => {
    const room = await readRoom(db.read, c.get('viewer'), c.req.param('code') ?? '', clock.now())
    if (!room) return c.notFound()
    c.set('room', room)
    return next()
  }
}
