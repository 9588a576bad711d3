import { z } from 'zod'
import { command, type Turn } from '../../kernel/module.js'
import { answer } from './help.js'
import { CHAT_NAMES, texts } from './texts.js'

type GroupKind = keyof typeof CHAT_NAMES
const KIND_WORDS: readonly (readonly [RegExp, GroupKind])[] = [
  [/居民|业主|住户/, 'residents'],
  [/社工|工作/, 'workers'],
  [/街道/, 'subdistrict'],
]

/** The bot was added to a group that nobody has assigned: it says once how to. */
export const greetGroup = command<object, null>({
  name: 'people.greet-group',
  roles: 'anyone',
  input: z.object({}),
  match: ({ said, place }) =>
    said.kind === 'event' && said.event === 'joined' && place.kind === 'unknown' ? {} : null,
  load: async () => null,
  decide: (_state, turn) => ({
    events: [],
    drafts: [
      {
        key: `chat:${turn.place.chatId}:hello:${turn.inboxId}`,
        to: { kind: 'here' },
        text: texts.groupHello,
        priority: 'reply',
      },
    ],
  }),
})

const input = z.object({ kind: z.enum(['residents', 'workers', 'subdistrict']).nullable(), grid: z.string() })
type Input = z.infer<typeof input>

/** 绑定本群 居民群 [网格]: a manager says what a group is. */
export const bindChat = command<Input, { gridId: number | null; missing: boolean }>({
  name: 'people.bind-chat',
  help: { say: '绑定本群 居民群', does: '在群里说：这个群归哪个社区、是什么群', roles: ['manager'] },
  roles: ['manager'],
  input,
  match: ({ said }) => {
    if (said.kind !== 'text') return null
    const found = /^(?:@\S+\s+)?[/／]?绑定本群[\s:：]*(\S*)\s*(.*)$/s.exec(said.text)
    if (!found) return null
    const kind = KIND_WORDS.find(([word]) => word.test(found[1] ?? ''))?.[1] ?? null
    return { kind, grid: (found[2] ?? '').trim() }
  },
  load: async (tx, turn, { grid }) => {
    if (grid === '') return { gridId: null, missing: false }
    const row = await tx.grid.findFirst({
      where: { communityId: turn.community?.id ?? -1, OR: [{ name: grid }, { code: grid }] },
    })
    return { gridId: row?.id ?? null, missing: row === null }
  },
  decide: ({ gridId, missing }, turn, { kind, grid }) => {
    if (turn.place.kind === 'private') return answer(turn, texts.chatPrivate)
    if (!kind || !turn.community) return answer(turn, texts.chatUsage)
    if (missing) return answer(turn, texts.noGrid(grid))
    return {
      events: [
        chatEvent(
          turn,
          'person.chat_bound',
          { chatId: turn.place.chatId, kind, gridId },
          `绑定群为${CHAT_NAMES[kind]}`,
        ),
      ],
      drafts: answer(turn, texts.chatBound(CHAT_NAMES[kind], turn.community.name)).drafts,
    }
  },
})

const chatEvent = (turn: Turn, type: string, data: object, text: string) => ({
  type,
  communityId: turn.community?.id ?? -1,
  subject: `chat:${turn.place.chatId}`,
  page: 'people',
  text,
  data,
})

const reclaimInput = z.object({ chatId: z.number().int().nullable() })

/**
 * 接上本群: WeChat gives groups new ids at a login. A manager says, in the group, which of the known ones it is; the record
 * goes on under the new id. Never guessed from a name.
 */
export const reclaimChat = command<
  z.infer<typeof reclaimInput>,
  { known: { id: number; name: string; kind: string }[] }
>({
  name: 'people.reclaim-chat',
  help: { say: '接上本群', does: '群号变了以后，说这个群原来是哪一个', roles: ['manager'] },
  roles: ['manager'],
  input: reclaimInput,
  match: ({ said }) =>
    said.kind === 'text' && /^(?:@\S+\s+)?[/／]?接上本群$/.test(said.text) ? { chatId: null } : null,
  load: async (tx, turn, { chatId }) => ({
    known: await tx.chat.findMany({
      where: {
        channel: turn.place.channel,
        communityId: turn.community?.id ?? -1,
        kind: { in: ['residents', 'workers', 'subdistrict'] },
        id: chatId ?? { not: turn.place.chatId },
      },
      select: { id: true, name: true, kind: true },
      orderBy: { id: 'asc' },
      take: 9,
    }),
  }),
  decide: ({ known }, turn, { chatId }) => {
    if (turn.place.kind !== 'unknown') return answer(turn, texts.settled)
    const [chosen] = known
    if (!chosen) return answer(turn, texts.reclaimNone)
    if (chatId === null) {
      const choices = known.map((chat) => ({
        label: chat.name || chat.kind,
        command: 'people.reclaim-chat',
        input: { chatId: chat.id },
      }))
      const [draft] = answer(turn, texts.reclaimAsk).drafts
      return { events: [], drafts: draft ? [{ ...draft, choices }] : [] }
    }
    return {
      events: [
        chatEvent(
          turn,
          'person.chat_reclaimed',
          { chatId: chosen.id, channel: turn.place.channel, conversation: turn.place.conversation },
          `群“${chosen.name}”换了群号，已接上`,
        ),
      ],
      drafts: [
        {
          key: `chat:${chosen.id}:reclaimed:${turn.inboxId}`,
          to: { kind: 'here' },
          text: texts.reclaimed(chosen.name),
          priority: 'reply',
        },
      ],
    }
  },
})
