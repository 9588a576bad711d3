import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { SandboxChannel } from '../../channels/sandbox/index.js'
import { MAX_UPLOAD_BYTES, mediaId, mediaMime } from '../../channels/sandbox/media.js'
import { SandboxFault } from '../../channels/sandbox/types.js'
import { createAssets } from '../assets.js'
import { destination } from './clock.js'
import { fail } from './errors.js'
import { streamEvents } from './events.js'
import { page } from './page.js'
import { sameOrigin } from './same-origin.js'
import { editSchema, historySchema, moveSchema, pressSchema, saySchema } from './schemas.js'

const MAX_JSON_BYTES = 64 * 1024
/** What people may send; the bot may send other files too. */
const PICTURES = ['image/png', 'image/jpeg', 'image/webp']
const DAY_SECONDS = 86_400

export interface SandboxAppOptions {
  /** Time zone of the days and hours shown. */
  readonly timezone: string
  /** Told of what went wrong on our side. */
  readonly onError?: (error: unknown) => void
}

/** The chat page and its interface; to be mounted at `/sandbox`. */
export function sandboxApp(sandbox: SandboxChannel, { timezone, onError }: SandboxAppOptions): Hono {
  const app = new Hono()
  const json = bodyLimit({ maxSize: MAX_JSON_BYTES, onError: (c) => fail(c, 'too_large') })
  const upload = bodyLimit({ maxSize: MAX_UPLOAD_BYTES, onError: (c) => fail(c, 'too_large') })

  app.use(sameOrigin)
  app.onError((error, c) => {
    if (error instanceof SandboxFault) return fail(c, error.kind)
    if (error instanceof z.ZodError) {
      const long = error.issues.some(({ code }) => code === 'too_big')
      return fail(c, long ? 'too_large' : 'bad_request', z.prettifyError(error))
    }
    if (error instanceof SyntaxError) return fail(c, 'bad_request', error.message)
    onError?.(error)
    return fail(c, 'not_stored')
  })
  app.notFound((c) => fail(c, 'not_found'))

  app.get('/', (c) => page(c))
  app.get(
    '/assets/:file',
    createAssets('sandbox', (c) => fail(c, 'not_found')),
  )
  app.get('/media/:id', (c) => media(c, sandbox))

  app.get('/api/directory', async (c) => {
    const directory = await sandbox.directory()
    const clock = { now: sandbox.clock.now().getTime(), timezone, movable: sandbox.clock.advance !== undefined }
    return c.json({ ...directory, clock })
  })
  app.get('/api/history', async (c) => {
    const { conversation, before, limit } = historySchema.parse(c.req.query())
    const messages = await sandbox.history(conversation, before ?? null, limit)
    return c.json({ messages, more: messages.length === limit })
  })
  app.get('/api/events', (c) => streamEvents(c, sandbox))

  app.post('/api/say', json, async (c) => {
    const message = await sandbox.post(saySchema.parse(await c.req.json()))
    return c.json({ message }, 201)
  })
  app.post('/api/press', json, async (c) => {
    await sandbox.press(pressSchema.parse(await c.req.json()))
    return c.json({ taken: true }, 201)
  })
  app.post('/api/edit', json, async (c) => {
    await sandbox.editMessage(editSchema.parse(await c.req.json()))
    return c.json({ taken: true }, 201)
  })
  app.post('/api/media', upload, async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (!PICTURES.includes(mediaMime(mediaId(bytes)))) return fail(c, 'not_a_picture')
    return c.json({ id: await sandbox.media.save(bytes) }, 201)
  })

  app.get('/api/clock', (c) => {
    const movable = sandbox.clock.advance !== undefined
    return c.json({ now: sandbox.clock.now().getTime(), timezone, movable })
  })
  app.post('/api/clock', json, async (c) => {
    if (!sandbox.clock.advance) return fail(c, 'no_clock')
    const now = sandbox.clock.now()
    const to = destination(now, moveSchema.parse(await c.req.json()), timezone)
    await sandbox.clock.advance(to.getTime() - now.getTime())
    return c.json({ now: sandbox.clock.now().getTime() })
  })
  return app
}

/** Serves pictures to be shown and everything else to be saved, never to be run. */
async function media(c: Context, sandbox: SandboxChannel): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const bytes = await sandbox.media.open(id)
  if (!bytes) return fail(c, 'not_found')
  const mime = mediaMime(id)
  const shown = mime.startsWith('image/') && c.req.query('save') === undefined
  const name = encodeURIComponent(c.req.query('name') || id)
  c.header('Content-Disposition', shown ? 'inline' : `attachment; filename*=UTF-8''${name}`)
  c.header('Content-Security-Policy', "default-src 'none'; sandbox")
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Cache-Control', `private, max-age=${DAY_SECONDS}, immutable`)
  return c.body(bytes, 200, { 'Content-Type': mime })
}
