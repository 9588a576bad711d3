import { z } from 'zod'
import { settingsSchema } from '../../../community/settings.js'
import type { Ctx } from '../env.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { readPageChanges } from '../own-pages-data.js'
import { Card, Empty, Head, Time } from '../parts/common.js'
import { PageChanges } from '../parts/page-changes.js'
import { SettingTabs } from '../parts/setting-tabs.js'
import { fieldAt, shownValue, valueAt } from '../setting-fields.js'
import { texts } from '../texts.js'

const SHOWN = 60
const query = z.object({ before: z.coerce.number().int().positive().optional().catch(undefined) })
const WORDS = 'texts.'
const PAGES_SHOWN = 20

/** Who set what to what, and why; the newest first. */
export async function settingsHistoryPage(c: Ctx, { db, modules }: DeskOptions) {
  const { community } = c.get('room')
  const { before } = query.parse(c.req.query())
  const rows = await db.read.settingChange.findMany({
    where: { communityId: community.id, ...(before ? { id: { lt: before } } : {}) },
    orderBy: { id: 'desc' },
    take: SHOWN + 1,
  })
  const changes = rows.slice(0, SHOWN)
  const pages = await readPageChanges(db.read, community.id, { take: PAGES_SHOWN })
  const people = await db.read.person.findMany({
    where: { id: { in: changes.map((one) => one.personId) } },
    select: { id: true, name: true },
  })
  const titles = new Map(modules.flatMap((module) => module.wordings ?? []).map((one) => [one.key, one.title]))
  const last = rows.length > SHOWN ? changes.at(-1) : undefined
  return page(c, {
    title: '改动记录',
    section: 'settings',
    children: (
      <>
        <Head title={texts.nav.settings} note="谁在什么时候把什么改成了什么。这些改动也都在台账里。" />
        <SettingTabs code={community.code} chosen="history" />
        <Card title="改动记录" id="history">
          {changes.length === 0 ? <Empty>还没有人改过。</Empty> : null}
          <ol class="timeline">
            {changes.map((one) => (
              <li>
                <Change path={one.path} before={one.before} after={one.after} titles={titles} />
                <p class="note">
                  <Time at={one.at} timezone={community.timezone} /> ·{' '}
                  {people.find((person) => person.id === one.personId)?.name ?? ''}
                  {one.reason ? ` · ${one.reason}` : ''}
                </p>
              </li>
            ))}
          </ol>
        </Card>
        {before ? null : (
          <Card title="自建的台账页">
            <PageChanges changes={pages} timezone={community.timezone} />
          </Card>
        )}
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

interface ChangeProps {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
  readonly titles: ReadonlyMap<string, string>
}

const parsed = (json: string | null): unknown => (json === null ? null : JSON.parse(json))
const standard = settingsSchema.parse({})

const Change = ({ path, before, after, titles }: ChangeProps) => {
  const kind = fieldAt(path)?.kind
  const shown = (json: string | null) =>
    kind ? shownValue(kind, json === null ? valueAt(standard, path) : parsed(json)) : String(parsed(json) ?? '默认')
  const label = path.startsWith(WORDS) ? titles.get(path.slice(WORDS.length)) : fieldAt(path)?.label
  return (
    <p>
      {label ?? path}：{shown(before)} → <b>{shown(after)}</b>
      {kind && after === null ? '（默认）' : ''}
    </p>
  )
}
