import { z } from 'zod'
import type { Reader } from '../../../db/transaction.js'
import type { Ctx } from '../env.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { Card, Empty, Head, Time } from '../parts/common.js'
import { texts } from '../texts.js'

const PAGE = 60
const ACTIONS: Readonly<Record<string, string>> = {
  'desk.request': '看诉求',
  'desk.household': '看住户姓名电话',
  'desk.people': '看人员与群',
  'desk.export': '导出',
  'desk.ledger': '看台账',
  inspect: '看台账（检查链接）',
  export: '导出台账',
  'api.request': '接口：诉求',
  'api.requests': '接口：诉求列表',
  'api.ledger': '接口：台账',
}
const query = z.object({
  before: z.coerce.number().int().positive().optional().catch(undefined),
  person: z.coerce.number().int().catch(0).default(0),
})

/** 查看记录: who looked at personal data, for the manager who answers for it. */
export async function accessPage(c: Ctx, { db, clock }: DeskOptions) {
  const room = c.get('room')
  if (!room.manages) return c.notFound()
  const { community } = room
  const { before, person } = query.parse(c.req.query())
  const actors = await actorsOf(db.read, community.id, clock.now())
  const rows = await db.read.accessLog.findMany({
    where: {
      actor: person ? `person:${person}` : { in: [...actors.keys()] },
      ...(before ? { id: { lt: before } } : {}),
    },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
  })
  const shown = rows.slice(0, PAGE)
  const homes = await db.read.household.findMany({
    where: { id: { in: shown.flatMap((row) => /^household:(\d+)$/.exec(row.subject)?.[1] ?? []).map(Number) } },
    select: { id: true, building: true, unit: true, room: true },
  })
  const subjectOf = (subject: string) => {
    const home = homes.find((one) => `household:${one.id}` === subject)
    if (home) return `${home.building}幢${home.unit ? `${home.unit}单元` : ''}${home.room}`
    return subject.replace(/^request:/, '').replace(/^people$/, '')
  }
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  return page(c, {
    title: texts.nav.access,
    section: 'access',
    children: (
      <>
        <Head title={texts.nav.access} note="谁看了居民的个人信息、什么时候、为什么。居民问起来，可以如实回答。" />
        <Card class="flush">
          {shown.length === 0 ? <Empty>还没有记录。</Empty> : null}
          <ul class="rows">
            {shown.map((row) => (
              <li class="row">
                <div class="grow">
                  <b>{actors.get(row.actor) ?? row.actor}</b> {ACTIONS[row.action] ?? row.action}{' '}
                  {subjectOf(row.subject)}
                  {row.detail ? <p class="note">{row.detail}</p> : null}
                </div>
                <span class="note">
                  <Time at={row.at} timezone={community.timezone} />
                </span>
              </li>
            ))}
          </ul>
        </Card>
        <p class="pager">
          {before ? <a href="?">{texts.first}</a> : null}
          {last ? (
            <a class="button" href={`?before=${last.id}`} rel="next">
              {texts.next}
            </a>
          ) : null}
        </p>
      </>
    ),
  })
}

/** Whose looks concern this community: its own staff, tokens and inspection links. */
async function actorsOf(read: Reader, communityId: number, now: Date): Promise<ReadonlyMap<string, string>> {
  const [grants, tokens, links] = await Promise.all([
    read.roleGrant.findMany({
      where: { scopeKind: 'community', scopeId: communityId, role: { not: 'resident' }, startsAt: { lte: now } },
      select: { person: { select: { id: true, name: true } } },
    }),
    read.apiToken.findMany({ where: { scopeKind: 'community', scopeId: communityId }, select: { name: true } }),
    read.inspectionLink.findMany({ where: { communityId }, select: { id: true, label: true } }),
  ])
  return new Map([
    ...grants.map(({ person }) => [`person:${person.id}`, person.name] as const),
    ...tokens.map(({ name }) => [`token:${name}`, `接口 ${name}`] as const),
    ...links.map(({ id, label }) => [`link:${id}`, `检查：${label}`] as const),
  ])
}
