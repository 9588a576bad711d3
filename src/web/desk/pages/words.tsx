import { Hono } from 'hono'
import { z } from 'zod'
import { LONGEST_WORDING, type Wording, worded, wordingFault } from '../../../kernel/wording.js'
import { act } from '../act.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { Card, Head, PostForm } from '../parts/common.js'
import { SettingTabs } from '../parts/setting-tabs.js'
import { texts } from '../texts.js'

const form = z.object({
  nonce: z.string().min(8),
  key: z.string().max(60),
  words: z.string().max(1000).default(''),
  reset: z.string().optional(),
  reason: z.string().trim().max(200).default(''),
})

/** 话术: sentences of the bot that the community may say in its own words, each with what it looks like in the chat. */
export function wordsApp(options: DeskOptions): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', (c) => wordsPage(c, options))
  app.post('/', async (c) => {
    const { community } = c.get('room')
    const { nonce, key, words, reset, reason } = form.parse(await c.req.parseBody())
    const outcome = await act(options, c.get('viewer'), {
      nonce,
      communityId: community.id,
      command: 'desk.change-words',
      // A browser sends the end of a line as two signs; a sentence stands on one line.
      input: { key, words: reset ? null : words.replace(/\s*\r?\n\s*/g, ' ').trim(), reason },
    })
    leaveFlash(c, { text: outcome.text, good: outcome.done })
    return c.redirect(`${pathOf(community.code, 'settings/words')}#${encodeURIComponent(key)}`, 303)
  })
  return app
}

function wordsPage(c: Ctx, { modules }: DeskOptions) {
  const { manages, community } = c.get('room')
  return page(c, {
    title: '话术',
    section: 'settings',
    children: (
      <>
        <Head
          title={texts.nav.settings}
          note={
            manages
              ? '机器人说的这些话可以改成本社区的口气。花括号里的内容会自动填上，写错了不会保存。每次改动都进台账。'
              : '只有社区主任能改。'
          }
        />
        <SettingTabs code={community.code} chosen="words" />
        <div class="grids wide">
          {modules
            .flatMap((module) => module.wordings ?? [])
            .map((one) => (
              <WordingCard c={c} one={one} />
            ))}
        </div>
      </>
    ),
  })
}

const WordingCard = ({ c, one }: { readonly c: Ctx; readonly one: Wording }) => {
  const { manages, community } = c.get('room')
  const own = community.settings.texts
  const stored = own[one.key]
  const words = stored ?? one.standard
  const fault = wordingFault(one, words)
  const slots = Object.keys(one.slots)
  const action = pathOf(community.code, 'settings/words')
  return (
    <Card
      id={one.key}
      title={one.title}
      tools={
        stored === undefined ? null : fault ? (
          <span class="tag urgent">不合适，没有用</span>
        ) : (
          <span class="tag warm">改过</span>
        )
      }
    >
      <p class="note">
        {one.when}。{slots.length > 0 ? `可以用：${slots.map((slot) => `{${slot}}`).join(' ')}。` : ''}
        {one.keeps.length > 0 ? `要保留：${one.keeps.join('、')}。` : ''}
      </p>
      <p class="said">{worded(one, own, one.slots)}</p>
      {manages ? (
        <details>
          <summary>改说法</summary>
          <PostForm c={c} action={action} class="stack">
            <input type="hidden" name="key" value={one.key} />
            <label class="field">
              <span>{one.title}</span>
              <textarea name="words" rows={3} required maxlength={LONGEST_WORDING}>
                {words}
              </textarea>
            </label>
            <div class="buttons">
              <button class="button main small" type="submit" aria-label={`保存 ${one.title}`}>
                保存
              </button>
            </div>
          </PostForm>
          {stored === undefined ? null : (
            <PostForm c={c} action={action}>
              <input type="hidden" name="key" value={one.key} />
              <input type="hidden" name="reset" value="yes" />
              <button class="button small" type="submit" aria-label={`${one.title} 用默认`}>
                用默认：{one.standard}
              </button>
            </PostForm>
          )}
        </details>
      ) : null}
    </Card>
  )
}
