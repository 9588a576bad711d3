import { Hono } from 'hono'
import { z } from 'zod'
import { noteView } from '../access-log.js'
import { act } from '../act.js'
import { type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import type { DeskOptions } from '../options.js'

const form = z.object({
  nonce: z.string().min(8),
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  format: z.enum(['xlsx', 'csv']),
})

/** A month's visits as a file, by the command of the chat: it knows whose visits the viewer may have. */
export function exportApp(options: DeskOptions): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/export', async (c) => {
    const { community, works } = c.get('room')
    if (!works) return c.notFound()
    const { nonce, month, format } = form.parse(await c.req.parseBody())
    await noteView(options.db, c, options.clock.now(), { action: 'desk.export', detail: `走访 ${month}` })
    const outcome = await act(options, c.get('viewer'), {
      nonce,
      communityId: community.id,
      command: 'visits.export',
      input: { words: month, format },
    })
    if (outcome.file) {
      c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(outcome.file.name)}`)
      return c.body(outcome.file.bytes, 200, { 'content-type': outcome.file.mime })
    }
    leaveFlash(c, { text: outcome.text, good: false })
    return c.redirect(`${pathOf(community.code, 'visits')}?month=${month}`, 303)
  })
  return app
}
