import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { Hono } from 'hono'
import { z } from 'zod'
import { verifyLedger } from '../../../ledger/verify/index.js'
import { exportCsv } from '../../../ledger/workbook/csv.js'
import { noteView } from '../access-log.js'
import { act } from '../act.js'
import { type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import { pagesOf, scopeOf } from '../ledger-data.js'
import type { DeskOptions } from '../options.js'
import { ledgerPage } from './ledger-page.js'
import { tablePage } from './ledger-table.js'
import { ownPageApp } from './own-page.js'

const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

/** 台账: its pages, search, closes, and the proof that nothing was changed. */
export function ledgerApp(options: DeskOptions): Hono<Env> {
  const { db, clock, modules } = options
  const app = new Hono<Env>()
  /** Communities whose chain is being checked: one look at a time is enough. */
  const verifying = new Set<number>()

  app.get('/', (c) => ledgerPage(c, options, null))
  app.route('/own', ownPageApp(options))
  app.get('/p/:page', (c) => tablePage(c, options))
  app.get('/p/:page/:file{.+\\.csv}', async (c) => {
    const found = pagesOf(modules, c.get('room')).find((one) => one.page === c.req.param('page'))
    const month = monthSchema.safeParse(c.req.param('file').replace(/\.csv$/, ''))
    if (!found || !month.success) return c.notFound()
    await noteView(db, c, clock.now(), { action: 'desk.export', detail: `${found.title} ${month.data}` })
    const output = new PassThrough()
    const [, bytes] = await Promise.all([
      exportCsv(db.read, found.sheet, scopeOf(c.get('room'), month.data), output),
      buffer(output),
    ])
    const name = encodeURIComponent(`${found.title} ${month.data}.csv`)
    c.header('content-disposition', `attachment; filename*=UTF-8''${name}`)
    return c.body(new Uint8Array(bytes), 200, { 'content-type': 'text/csv; charset=utf-8' })
  })
  app.post('/export', async (c) => {
    const { community } = c.get('room')
    const form = z.object({ nonce: z.string().min(8), month: monthSchema }).parse(await c.req.parseBody())
    const outcome = await act(options, c.get('viewer'), {
      nonce: form.nonce,
      communityId: community.id,
      command: 'ledger.export',
      input: { words: form.month },
    })
    if (outcome.file) {
      c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(outcome.file.name)}`)
      return c.body(outcome.file.bytes, 200, { 'content-type': outcome.file.mime })
    }
    leaveFlash(c, { text: outcome.text, good: false })
    return c.redirect(pathOf(community.code, 'ledger'), 303)
  })
  app.post('/close', async (c) => {
    const { community } = c.get('room')
    const form = z.object({ nonce: z.string().min(8), month: monthSchema }).parse(await c.req.parseBody())
    const outcome = await act(options, c.get('viewer'), {
      nonce: form.nonce,
      communityId: community.id,
      command: 'ledger.close',
      input: { words: form.month },
    })
    leaveFlash(c, { text: outcome.text, good: outcome.done })
    return c.redirect(pathOf(community.code, 'ledger'), 303)
  })
  app.post('/verify', async (c) => {
    const { community } = c.get('room')
    if (verifying.has(community.id)) {
      leaveFlash(c, { text: '已经有人在核对了，请等一会儿。', good: false })
      return c.redirect(pathOf(community.code, 'ledger'), 303)
    }
    verifying.add(community.id)
    try {
      return await ledgerPage(c, options, await verifyLedger(db.read, { communityIds: [community.id] }))
    } finally {
      verifying.delete(community.id)
    }
  })
  return app
}
