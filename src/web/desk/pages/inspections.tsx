import { Hono } from 'hono'
import { z } from 'zod'
import { addDays, localDate } from '../../../kernel/local-time.js'
import { openInspectionLinks } from '../../../ledger/links.js'
import { act, type Outcome } from '../act.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import { page } from '../layout.js'
import { pagesOf } from '../ledger-data.js'
import type { DeskOptions } from '../options.js'
import { Card, Empty, Head, PostForm, Select, Time } from '../parts/common.js'
import { texts } from '../texts.js'

const nonce = z.string().min(8)
const createSchema = z.object({
  nonce,
  label: z.string().trim().min(1).max(30),
  days: z.coerce.number().int().min(1).max(30),
  month: z.string().regex(/^\d{4}(-\d{2})?$/),
  pages: z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat()),
})
const DAYS = [1, 3, 7, 14, 30] as const

/** 检查链接: inspectors read the ledger here instead of asking for paper. */
export function inspectionsApp(options: DeskOptions): Hono<Env> {
  const app = new Hono<Env>()
  app.use(async (c, next) => (c.get('room').manages ? next() : c.notFound()))
  app.get('/', (c) => inspectionsPage(c, options, null))
  app.post('/', async (c) => {
    const room = c.get('room')
    const parsed = createSchema.safeParse(await c.req.parseBody({ all: true }))
    if (!parsed.success)
      return inspectionsPage(c, options, { text: '请填好给谁看、选至少一页。', done: false, choices: [] })
    const { label, days, month, pages, nonce: key } = parsed.data
    const known = new Set(pagesOf(options.modules, room).map((one) => one.page))
    // The command reads words apart by spaces: the name of the inspectors must stay one.
    const words = [label.replace(/[\s,，、]+/g, '·'), `${days}天`, month, ...pages.filter((one) => known.has(one))]
    const outcome = await act(options, c.get('viewer'), {
      nonce: key,
      communityId: room.community.id,
      command: 'ledger.link',
      input: { words: words.join(' ') },
    })
    // Shown at once and never again: only its hash is kept.
    return inspectionsPage(c, options, outcome)
  })
  app.post('/revoke', async (c) => {
    const { community } = c.get('room')
    const form = z.object({ nonce, id: z.coerce.number().int() }).parse(await c.req.parseBody())
    const outcome = await act(options, c.get('viewer'), {
      nonce: form.nonce,
      communityId: community.id,
      command: 'ledger.revoke-link',
      input: { id: form.id },
    })
    leaveFlash(c, { text: outcome.text, good: outcome.done })
    return c.redirect(pathOf(community.code, 'inspections'), 303)
  })
  return app
}

async function inspectionsPage(c: Ctx, { db, clock, modules }: DeskOptions, made: Outcome | null) {
  const room = c.get('room')
  const { community } = room
  const now = clock.now()
  const today = localDate(now, community.timezone)
  const links = await openInspectionLinks(db.read, community.id, now)
  const pages = pagesOf(modules, room)
  const titleOf = (name: unknown) => pages.find((one) => one.page === name)?.title ?? String(name)
  const year = today.slice(0, 4)
  const months = Array.from(
    { length: Number(today.slice(5, 7)) },
    (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`,
  ).reverse()
  return page(c, {
    title: texts.nav.inspections,
    section: 'inspections',
    flash: made ? { text: made.text, good: made.done } : undefined,
    children: (
      <>
        <Head
          title={texts.nav.inspections}
          note="检查组打开链接就能看台账，不用再抄一遍。只读、限时、姓名电话已隐去，每看一次都有记录，随时能收回。"
        />
        <div class="columns even">
          <Card title="开着的链接" count={links.length}>
            {links.length === 0 ? <Empty>现在没有开着的链接。</Empty> : null}
            <ul class="rows">
              {links.map((link) => (
                <li class="row">
                  <div class="grow">
                    <b>{link.label}</b>
                    <p>{z.array(z.string()).catch([]).parse(link.pages).map(titleOf).join('、')}</p>
                    <p class="note">
                      看 {localDate(link.periodFrom, community.timezone)} 至{' '}
                      {addDays(localDate(link.periodTo, community.timezone), -1)} · 有效到{' '}
                      <Time at={link.expiresAt} timezone={community.timezone} /> · 看过 {link.views} 次
                      {link.lastViewAt ? (
                        <>
                          ，最近 <Time at={link.lastViewAt} timezone={community.timezone} />
                        </>
                      ) : null}
                    </p>
                  </div>
                  <PostForm
                    c={c}
                    action={pathOf(community.code, 'inspections/revoke')}
                    confirm={`收回给“${link.label}”的链接？`}
                  >
                    <input type="hidden" name="id" value={String(link.id)} />
                    <button class="button small" type="submit" aria-label={`收回 ${link.label} 的链接`}>
                      收回
                    </button>
                  </PostForm>
                </li>
              ))}
            </ul>
          </Card>
          <Card title="开一个">
            <PostForm c={c} action={pathOf(community.code, 'inspections')} class="stack">
              <label class="field">
                <span>给谁看</span>
                <input name="label" required maxlength={30} placeholder="如 区民政局检查组" />
              </label>
              <Select
                name="month"
                label="看哪段时间的"
                options={[{ value: year, label: `${year} 全年` }, ...months.map((one) => ({ value: one, label: one }))]}
              />
              <Select
                name="days"
                label="几天内有效"
                value="7"
                options={DAYS.map((one) => ({ value: String(one), label: `${one} 天` }))}
              />
              <fieldset>
                <legend>看哪些页</legend>
                {pages.map((one) => (
                  <label class="check">
                    <input type="checkbox" name="pages" value={one.page} checked={one.page === 'requests'} />{' '}
                    {one.title}
                  </label>
                ))}
              </fieldset>
              <button class="button main" type="submit">
                开链接
              </button>
            </PostForm>
          </Card>
        </div>
      </>
    ),
  })
}
