import { Hono } from 'hono'
import { z } from 'zod'
import { noteView } from '../access-log.js'
import { act } from '../act.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import { readGrids } from '../grids-data.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { Bar, Card, Empty, Head, PostForm, Select } from '../parts/common.js'
import { EndRole, GiveRole, ResidentRows, Unbind } from '../parts/people-parts.js'
import { readBound, readChats, readResidents, readRostered, readStaff } from '../people-data.js'
import { CHANNEL_NAMES, CHAT_KIND_NAMES, ROLE_NAMES, texts } from '../texts.js'
import { importApp } from './import.js'
import { residentsPage } from './residents.js'

const RESIDENTS_SHOWN = 12
const nonce = z.string().min(8)
const roleForm = z.object({
  nonce,
  verb: z.enum(['grant', 'end']),
  personId: z.coerce.number().int(),
  role: z.enum(['worker', 'coordinator', 'manager']),
})

/** 人员与群: who works here, whom the bot knows, which groups it is in. */
export function peopleApp(options: DeskOptions): Hono<Env> {
  const { db, clock } = options
  const app = new Hono<Env>()
  app.use(async (c, next) => (c.get('room').works ? next() : c.notFound()))
  app.get('/', async (c) => {
    await noteView(db, c, clock.now(), { action: 'desk.people' })
    return peoplePage(c, options)
  })
  const done = async (c: Ctx, call: { nonce: string; command: string; input: object }) => {
    const { community } = c.get('room')
    const outcome = await act(options, c.get('viewer'), { ...call, communityId: community.id })
    leaveFlash(c, { text: outcome.text, good: outcome.done })
    return c.redirect(pathOf(community.code, 'people'), 303)
  }
  app.post('/unbind', async (c) => {
    const form = z.object({ nonce, accountId: z.coerce.number().int() }).parse(await c.req.parseBody())
    return done(c, { nonce: form.nonce, command: 'desk.unbind', input: { accountId: form.accountId } })
  })
  app.post('/assign', async (c) => {
    const form = z
      .object({ nonce, gridId: z.coerce.number().int(), personId: z.coerce.number().int() })
      .parse(await c.req.parseBody())
    const { gridId, personId } = form
    return done(c, { nonce: form.nonce, command: 'desk.assign-grid', input: { gridId, personId } })
  })
  app.post('/role', async (c) => {
    const { verb, personId, role, nonce: key } = roleForm.parse(await c.req.parseBody())
    return done(c, { nonce: key, command: `desk.${verb}-role`, input: { personId, role } })
  })
  app.get('/residents', (c) => residentsPage(c, options))
  app.route('/import', importApp(options))
  return app
}

async function peoplePage(c: Ctx, { db, clock }: DeskOptions) {
  const room = c.get('room')
  const { community, manages } = room
  const now = clock.now()
  const [staff, chats, bound, residents, { grids }, rostered] = await Promise.all([
    readStaff(db.read, room, now),
    readChats(db.read, community.id),
    readBound(db.read, community.id),
    readResidents(db.read, community.id, { take: RESIDENTS_SHOWN }),
    readGrids(db.read, room, now),
    manages ? readRostered(db.read, community.id) : [],
  ])
  const path = (name: string) => pathOf(community.code, `people/${name}`)
  return page(c, {
    title: texts.nav.people,
    section: 'people',
    children: (
      <>
        <Head title={texts.nav.people}>
          {manages ? (
            <a class="button main" href={path('import')}>
              导入名册
            </a>
          ) : null}
        </Head>
        <div class="columns even">
          <div>
            <Card title="同事" count={staff.length}>
              <ul class="rows">
                {staff.map((person) => (
                  <li class="row">
                    <div class="grow">
                      <b>{person.name}</b> <span class="note">{person.staffNo}</span>{' '}
                      {person.roles.map((role) => (
                        <span class="tag">{ROLE_NAMES[role]}</span>
                      ))}
                      <p class="note">
                        {[
                          ...person.assignments.map((one) => `${one.grid.name}${one.kind === 'cover' ? '（代）' : ''}`),
                          ...person.accounts.map((one) =>
                            [
                              CHANNEL_NAMES[one.channel] ?? one.channel,
                              one.reachable && one.privateChat ? '' : '（私聊未通）',
                            ].join(''),
                          ),
                        ].join(' · ') || '还没有绑定账号：请本人私聊机器人发“绑定 工号 姓名”'}
                      </p>
                    </div>
                    <div class="buttons">
                      {person.accounts.map((one) => (
                        <Unbind c={c} accountId={one.id} name={person.name} />
                      ))}
                      {person.roles.map((role) => (
                        <EndRole c={c} personId={person.id} name={person.name} role={role} />
                      ))}
                    </div>
                  </li>
                ))}
              </ul>
            </Card>
            {manages ? <GiveRole c={c} people={rostered} /> : null}
            {manages ? (
              <Card title="谁负责哪个网格">
                <ul class="rows">
                  {grids.map((grid) => (
                    <li class="row">
                      <div class="grow">
                        <b>{grid.name}</b>
                        <p class="note">
                          {grid.households} 户，现在是{grid.holder?.name ?? '没有人'}
                        </p>
                      </div>
                      <PostForm c={c} action={path('assign')} class="buttons">
                        <input type="hidden" name="gridId" value={String(grid.id)} />
                        <Select
                          name="personId"
                          label={`${grid.name}交给`}
                          hideLabel
                          value={String(grid.holder?.id ?? '')}
                          options={staff.map((person) => ({ value: String(person.id), label: person.name }))}
                        />
                        <button class="button small" type="submit" aria-label={`${grid.name}改责任人`}>
                          改
                        </button>
                      </PostForm>
                    </li>
                  ))}
                </ul>
              </Card>
            ) : null}
            <Card title="群" count={chats.length}>
              {chats.length === 0 ? <Empty>还没有群。把机器人拉进群，在群里发“绑定本群 居民群”。</Empty> : null}
              <ul class="rows">
                {chats.map((chat) => (
                  <li class="row">
                    <div class="grow">
                      <b>{chat.name || '没有名字的群'}</b>
                      <p class="note">
                        {[
                          CHANNEL_NAMES[chat.channel] ?? chat.channel,
                          grids.find((one) => one.id === chat.gridId)?.name,
                        ]
                          .filter(Boolean)
                          .join(' · ')}
                      </p>
                    </div>
                    <span class="tag">{CHAT_KIND_NAMES[chat.kind] ?? chat.kind}</span>
                    {chat.active ? null : <span class="tag urgent">机器人不在群里</span>}
                  </li>
                ))}
              </ul>
              <p class="note">新群：把机器人拉进去，由主任在群里发“绑定本群 居民群”。群号变了：在群里发“接上本群”。</p>
            </Card>
          </div>
          <div>
            <Card title="认识多少户">
              <ul class="rows">
                {bound.map((grid) => {
                  const part = grid.households > 0 ? grid.bound / grid.households : 0
                  return (
                    <li class="row">
                      <div class="grow">
                        <p>
                          {grid.name}{' '}
                          <span class="note">
                            {grid.bound} / {grid.households} 户
                          </span>
                        </p>
                        <Bar part={part} label={`${grid.name} ${Math.round(part * 100)}%`} />
                      </div>
                    </li>
                  )
                })}
              </ul>
            </Card>
            <Card
              title="最近绑定的居民"
              count={residents.length}
              tools={<a href={path('residents')}>全部居民</a>}
              class="flush"
            >
              <ResidentRows c={c} rows={residents} />
            </Card>
          </div>
        </div>
      </>
    ),
  })
}
