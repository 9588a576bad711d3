import { Hono } from 'hono'
import { z } from 'zod'
import { createAssets } from '../assets.js'
import { revoke } from '../session/store.js'
import { doorApp } from './door.js'
import { type Env, HOME, pathOf } from './env.js'
import { guardForms, signedIn, withRoom } from './guard.js'
import { createLive } from './live.js'
import type { DeskOptions } from './options.js'
import { accessPage } from './pages/access.js'
import { communitiesPage } from './pages/communities.js'
import { homesApp } from './pages/homes.js'
import { inspectionsApp } from './pages/inspections.js'
import { ledgerApp } from './pages/ledger.js'
import { mapPage } from './pages/map.js'
import { mePage } from './pages/me.js'
import { peopleApp } from './pages/people.js'
import { requestApp } from './pages/request.js'
import { requestsPage } from './pages/requests.js'
import { settingsApp } from './pages/settings.js'
import { surveysApp } from './pages/surveys.js'
import { todayApp } from './pages/today.js'
import { visitsApp } from './pages/visits.js'
import { texts } from './texts.js'
import { trouble } from './trouble.js'

export { createInspect } from './inspect.js'
export type { DeskOptions } from './options.js'

/** The web desk; to be mounted at `/desk`. */
export function createDesk(options: DeskOptions): Hono {
  const { db, clock } = options
  const app = new Hono<Env>()
  app.get(
    '/assets/:file',
    createAssets('desk', (c) => c.notFound()),
  )
  app.route('/', doorApp(options))

  app.use(signedIn(db, clock))
  app.use(guardForms())
  app.get('/', async (c) => {
    const [only, second] = c.get('viewer').communities
    return only && !second ? c.redirect(pathOf(only.code, 'today'), 303) : communitiesPage(c, options)
  })
  app.get('/me', (c) => mePage(c, options))
  app.post('/me/sign-out', async (c) => {
    const form = z.object({ id: z.coerce.number().int().optional(), all: z.string().optional() })
    const { id, all } = form.parse(await c.req.parseBody())
    const { session, personId } = c.get('viewer')
    if (all) await revoke(db, { personId, not: session.id }, clock.now())
    else await revoke(db, { personId, id: id ?? session.id }, clock.now())
    return c.redirect(all || (id !== undefined && id !== session.id) ? `${HOME}/me` : `${HOME}/login`, 303)
  })

  const room = new Hono<Env>()
  room.use(withRoom(db, clock))
  room.get('/', (c) => c.redirect(pathOf(c.get('room').community.code, 'today'), 303))
  room.get('/live', createLive(options))
  room.route('/today', todayApp(options))
  room.get('/requests', (c) => requestsPage(c, options))
  room.route('/requests', requestApp(options))
  room.get('/map', (c) => mapPage(c, options))
  room.route('/visits', visitsApp(options))
  room.route('/surveys', surveysApp(options))
  room.route('/ledger', ledgerApp(options))
  room.route('/inspections', inspectionsApp(options))
  room.route('/homes', homesApp(options))
  room.route('/people', peopleApp(options))
  room.route('/settings', settingsApp(options))
  room.get('/access', (c) => accessPage(c, options))
  app.route('/c/:code', room)

  app.onError((error, c) => {
    if (error instanceof z.ZodError) return trouble(c, 422, { title: texts.badFormTitle, detail: texts.badFormDetail })
    throw error
  })
  return app as unknown as Hono
}
