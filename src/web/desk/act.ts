import { actorOf, rolesOf } from '../../community/actors.js'
import { communityView } from '../../community/settings.js'
import type { Tx } from '../../db/transaction.js'
import { mayUse } from '../../engine/choose.js'
import { carryOut } from '../../engine/decision.js'
import type { Recipe } from '../../kernel/making.js'
import type { IncomingMessage } from '../../kernel/message.js'
import type { Decision, Draft, DraftChoice, Said, Turn } from '../../kernel/module.js'
import { createWorkshop } from '../../outbox/workshop.js'

import type { DeskOptions } from './options.js'
import { texts } from './texts.js'
import type { Viewer } from './viewer.js'

/** The channel of what is done on pages; nothing is ever sent on it. */
export const WEB = 'web'

export interface Action {
  /** Made with the form: the same form sent twice acts once. */
  readonly nonce: string
  readonly communityId: number
  /** A module's command and its input, as a button in the chat would name them. */
  readonly command: string
  readonly input: object
  /** Words the command reads an address or a category from. */
  readonly words?: string
  /** What would be typed in the chat: the command reads its input from it, as it does there. */
  readonly phrase?: string
}

export interface Outcome {
  /** What the chat would have answered. */
  readonly text: string
  /** Whether anything happened; else the text says why not. */
  readonly done: boolean
  /** What the chat would have offered as buttons under the answer. */
  readonly choices: readonly DraftChoice[]
  /** A file the chat would have sent. */
  readonly file?: { readonly bytes: Uint8Array<ArrayBuffer>; readonly mime: string; readonly name: string }
}

/**
 * Does on a page what a tap does in the chat: the same command, checked by the same roles, decided and carried out in one
 * transaction, with an inbox row that says who did what. What the command answers is shown to the person instead of sent;
 * what it tells others goes through the outbox as always.
 */
export async function act(options: DeskOptions, viewer: Viewer, action: Action): Promise<Outcome> {
  const { db, modules, clock } = options
  const now = clock.now()
  const decided = await db.write(async (tx): Promise<Decided> => {
    const externalId = `${viewer.session.id}:${action.nonce}`
    const key = { channel_externalId: { channel: WEB, externalId } }
    if (await tx.inboxMessage.findUnique({ where: key, select: { id: true } })) return refused(texts.alreadyDone)
    const command = modules.flatMap((module) => module.commands).find((one) => one.name === action.command)
    if (!command) return refused(texts.noCommand)
    const inboxId = await register(tx, viewer, action, externalId, now)
    const turn = await turnOf(tx, options, viewer, action, inboxId, now)
    if (!turn || !mayUse(command, turn.actor.roles)) return refused(texts.mayNot)
    const input = action.phrase === undefined ? action.input : command.match(turn)
    if (input === null) return refused(texts.badForm)
    const decision = await command.run(tx, turn, input)
    const cause = { now, inboxId, actor: `person:${viewer.personId}` }
    const drafts = decision.drafts.filter((one) => toOthers(one, turn))
    await carryOut(tx, modules, { ...decision, ask: undefined, drafts }, cause, turn)
    const choices = decision.drafts.flatMap((draft) => (draft.to.kind === 'here' ? (draft.choices ?? []) : []))
    const attach = attachmentOf(decision, turn)
    return { text: answerOf(decision), done: decision.events.length > 0, choices, attach }
  })
  options.wake()
  const { attach, ...outcome } = decided
  return attach ? withMade(options, outcome, attach) : outcome
}

interface Decided extends Outcome {
  readonly attach?: Recipe | undefined
}

/** The page gets what the chat would have sent: made here, after the commit. */
async function withMade(options: DeskOptions, outcome: Outcome, recipe: Recipe): Promise<Outcome> {
  const { file, text } = await createWorkshop(options).make(recipe)
  if (!file) return text ? { ...outcome, text } : outcome
  return { ...outcome, text: text ?? outcome.text, done: true, file: { ...file, bytes: new Uint8Array(file.bytes) } }
}

const refused = (text: string): Outcome => ({ text, done: false, choices: [] })

/** What the page itself answers with: words said here, and what the chat would have sent along to the person. */
const toOthers = ({ to, attach }: Draft, turn: Turn): boolean =>
  to.kind !== 'here' && !(attach && to.kind === 'account' && to.accountId === turn.actor.accountId)

const attachmentOf = (decision: Decision, turn: Turn): Recipe | undefined =>
  decision.drafts.find((draft) => !toOthers(draft, turn) && draft.attach)?.attach

const answerOf = (decision: Decision): string =>
  decision.drafts
    .filter((draft) => draft.to.kind === 'here')
    .map((draft) => draft.text)
    .join('\n') || (decision.events.length > 0 ? texts.done : texts.nothingDone)

/** The inbox row of the action: already acted on, so that the engine passes it by and the balance holds. */
async function register(tx: Tx, viewer: Viewer, action: Action, externalId: string, now: Date): Promise<number> {
  const about = 'number' in action.input ? ` ${String(action.input.number)}` : ''
  const payload: IncomingMessage = {
    channel: WEB,
    externalId,
    conversation: `web:${viewer.personId}`,
    isPrivate: true,
    sender: { id: String(viewer.personId), name: viewer.name },
    sentAt: now.getTime(),
    event: { kind: 'button', data: `${action.command}${about}`.slice(0, 200) },
  }
  const { channel, conversation } = payload
  const row = await tx.inboxMessage.create({
    data: { channel, externalId, conversation, payload, receivedAt: now, status: 'acted', handledAt: now },
  })
  return row.id
}

/** The turn of a tap in private by the account that signed in; null when it is no longer theirs. */
async function turnOf(
  tx: Tx,
  options: DeskOptions,
  viewer: Viewer,
  action: Action,
  inboxId: number,
  now: Date,
): Promise<Turn | null> {
  const account = await tx.account.findUnique({ where: { id: viewer.session.accountId }, include: { person: true } })
  const community = await tx.community.findUnique({ where: { id: action.communityId } })
  if (!account || account.personId !== viewer.personId || !community) return null
  const roles = await rolesOf(tx, viewer.personId, community, now)
  const chat = account.privateChat
    ? await tx.chat.findUnique({
        where: { channel_externalId: { channel: account.channel, externalId: account.privateChat } },
      })
    : null
  const said: Said =
    action.phrase === undefined
      ? { kind: 'choice', command: action.command, input: action.input }
      : { kind: 'text', text: action.phrase, attachments: [], quoted: null, addressed: true }
  return {
    inboxId,
    now,
    actor: actorOf(account, roles),
    place: {
      chatId: chat?.id ?? -1,
      kind: 'private',
      channel: WEB,
      conversation: `web:${viewer.personId}`,
      name: '',
      gridId: null,
    },
    community: communityView(community),
    said,
    understanding: action.words === undefined ? null : options.understand(action.words),
    triage: null,
  }
}
