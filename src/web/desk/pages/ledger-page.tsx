import { localDate } from '../../../kernel/local-time.js'
import type { VerifyReport } from '../../../ledger/verify/index.js'
import { noteView } from '../access-log.js'
import { type Ctx, pathOf } from '../env.js'
import { page } from '../layout.js'
import { pagesOf, readCounts, readMonths } from '../ledger-data.js'
import { masksFor } from '../masks.js'
import type { DeskOptions } from '../options.js'
import { readKinds } from '../own-pages-data.js'
import { Card, Empty, Head, PostForm } from '../parts/common.js'
import { findEntries, LedgerHits, LedgerSearch, ledgerFilter } from '../parts/ledger-search.js'
import { readColleagues } from '../requests-data.js'
import { texts } from '../texts.js'

const MONTHS = 12
const FAULTS = 50

/** The ledger's front: its pages, search, months with their closes, and the check. */
export async function ledgerPage(c: Ctx, { db, clock, modules }: DeskOptions, report: VerifyReport | null) {
  const room = c.get('room')
  const { community, manages } = room
  const now = clock.now()
  const filter = ledgerFilter(c)
  const month = localDate(now, community.timezone).slice(0, 7)
  const [months, counts, masks, kinds, grids, colleagues, hits] = await Promise.all([
    readMonths(db.read, room, now, MONTHS),
    readCounts(db.read, room, month),
    masksFor(db.read, room),
    readKinds(db.read, modules, room),
    db.read.grid.findMany({ where: { communityId: community.id }, orderBy: { code: 'asc' } }),
    readColleagues(db.read, community.id, now),
    filter ? findEntries(db.read, room, filter) : [],
  ])
  if (filter && hits.length > 0)
    await noteView(db, c, now, { action: 'desk.search', detail: Object.values(filter).filter(Boolean).join(' ') })
  const path = (rest: string) => pathOf(community.code, `ledger${rest}`)
  return page(c, {
    title: texts.nav.ledger,
    section: 'ledger',
    children: (
      <>
        <Head title="电子台账" note="日常办事自动入账，首尾相扣：改一个字、少一条、换个顺序，核对时都会指出来。" />
        {report ? <Verdict report={report} /> : null}
        <LedgerSearch
          c={c}
          filter={filter}
          pages={kinds.pages}
          grids={grids.map(({ id, name }) => ({ value: String(id), label: name }))}
          workers={colleagues.map(({ id, name }) => ({ value: String(id), label: name }))}
          months={months.map(({ month: one }) => ({ value: one, label: one }))}
        />
        <div id="results">{filter ? <LedgerHits c={c} hits={hits} masks={masks} /> : null}</div>
        <div class="columns">
          <div>
            <Card
              title="台账页"
              id="pages"
              tools={
                manages ? (
                  <a class="button small" href={path('/own/new')}>
                    自建一页
                  </a>
                ) : null
              }
            >
              <ul class="rows">
                {pagesOf(modules, room).map((one) => (
                  <li class="row">
                    <div class="grow">
                      <a href={path(`/p/${one.page}`)}>
                        <b>{one.title}</b>
                      </a>
                      {one.own ? <span class="tag">自建</span> : null}{' '}
                      {one.own && manages ? <a href={path(`/own/${one.page}`)}>改</a> : null}
                      {one.replaces.length > 0 ? (
                        <p class="note">
                          代替纸质：{one.replaces.slice(0, 4).join('、')}
                          {one.replaces.length > 4 ? ` 等 ${one.replaces.length} 本` : ''}
                        </p>
                      ) : null}
                    </div>
                    <span class="note">{counts.has(one.page) ? `本月 ${counts.get(one.page)} 条` : ''}</span>
                  </li>
                ))}
              </ul>
            </Card>
          </div>
          <div>
            <Card title="按月">
              {months.length === 0 ? <Empty>还没有入账。</Empty> : null}
              <ul class="rows">
                {months.map(({ month: one, close, over }) => (
                  <li class="row">
                    <div class="grow">
                      <b>{one}</b> {close ? <span class="tag status-in_progress">已封账</span> : null}
                      {close ? (
                        <p class="note">
                          指纹 <code>{close.fingerprint}</code>
                          <br />第 {close.firstSeq}–{close.lastSeq} 条
                        </p>
                      ) : (
                        <p class="note">{over ? '还没有封账' : '这个月还没过完'}</p>
                      )}
                    </div>
                    <div class="buttons">
                      {over && !close && manages ? (
                        <PostForm
                          c={c}
                          action={path('/close')}
                          confirm={`给 ${one} 封账？指纹会发到工作群和街道群，不能撤回。`}
                        >
                          <input type="hidden" name="month" value={one} />
                          <button class="button small" type="submit" aria-label={`给 ${one} 封账`}>
                            封账
                          </button>
                        </PostForm>
                      ) : null}
                      <PostForm c={c} action={path('/export')} class="download">
                        <input type="hidden" name="month" value={one} />
                        <button class="button small" type="submit" aria-label={`导出 ${one} 的表格`}>
                          导出
                        </button>
                      </PostForm>
                    </div>
                  </li>
                ))}
              </ul>
            </Card>
            <Card title="核对">
              <p class="note">逐条重算印记，和封账指纹对照。</p>
              <PostForm c={c} action={path('/verify')}>
                <button class="button" type="submit">
                  现在核对
                </button>
              </PostForm>
            </Card>
          </div>
        </div>
      </>
    ),
  })
}

const Verdict = ({ report }: { readonly report: VerifyReport }) => {
  const faults = report.faults.length + report.unlisted
  if (faults === 0)
    return (
      <p class="flash good" role="status">
        核对完毕：{report.entries} 条，{report.closes} 次封账，全部对得上。
        {report.erased > 0 ? `其中 ${report.erased} 条应本人要求删去了文字，印记仍对得上。` : ''}
      </p>
    )
  return (
    <Card title="核对出问题" count={faults} class="alarm">
      <ul class="faults">
        {report.faults.slice(0, FAULTS).map((fault) => (
          <li>{fault.words}</li>
        ))}
      </ul>
      <p>请马上告诉街道，并保留数据库文件。</p>
    </Card>
  )
}
