import { actorOf, communityOf, meetAccount, meetChat, rolesOf } from '../community/actors.js'
import { communityView } from '../community/settings.js'
import type { Database } from '../db/client.js'
import type { Tx } from '../db/transaction.js'
import type { Triage, Understanding } from '../kernel/intent.js'
import { type IncomingMessage, incomingSchema } from '../kernel/message.js'
import type { Decision, Module, Turn } from '../kernel/module.js'
import type { Thresholds } from '../kernel/thresholds.js'
import { type Chosen, chooseCommand, mayUse } from './choose.js'
import { carryOut } from './decision.js'
import { housekeep } from './housekeeping.js'
import { resolveSaid } from './said.js'
import { scrubbedRow } from './scrub.js'
import { EXPIRED_BUTTON, NOT_UNDERSTOOD, refusedText, STRANGE_CHOICE } from './texts.js'

/** What became of an inbox row. */
export type Outcome = 'acted' | 'left_alone' | 'already_handled'

/** Judges a message's words; may consult a language model, so it is asked before the transaction. */
export type Understand = (message: IncomingMessage) => Promise<Understanding | null>

export interface TurnDependencies {
  readonly db: Database
  readonly modules: readonly Module[]
  readonly understand: Understand
  readonly triage: (understanding: Understanding, thresholds: Thresholds) => Triage
}

/**
 * One turn: one message, one transaction. Reads who speaks and where, finds the command, lets it decide, and writes
 * tables, ledger, outbox rows and the inbox row's end together: a crash leaves all of it or nothing.
 */
export async function runTurn(deps: TurnDependencies, inboxId: number, now: Date): Promise<Outcome> {
  const row = await deps.db.read.inboxMessage.findUniqueOrThrow({ where: { id: inboxId } })
  const message = incomingSchema.parse(row.payload)
  const understanding = await deps.understand(message)
  return deps.db
    .write(async (tx) => {
      const { outcome, scrub } = await decideTurn(tx, deps, message, understanding, inboxId, now)
      const closed = await tx.inboxMessage.updateMany({
        where: { id: inboxId, status: 'received' },
        data: { status: outcome, handledAt: now, ...(scrub ? scrubbedRow(message, now) : {}) },
      })
      if (closed.count !== 1) throw new AlreadyHandled()
      if (scrub) deps.db.forgetSoon()
      return outcome
    })
    .catch((error: unknown) => {
      if (error instanceof AlreadyHandled) return 'already_handled' as const
      throw error
    })
}

class AlreadyHandled extends Error {}

interface Ended {
  readonly outcome: 'acted' | 'left_alone'
  readonly scrub: boolean
}

async function decideTurn(
  tx: Tx,
  deps: TurnDependencies,
  message: IncomingMessage,
  understanding: Understanding | null,
  inboxId: number,
  now: Date,
): Promise<Ended> {
  const { modules } = deps
  const place = await meetChat(tx, message, now)
  const account = await meetAccount(tx, message, place, now)
  await housekeep(tx, message, place, account.id)
  const communityRow = await communityOf(tx, place, account)
  const roles = account.personId ? await rolesOf(tx, account.personId, communityRow, now) : []
  const resolved = await resolveSaid(tx, message, place, now)
  const community = communityRow ? communityView(communityRow) : null
  const base = {
    inboxId,
    now,
    actor: actorOf(account, roles),
    place,
    community,
    understanding,
    triage: understanding && community ? deps.triage(understanding, community.settings.triage) : null,
  }
  if (resolved.kind === 'expired') {
    const turn: Turn = { ...base, said: { kind: 'text', text: '', attachments: [], quoted: null, addressed: true } }
    return finish(tx, modules, reply(turn, 'expired', EXPIRED_BUTTON), turn)
  }
  const turn: Turn = { ...base, said: resolved.said }
  const commands = modules.flatMap((module) => module.commands)
  const chosen = await chooseCommand(tx, commands, turn)
  return finish(tx, modules, await answer(tx, chosen, turn), chosen?.turn ?? turn)
}

/** Runs the chosen command, or says kindly why there is none. */
async function answer(tx: Tx, chosen: Chosen | null, turn: Turn): Promise<Decision> {
  if (!chosen) {
    if (turn.said.kind === 'choice') return reply(turn, 'strange', STRANGE_CHOICE)
    const toUs = turn.said.kind === 'text' && turn.said.addressed && turn.place.kind === 'private'
    return toUs ? reply(turn, 'not-understood', NOT_UNDERSTOOD) : { events: [], drafts: [], leftAlone: true }
  }
  if (!mayUse(chosen.command, turn.actor.roles)) {
    // In a residents' group a neighbour who happens to say the words is not corrected in front of all.
    const silent = turn.place.kind === 'residents' && turn.said.kind === 'text' && !turn.said.addressed
    return silent
      ? { events: [], drafts: [], leftAlone: true }
      : reply(turn, 'refused', refusedText(chosen.command.roles))
  }
  return chosen.command.run(tx, chosen.turn, chosen.input)
}

const reply = (turn: Turn, name: string, text: string): Decision => ({
  events: [],
  drafts: [{ key: `turn:${turn.inboxId}:${name}`, to: { kind: 'here' }, text, priority: 'reply', mention: true }],
})

async function finish(tx: Tx, modules: readonly Module[], decision: Decision, turn: Turn): Promise<Ended> {
  const cause = { now: turn.now, inboxId: turn.inboxId, actor: `account:${turn.actor.accountId}` }
  await carryOut(tx, modules, decision, cause, turn)
  const idle = decision.leftAlone && decision.events.length === 0 && decision.drafts.length === 0
  return { outcome: idle ? 'left_alone' : 'acted', scrub: decision.scrubInbox ?? false }
}
