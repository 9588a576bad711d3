import { z } from 'zod'
import { command, type Decision, type Turn } from '../../kernel/module.js'
import { type Wording, wordingFault } from '../../kernel/wording.js'
import { valueAt } from './settings.js'
import { texts } from './texts.js'

const input = z.object({
  key: z.string().max(60),
  /** Null goes back to the standard. */
  words: z.string().max(1000).nullable(),
  reason: z.string().max(200).default(''),
})

interface State {
  readonly wording: Wording | null
  /** What was said before; null where the standard held. */
  readonly before: string | null
}

const answer = (turn: Turn, text: string): Decision => ({
  events: [],
  drafts: [{ key: `turn:${turn.inboxId}:words`, to: { kind: 'here' }, text, priority: 'reply' }],
})

/** Where a wording's own words stand in the settings. */
export const wordsPath = (key: string): string => `texts.${key}`

/** Puts a sentence of the bot into the community's own words, checked for what it must not lose. */
export const changeWords = (wordings: () => readonly Wording[]) =>
  command<z.infer<typeof input>, State>({
    name: 'desk.change-words',
    roles: ['manager'],
    input,
    match: () => null,
    load: async (tx, turn, { key }) => {
      const row = await tx.community.findUnique({ where: { id: turn.community?.id ?? -1 }, select: { settings: true } })
      const before = valueAt(row?.settings, wordsPath(key))
      return {
        wording: wordings().find((one) => one.key === key) ?? null,
        before: typeof before === 'string' ? before : null,
      }
    },
    decide: ({ wording, before }, turn, { key, words, reason }) => {
      if (!turn.community) return answer(turn, texts.noCommunity)
      if (!wording) return answer(turn, texts.unknownSetting)
      const after = words === wording.standard ? null : words
      const fault = after === null ? null : wordingFault(wording, after)
      if (fault) return answer(turn, texts.badWords(wording.title, fault))
      if (after === before) return answer(turn, texts.sameWords(wording.title))
      return {
        ...answer(turn, after === null ? texts.standardWords(wording.title) : texts.changedWords(wording.title)),
        events: [
          {
            type: 'desk.setting_changed',
            communityId: turn.community.id,
            subject: `setting:${wordsPath(key)}`,
            page: 'settings',
            text: texts.changedEntry(wording.title, before ?? texts.standard, after ?? texts.standard, reason),
            data: { path: wordsPath(key), before, after, personId: turn.actor.personId, reason },
          },
        ],
      }
    },
  })
