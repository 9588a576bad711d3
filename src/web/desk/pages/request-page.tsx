import type { Child } from 'hono/jsx'
import { readAttachments } from '../attachments-data.js'
import { type Ctx, pathOf } from '../env.js'
import { page } from '../layout.js'
import { masksFor } from '../masks.js'
import type { DeskOptions } from '../options.js'
import { Attachments } from '../parts/attachments.js'
import { Card, Due, Head, Status, Time, Urgent } from '../parts/common.js'
import { Actions } from '../parts/request-actions.js'
import { Timeline } from '../parts/timeline.js'
import { readLife, readVoices } from '../request-life.js'
import { categoryName, placeOf, type RequestRow, readColleagues } from '../requests-data.js'
import { RESOLUTION_NAMES, SCORE_NAMES, texts } from '../texts.js'

/** One request: what was said, how it stands, its life, and who spoke. */
export async function requestPage(c: Ctx, { db, clock, files }: DeskOptions, row: RequestRow) {
  const room = c.get('room')
  const { community } = room
  const now = clock.now()
  const masks = await masksFor(db.read, room)
  const [life, voices, attachments, worker, grid, into, joined, colleagues] = await Promise.all([
    readLife(db.read, community.id, row.number, masks),
    readVoices(db.read, row.id, masks),
    readAttachments(db.read, files, room, row.number, masks),
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
            <Attachments list={attachments} timezone={community.timezone} />
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
