import { Hono } from 'hono'
import { z } from 'zod'
import { keptFile, openAttachment } from '../../kept-file.js'
import { noteView } from '../access-log.js'
import { act } from '../act.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { Card, Head, PostForm } from '../parts/common.js'
import { VERBS } from '../request-verbs.js'
import { texts } from '../texts.js'
import { requestPage } from './request-page.js'

/** One request: its life, and everything that can be done with it. */
export function requestApp(options: DeskOptions): Hono<Env> {
  const { db, clock, files } = options
  const app = new Hono<Env>()

  app.get('/new', (c) => (c.get('room').works ? newPage(c) : c.notFound()))
  app.post('/new', async (c) => {
    const { community } = c.get('room')
    const form = await c.req.parseBody()
    const parsed = z.object({ words: z.string().trim().min(2).max(1000), nonce: z.string().min(8) }).safeParse(form)
    if (!parsed.success) return page(c, { title: '代居民登记', flash: { text: texts.badForm, good: false } }, 422)
    const { words, nonce } = parsed.data
    const outcome = await act(options, c.get('viewer'), {
      nonce,
      communityId: community.id,
      command: 'requests.report',
      input: { text: words, explicit: true },
      words,
    })
    leaveFlash(c, { text: outcome.text, good: outcome.done })
    return c.redirect(pathOf(community.code, 'requests'), 303)
  })

  app.get('/:number', async (c) => {
    const row = await db.read.request.findUnique({ where: { number: c.req.param('number') } })
    if (!row || row.communityId !== c.get('room').community.id) return c.notFound()
    await noteView(db, c, clock.now(), { action: 'desk.request', subject: `request:${row.number}` })
    return requestPage(c, options, row)
  })
  app.get('/:number/files/:id', async (c) => {
    const { community, works } = c.get('room')
    const row = await db.read.request.findUnique({ where: { number: c.req.param('number') } })
    if (!works || row?.communityId !== community.id) return c.notFound()
    const id = c.req.param('id')
    const found = await openAttachment(db.read, files, `request:${row.number}`, id)
    if (!found) return c.notFound()
    const { attachment, bytes } = found
    const subject = `request:${row.number}`
    await noteView(db, c, clock.now(), { action: 'desk.attachment', subject, detail: `attachment:${id}` })
    return keptFile(c, `${row.number}-${id}`, attachment, bytes)
  })
  app.post('/:number', async (c) => {
    const { community } = c.get('room')
    const number = c.req.param('number')
    const form = await c.req.parseBody()
    const verb = VERBS[String(form.verb ?? '')]
    const back = String(form.back ?? '') === 'today' ? 'today' : `requests/${number}`
    if (!verb) return c.notFound()
    try {
      const call = verb(number, form)
      const nonce = z.string().min(8).max(60).parse(form.nonce)
      const outcome = await act(options, c.get('viewer'), { ...call, nonce, communityId: community.id })
      leaveFlash(c, { text: outcome.text, good: outcome.done })
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error
      leaveFlash(c, { text: texts.badForm, good: false })
    }
    return c.redirect(pathOf(community.code, back), 303)
  })
  return app
}

const newPage = (c: Ctx) =>
  page(c, {
    title: '代居民登记',
    section: 'requests',
    children: (
      <>
        <p class="crumbs">
          <a href={pathOf(c.get('room').community.code, 'requests')}>{texts.nav.requests}</a> / 代居民登记
        </p>
        <Head title="代居民登记" note="居民来电、上门或纸条反映的事，写下来就进台账，责任人和时限自动定好。" />
        <Card>
          <PostForm c={c} action={pathOf(c.get('room').community.code, 'requests/new')} class="stack">
            <label class="field">
              <span>哪里、出了什么问题</span>
              <textarea
                name="words"
                rows={4}
                required
                minlength={2}
                maxlength={1000}
                placeholder="如：3幢2单元电梯坏了，老人下不来楼"
              ></textarea>
            </label>
            <p class="note">写上几幢几单元，会自动派给负责的网格员。</p>
            <button class="button main" type="submit">
              登记
            </button>
          </PostForm>
        </Card>
      </>
    ),
  })
