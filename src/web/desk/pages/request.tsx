import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { z } from 'zod'
import { CATEGORIES } from '../../../kernel/intent.js'
import { noteView } from '../access-log.js'
import { act } from '../act.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import { page } from '../layout.js'
import { masksFor } from '../masks.js'
import type { DeskOptions } from '../options.js'
import { Card, Due, Head, PostForm, Select, Status, Time, Urgent } from '../parts/common.js'
import { Timeline } from '../parts/timeline.js'
import { readLife, readVoices } from '../request-life.js'
import { VERBS } from '../request-verbs.js'
import { categoryName, placeOf, type RequestRow, readColleagues } from '../requests-data.js'
import { RESOLUTION_NAMES, SCORE_NAMES, texts, WHOSE } from '../texts.js'

/** One request: its life, and everything that can be done with it. */
export function requestApp(options: DeskOptions): Hono<Env> {
  const { db, clock } = options
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

async function requestPage(c: Ctx, { db, clock }: DeskOptions, row: RequestRow) {
  const room = c.get('room')
  const { community } = room
  const now = clock.now()
  const masks = await masksFor(db.read, room)
  const [life, voices, worker, grid, into, joined, colleagues] = await Promise.all([
    readLife(db.read, community.id, row.number, masks),
    readVoices(db.read, row.id, masks),
    row.workerId ? db.read.person.findUnique({ where: { id: row.workerId }, select: { name: true } }) : null,
    row.gridId ? db.read.grid.findUnique({ where: { id: row.gridId }, select: { name: true } }) : null,
    row.mergedIntoId ? db.read.request.findUnique({ where: { id: row.mergedIntoId }, select: { number: true } }) : null,
    db.read.request.findMany({ where: { mergedIntoId: row.id }, select: { number: true } }),
    room.works ? readColleagues(db.read, community.id, now) : [],
  ])
  const waits = row.status === 'new' || row.status === 'assigned'
  const link = (number: string) => <a href={pathOf(community.code, `requests/${number}`)}>{number}</a>
  return page(c, {
    title: row.number,
    section: 'requests',
    children: (
      <>
        <p class="crumbs">
          <a href={pathOf(community.code, 'requests')}>{texts.nav.requests}</a> / {row.number}
        </p>
        <Head
          title={
            <>
              {row.urgent ? <Urgent /> : null} {placeOf(row) || '地址不详'} · {categoryName(row.category)}
            </>
          }
        >
          <Status
            status={row.status}
            note={row.status === 'closed' ? RESOLUTION_NAMES[row.resolution ?? 'solved'] : undefined}
          />
          {row.status === 'closed' || row.status === 'waiting' ? null : waits ? (
            <Due at={row.acceptBy} now={now} what="接单" />
          ) : (
            <Due at={row.closeBy} now={now} what="办结" />
          )}
        </Head>
        <div class="columns">
          <div>
            <Card>
              <blockquote class="words">{masks.words(row.text)}</blockquote>
              <dl class="facts">
                <Fact name="责任人">{worker?.name ?? '还没有'}</Fact>
                <Fact name="网格">{grid?.name ?? '不详'}</Fact>
                <Fact name="登记">
                  <Time at={row.createdAt} timezone={community.timezone} />
                </Fact>
                <Fact name="接单时限">
                  <Time at={row.acceptBy} timezone={community.timezone} />
                </Fact>
                <Fact name="办结时限">
                  <Time at={row.closeBy} timezone={community.timezone} />
                </Fact>
                {row.waitingUntil && row.status === 'waiting' ? (
                  <Fact name="等到">
                    <Time at={row.waitingUntil} timezone={community.timezone} />
                  </Fact>
                ) : null}
                {row.chases > 0 ? <Fact name="催单">{row.chases} 次</Fact> : null}
                {row.resolutionNote ? <Fact name="处理说明">{masks.words(row.resolutionNote)}</Fact> : null}
                {into ? <Fact name="已并入">{link(into.number)}</Fact> : null}
                {joined.length > 0 ? <Fact name="并入本件">{joined.map((one) => link(one.number))}</Fact> : null}
              </dl>
              {room.works ? null : <p class="note">{texts.masked}</p>}
            </Card>
            <Card title="经过" count={life.length}>
              <Timeline steps={life} timezone={community.timezone} />
            </Card>
          </div>
          <div>
            {room.works ? <Actions c={c} row={row} merged={into !== null} colleagues={colleagues} /> : null}
            <Card title="谁反映的" count={voices.reporters.length}>
              <ul class="rows">
                {voices.reporters.map((one) => (
                  <li class="row">
                    <div class="grow">
                      <b>{one.name || '居民'}</b>
                      {one.kind === 'metoo' ? <span class="tag">附议</span> : null}
                      <p class="note">
                        {one.chat} <Time at={one.at} timezone={community.timezone} />
                      </p>
                    </div>
                  </li>
                ))}
              </ul>
            </Card>
            {voices.scores.length > 0 ? (
              <Card title="居民评价">
                <ul class="rows">
                  {voices.scores.map((one) => (
                    <li class="row">
                      <div class="grow">
                        <b>{one.name}</b>
                        <p class="note">
                          第 {one.closing} 次办结 <Time at={one.at} timezone={community.timezone} />
                          {one.reason ? `：${masks.words(one.reason)}` : ''}
                        </p>
                      </div>
                      <span class={`tag score-${one.score}`}>{SCORE_NAMES[one.score] ?? one.score}</span>
                    </li>
                  ))}
                </ul>
              </Card>
            ) : null}
          </div>
        </div>
      </>
    ),
  })
}

const Fact = ({ name, children }: { readonly name: string; readonly children?: Child }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

interface ActionsProps {
  readonly c: Ctx
  readonly row: RequestRow
  readonly merged: boolean
  readonly colleagues: readonly { readonly id: number; readonly name: string; readonly staffNo: string | null }[]
}

const Actions = ({ c, row, merged, colleagues }: ActionsProps) => {
  const action = pathOf(c.get('room').community.code, `requests/${row.number}`)
  const open = row.status !== 'closed'
  const waits = row.status === 'new' || row.status === 'assigned'
  const Do = (props: { verb: string; label: string; main?: boolean; confirm?: string; children?: Child }) => (
    <PostForm c={c} action={action} class="do" confirm={props.confirm}>
      <input type="hidden" name="verb" value={props.verb} />
      {props.children}
      <button class={props.main ? 'button main' : 'button'} type="submit">
        {props.label}
      </button>
    </PostForm>
  )
  const Fold = (props: { title: string; children?: Child }) => (
    <details class="fold" name="actions">
      <summary>{props.title}</summary>
      {props.children}
    </details>
  )
  if (!open)
    return merged ? (
      <Card title="办理" id="actions">
        <Do verb="unmerge" label="拆分，单独办理" />
      </Card>
    ) : null
  return (
    <Card title="办理" id="actions">
      <div class="quick">
        {waits ? <Do verb="accept" label="接单" main /> : null}
        {row.status === 'waiting' ? <Do verb="resume" label="继续办理" main /> : null}
      </div>
      <Fold title="办结">
        <Do verb="solve" label="办结并请居民评价" main>
          <Words label="怎么处理的（居民会看到）" placeholder="如：已更换门机皮带，试运行正常" />
        </Do>
      </Fold>
      <Fold title="记进展">
        <Do verb="note" label="记下并告诉居民" main>
          <Words label="进展（居民会看到）" placeholder="如：维保师傅下午两点到" />
        </Do>
      </Fold>
      <Fold title="转派">
        <Do verb="transfer" label="转派">
          <Select
            name="words"
            label="转给"
            required
            options={colleagues
              .filter((one) => one.id !== row.workerId)
              .map((one) => ({ value: one.staffNo ?? one.name, label: one.name }))}
          />
          <label class="field">
            <span>说明（可不写）</span>
            <input name="reason" maxlength={200} />
          </label>
        </Do>
      </Fold>
      <Fold title="等一等">
        <Do verb="pause" label="先放着">
          <Words label="在等什么（居民会看到）" placeholder="如：等配件到货" />
          <label class="field">
            <span>等到哪天（可不选）</span>
            <input type="date" name="until" />
          </label>
        </Do>
      </Fold>
      <Fold title="改类别或地址">
        <Do verb="recategorise" label="改类别">
          <Select
            name="words"
            label="类别"
            value={categoryName(row.category)}
            options={CATEGORIES.map((one) => ({ value: categoryName(one), label: categoryName(one) }))}
          />
        </Do>
        <Do verb="readdress" label="改地址">
          <label class="field">
            <span>地址</span>
            <input name="words" required maxlength={60} placeholder="如 3幢2单元501" value={placeOf(row)} />
          </label>
        </Do>
      </Fold>
      <Fold title="办不了、不归社区或撤下">
        <Do verb="cannot" label="办不了">
          <Words label="为什么办不了（居民会看到）" placeholder="如：要等明年大修" />
        </Do>
        <Do verb="not-ours" label="不受理">
          <Select
            name="whose"
            label="让居民找谁"
            options={[...WHOSE.map((one) => ({ value: one, label: one })), { value: '', label: '其他（写在下面）' }]}
          />
          <label class="field">
            <span>其他</span>
            <input name="other" maxlength={200} />
          </label>
          <label class="field">
            <span>说明（可不写）</span>
            <input name="reason" maxlength={200} />
          </label>
        </Do>
        <Do verb="not-a-request" label="不是诉求，撤下" confirm="撤下后不再算诉求，确定吗？" />
      </Fold>
      <Fold title="合并">
        {merged ? (
          <Do verb="unmerge" label="拆分，单独办理" />
        ) : (
          <Do verb="merge" label="合并">
            <label class="field">
              <span>并到哪一件（完整编号）</span>
              <input name="into" required pattern="[A-Za-z0-9]+-[0-9]{6}-[0-9]{4}" placeholder={row.number} />
            </label>
          </Do>
        )}
      </Fold>
    </Card>
  )
}

const Words = ({ label, placeholder }: { readonly label: string; readonly placeholder: string }) => (
  <label class="field">
    <span>{label}</span>
    <textarea name="words" rows={2} required maxlength={500} placeholder={placeholder}></textarea>
  </label>
)

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
