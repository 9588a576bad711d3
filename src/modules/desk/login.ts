import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { command, type Decision, type Draft, type Turn } from '../../kernel/module.js'
import { texts } from './texts.js'

const LINK_MINUTES = 10
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Links an account may ask for in an hour. */
const LINKS_AN_HOUR = 6
/** Residents have the chat; everybody who works has the desk. */
const STAFF = ['worker', 'coordinator', 'manager', 'officer'] as const

/** One row tells where the service is opened in a browser. */
export const ADDRESS_ROW = 1

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

const answer = (turn: Turn, text: string, more: Partial<Draft> = {}): Decision => ({
  events: [],
  drafts: [
    { key: `turn:${turn.inboxId}:login`, to: { kind: 'here' }, text, priority: 'reply', mention: true, ...more },
  ],
})

interface State {
  readonly url: string | null
  readonly asked: number
  readonly token: string
}

/** 登录: a link into the desk, in private, for a few minutes and one use. Only its hash is kept. */
export const login = command<object, State>({
  name: 'desk.login',
  help: { say: '登录', does: '打开网页工作台', roles: STAFF },
  roles: 'anyone',
  input: z.object({}),
  match: ({ said, place }) => {
    if (said.kind !== 'text' || (place.kind === 'residents' && !said.addressed)) return null
    return /^(?:[/／]login|登[录陆入](?:工作台)?|打开工作台|工作台)[!！。.~～]*$/i.test(said.text) ? {} : null
  },
  load: async (tx, turn) => {
    const since = new Date(turn.now.getTime() - HOUR_MS)
    const where = { accountId: turn.actor.accountId, createdAt: { gt: since } }
    const address = await tx.serviceAddress.findUnique({ where: { id: ADDRESS_ROW } })
    return {
      url: address?.url ?? null,
      asked: await tx.loginLink.count({ where }),
      token: randomBytes(32).toString('base64url'),
    }
  },
  decide: ({ url, asked, token }, turn) => {
    const { personId, accountId, roles } = turn.actor
    if (turn.place.kind !== 'private') return answer(turn, texts.usePrivate)
    if (personId === null || !roles.some((role) => STAFF.some((one) => one === role)))
      return answer(turn, texts.notStaff)
    if (!url) return answer(turn, texts.notServed)
    if (asked >= LINKS_AN_HOUR) return answer(turn, texts.tooOften)
    const reply = answer(turn, texts.link(`${url}/desk/login/${token}`, LINK_MINUTES))
    return {
      ...reply,
      events: [
        {
          type: 'desk.login_asked',
          communityId: turn.community?.id ?? -1,
          subject: `account:${accountId}`,
          page: null,
          text: '',
          data: {
            tokenHash: hashToken(token),
            accountId,
            personId,
            outboxKey: `turn:${turn.inboxId}:login`,
            expiresAt: new Date(turn.now.getTime() + LINK_MINUTES * MINUTE_MS).toISOString(),
          },
        },
      ],
    }
  },
})

/** Told to the account after a browser was let in: whoever it was not can end it with one tap. */
export const signedIn = command<{ agent: string; time: string }, null>({
  name: 'desk.signed-in',
  roles: STAFF,
  input: z.object({ agent: z.string(), time: z.string() }),
  match: () => null,
  load: async () => null,
  decide: (_state, turn, { agent, time }) => ({
    events: [],
    drafts: [
      {
        key: `desk:signed-in:${turn.inboxId}`,
        to: { kind: 'account', accountId: turn.actor.accountId },
        text: texts.signedIn(agent, time),
        priority: 'reply',
        choices: [{ label: texts.signOutAll, command: 'desk.sign-out-all', input: {} }],
      },
    ],
  }),
})

/** Ends every browser session of the speaker: from the chat, where a stolen browser cannot answer for them. */
export const signOutAll = command<object, number>({
  name: 'desk.sign-out-all',
  help: { say: '退出工作台', does: '让所有网页登录失效', roles: STAFF },
  roles: STAFF,
  input: z.object({}),
  match: ({ said, place }) =>
    said.kind === 'text' && place.kind === 'private' && /^(?:退出工作台|退出登录|全部退出)$/.test(said.text)
      ? {}
      : null,
  load: (tx, turn) =>
    tx.webSession.count({
      where: { personId: turn.actor.personId ?? -1, revokedAt: null, expiresAt: { gt: turn.now } },
    }),
  decide: (count, turn) => ({
    events: [
      {
        type: 'desk.signed_out_all',
        communityId: turn.community?.id ?? -1,
        subject: `person:${turn.actor.personId}`,
        page: null,
        text: '',
        data: { personId: turn.actor.personId },
      },
    ],
    drafts: [
      {
        key: `turn:${turn.inboxId}:signed-out`,
        to: { kind: 'here' },
        text: texts.signedOutAll(count),
        priority: 'reply',
      },
    ],
  }),
})
