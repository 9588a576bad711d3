import { z } from 'zod'
import { addressText } from '../../community/households.js'
import { type AnyCommand, command, type Decision, type Module, ROLES, type Turn } from '../../kernel/module.js'
import { ROLE_NAMES, texts } from './texts.js'

export const answer = (turn: Turn, text: string): Decision => ({
  events: [],
  drafts: [{ key: `turn:${turn.inboxId}:answer`, to: { kind: 'here' }, text, priority: 'reply', mention: true }],
})

/** Phrases that the speaker's roles may use; a resident sees no worker's phrases. */
function phrasesFor(commands: readonly AnyCommand[], turn: Turn): string[] {
  const roles = turn.actor.roles.length > 0 ? turn.actor.roles : (['resident'] as const)
  return commands
    .flatMap((one) => (one.help ? [one.help] : []))
    .filter((help) => help.roles.some((role) => roles.some((mine) => mine === role)))
    .map((help) => `· ${help.say} —— ${help.does}`)
}

/** 帮助, and what a newcomer's first tap sends on Telegram. */
export const help = (modules: () => readonly Module[]) =>
  command<{ start: boolean }, null>({
    name: 'people.help',
    help: { say: '帮助', does: '看我能做什么', roles: ROLES },
    roles: 'anyone',
    input: z.object({ start: z.boolean() }),
    match: ({ said }) => {
      if (said.kind !== 'text' || !said.addressed) return null
      const text = said.text.replace(/^@\S+\s+/, '')
      if (/^\/start\b/.test(text)) return { start: true }
      return /^[/／]?(帮助|help|菜单|怎么用|你能做什么|你会什么|？|\?)[!！。?？]*$/i.test(text)
        ? { start: false }
        : null
    },
    load: async () => null,
    decide: (_state, turn, { start }) => {
      if (start) return answer(turn, texts.hello(turn.community?.settings.texts ?? {}, turn.actor.name))
      const phrases = phrasesFor(
        modules().flatMap((module) => module.commands),
        turn,
      )
      return answer(turn, [texts.helpPlain, texts.helpTitle, ...phrases].join('\n'))
    },
  })

/** 我是谁: what the bot takes the speaker for. */
export const whoAmI = command<object, { place: string }>({
  name: 'people.who',
  help: {
    say: '我是谁',
    does: '看自己绑定的门牌和身份',
    roles: ROLES,
  },
  roles: 'anyone',
  input: z.object({}),
  match: ({ said, place }) =>
    said.kind === 'text' && place.kind === 'private' && /^我是谁[?？]?$/.test(said.text) ? {} : null,
  load: async (tx, turn) => {
    const home = turn.actor.householdId
      ? await tx.household.findUnique({ where: { id: turn.actor.householdId } })
      : null
    return { place: home ? addressText({ ...home, unit: home.unit || null }) : '' }
  },
  decide: ({ place }, turn) => {
    const bound = turn.actor.personId !== null
    if (!bound) return answer(turn, texts.unbound(turn.actor.channel, turn.actor.externalId))
    return answer(turn, texts.who(turn.actor.name, turn.actor.roles.map((role) => ROLE_NAMES[role]).join('、'), place))
  },
})

/** Thanks and nods in private need no answer. */
export const nod = command<object, null>({
  name: 'people.nod',
  roles: 'anyone',
  input: z.object({}),
  match: ({ said, place }) =>
    said.kind === 'text' &&
    place.kind === 'private' &&
    /^(谢谢|多谢|感谢|辛苦了?|好的?|好滴|收到|嗯+|哦+|ok|行|可以|知道了|明白|👌|👍|🙏|再见|拜拜)+[\s!！。~～你您啦了哈啊呀们]*$/i.test(
      said.text,
    )
      ? {}
      : null,
  load: async () => null,
  decide: () => ({ events: [], drafts: [], leftAlone: true }),
})
