import { Hono } from 'hono'
import { z } from 'zod'
import { settingsSchema } from '../../../community/settings.js'
import { act } from '../act.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { Card, Head, PostForm } from '../parts/common.js'
import { SettingTabs } from '../parts/setting-tabs.js'
import {
  dailyTime,
  fieldAt,
  readValue,
  SETTING_GROUPS,
  type SettingField,
  shownValue,
  valueAt,
} from '../setting-fields.js'
import { texts } from '../texts.js'
import { settingsHistoryPage } from './settings-history.js'
import { wordsApp } from './words.js'

const form = z.object({
  nonce: z.string().min(8),
  path: z.string().max(80),
  value: z.string().max(200).default(''),
  reset: z.string().optional(),
  reason: z.string().trim().max(200).default(''),
})

/** 设置: the community's figures, each with its default, and who changed what. */
export function settingsApp(options: DeskOptions): Hono<Env> {
  const app = new Hono<Env>()
  app.route('/words', wordsApp(options))
  app.get('/history', (c) => settingsHistoryPage(c, options))
  app.get('/', (c) => settingsPage(c))
  app.post('/', async (c) => {
    const { community } = c.get('room')
    const { nonce, path, value: text, reset, reason } = form.parse(await c.req.parseBody())
    const field = fieldAt(path)
    const value = field && !reset ? readValue(field.kind, text) : null
    if (!field || (!reset && value === null)) leaveFlash(c, { text: texts.badForm, good: false })
    else {
      const input = { path, label: field.label, value, reason }
      const action = { nonce, communityId: community.id, command: 'desk.change-setting', input }
      const outcome = await act(options, c.get('viewer'), action)
      leaveFlash(c, { text: outcome.text, good: outcome.done })
    }
    return c.redirect(`${pathOf(community.code, 'settings')}#${encodeURIComponent(path)}`, 303)
  })
  return app
}

function settingsPage(c: Ctx) {
  const room = c.get('room')
  const { community } = room
  const standard = settingsSchema.parse({})
  return page(c, {
    title: texts.nav.settings,
    section: 'settings',
    children: (
      <>
        <Head
          title={texts.nav.settings}
          note={room.manages ? '改了马上生效，已经登记的诉求时限不变。每次改动都进台账。' : '只有社区主任能改。'}
        />
        <SettingTabs code={community.code} chosen="figures" />
        <div class="grids wide">
          {SETTING_GROUPS.map((group) => (
            <Card title={group.title}>
              {group.note ? <p class="note">{group.note}</p> : null}
              <ul class="rows settings">
                {group.fields.map((field) => (
                  <Setting
                    c={c}
                    field={field}
                    value={valueAt(community.settings, field.path)}
                    standard={valueAt(standard, field.path)}
                  />
                ))}
              </ul>
            </Card>
          ))}
        </div>
      </>
    ),
  })
}

interface SettingProps {
  readonly c: Ctx
  readonly field: SettingField
  readonly value: unknown
  readonly standard: unknown
}

const INPUTS = { number: 'number', percent: 'number', hour: 'time', cron: 'text' } as const

const Setting = ({ c, field, value, standard }: SettingProps) => {
  const { manages, community } = c.get('room')
  const now = shownValue(field.kind, value)
  const own = value !== standard
  const isDaily = field.kind === 'cron' && dailyTime(String(value)) !== null
  const action = pathOf(community.code, 'settings')
  return (
    <li class="row setting" id={field.path}>
      <div class="grow">
        <p>
          {field.label}
          {own ? <span class="tag warm">改过</span> : null}
        </p>
        {field.hint || own || field.kind === 'cron' ? (
          <p class="note">
            {[
              field.hint,
              field.kind === 'cron' && (isDaily ? '每天看一次，到日子才发' : '分 时 日 月 星期'),
              own && `默认 ${shownValue(field.kind, standard)}${field.unit ?? ''}`,
            ]
              .filter(Boolean)
              .join('；')}
          </p>
        ) : null}
      </div>
      {manages ? (
        <>
          <PostForm c={c} action={action} class="setting-form">
            <input type="hidden" name="path" value={field.path} />
            <input
              name="value"
              type={isDaily ? 'time' : INPUTS[field.kind]}
              value={now}
              step={field.kind === 'percent' ? '0.1' : field.kind === 'number' ? 'any' : undefined}
              aria-label={field.label}
              required
            />
            <span class="unit">{field.unit}</span>
            <button class="button small" type="submit" aria-label={`保存 ${field.label}`}>
              保存
            </button>
          </PostForm>
          {own ? (
            <PostForm c={c} action={action}>
              <input type="hidden" name="path" value={field.path} />
              <input type="hidden" name="reset" value="yes" />
              <button class="button small" type="submit" aria-label={`${field.label} 用默认`}>
                用默认
              </button>
            </PostForm>
          ) : null}
        </>
      ) : (
        <b>
          {now} {field.unit}
        </b>
      )}
    </li>
  )
}
