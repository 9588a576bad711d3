import { actorOf, communityOf, meetAccount, meetChat, rolesOf } from '../community/actors.js'
import type { Database } from '../db/client.js'
import { readJson } from '../db/sql.js'
import type { Sql, Tx } from '../db/transaction.js'
import type { Triage, Understanding } from '../kernel/intent.js'
import { type IncomingMessage, incomingSchema } from '../kernel/message.js'
import type { AnyCommand, Decision, Module, Turn } from '../kernel/module.js'
import type { Thresholds } from '../kernel/thresholds.js'
import { type Chosen, chooseCommand, mayUse } from './choose.js'
import { carryOut } from './decision.js'
import { housekeep, isHousekeeping } from './housekeeping.js'
import { type Resolved, resolveSaid } from './said.js'
import { scrubbedRow } from './scrub.js'
import {
  EXPIRED_BUTTON,
  lateChoiceText,
  NOT_UNDERSTOOD,
  refusedText,
  repeatedChoiceText,
  STRANGE_CHOICE,
} from './texts.js'

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

/** Opens Prisma's part of the turn's transaction: most turns never need it. */
type Open = () => Promise<Tx>

/**
 * One turn: one message, one transaction. Reads who speaks and where, finds the command, lets it decide, and writes
 * tables, ledger, outbox rows and the inbox row's end together: a crash leaves all of it or nothing.
 */
export function createTurns(deps: TurnDependencies): (inboxId: number, now: Date) => Promise<Outcome> {
  const commands = deps.modules.flatMap((module) => module.commands)
  return async (inboxId, now) => {
    const row = await deps.db.sql.row<{ payload: unknown }>(
      `SELECT payload FROM "InboxMessage" WHERE id = ? AND status = 'received'`,
      [inboxId],
    )
    if (!row) return 'already_handled'
    const message = incomingSchema.parse(readJson(row.payload))
    const understanding = await deps.understand(message)
    return deps.db
      .turn(async (sql, open) => {
        const { outcome, scrub } = await decideTurn(sql, open, { deps, commands, message, understanding, inboxId, now })
        if (!(await close(sql, open, { message, inboxId, now, outcome, scrub }))) throw new AlreadyHandled()
        if (scrub) deps.db.forgetSoon()
        return outcome
      })
      .catch((error: unknown) => {
        if (error instanceof AlreadyHandled) return 'already_handled' as const
        throw error
      })
  }
}

class AlreadyHandled extends Error {}

interface Ended {
  readonly outcome: 'acted' | 'left_alone'
  readonly scrub: boolean
}

/** Ends the inbox row; false when another reading of it came first. */
async function close(
  sql: Sql,
  open: Open,
  { message, inboxId, now, outcome, scrub }: Ended & Pick<Given, 'message' | 'inboxId' | 'now'>,
): Promise<boolean> {
  if (!scrub)
    return (
      (await sql.run(`UPDATE "InboxMessage" SET status = ?, "handledAt" = ? WHERE id = ? AND status = 'received'`, [
        outcome,
        now,
        inboxId,
      ])) === 1
    )
  const closed = await (await open()).inboxMessage.updateMany({
    where: { id: inboxId, status: 'received' },
    data: { status: outcome, ...scrubbedRow(message, now) },
  })
  return closed.count === 1
}

interface Given {
  readonly deps: TurnDependencies
  readonly commands: readonly AnyCommand[]
  readonly message: IncomingMessage
  readonly understanding: Understanding | null
  readonly inboxId: number
  readonly now: Date
}

async function decideTurn(sql: Sql, open: Open, given: Given): Promise<Ended> {
  const { deps, commands, message, understanding, inboxId, now } = given
  const place = await meetChat(sql, message, now)
  const account = await meetAccount(sql, message, place, now)
  if (isHousekeeping(message)) await housekeep(await open(), message, place, account.id)
  const community = await communityOf(sql, place, account)
  const roles = account.personId ? await rolesOf(sql, account.personId, community, now) : []
  const resolved = await resolveSaid(sql, { message, place, inboxId, now })
  const base = {
    inboxId,
    now,
    actor: actorOf(account, roles),
    place,
    community,
    understanding,
    triage: understanding && community ? deps.triage(understanding, community.settings.triage) : null,
  }
  if (resolved.kind !== 'said') {
    const turn: Turn = { ...base, said: { kind: 'text', text: '', attachments: [], quoted: null, addressed: true } }
    return finish(open, deps.modules, unresolved(turn, resolved), turn)
  }
  const turn: Turn = { ...base, said: resolved.said }
  const chosen = await chooseCommand(sql, commands, turn)
  return finish(open, deps.modules, await answer(open, chosen, turn), chosen?.turn ?? turn)
}

/** What is said to a tap or number that cannot be taken as it stands. */
function unresolved(turn: Turn, resolved: Exclude<Resolved, { kind: 'said' }>): Decision {
  switch (resolved.kind) {
    case 'expired':
      return reply(turn, 'expired', EXPIRED_BUTTON)
    case 'repeated':
      return reply(turn, 'repeated', repeatedChoiceText(resolved.label))
    case 'late': {
      const { createdAt, options } = resolved.offer
      const timezone = turn.community?.timezone ?? 'Asia/Shanghai'
      const [draft] = reply(turn, 'late', lateChoiceText(createdAt, timezone)).drafts
      return { events: [], drafts: draft ? [{ ...draft, choices: options }] : [] }
    }
  }
}

/** Runs the chosen command, or says kindly why there is none. */
async function answer(open: Open, chosen: Chosen | null, turn: Turn): Promise<Decision> {
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
  return chosen.command.run(await open(), chosen.turn, chosen.input)
}

const reply = (turn: Turn, name: string, text: string): Decision => ({
  events: [],
  drafts: [{ key: `turn:${turn.inboxId}:${name}`, to: { kind: 'here' }, text, priority: 'reply', mention: true }],
})

async function finish(open: Open, modules: readonly Module[], decision: Decision, turn: Turn): Promise<Ended> {
  const cause = { now: turn.now, inboxId: turn.inboxId, actor: `account:${turn.actor.accountId}` }
  const nothing = decision.events.length === 0 && decision.drafts.length === 0
  if (!nothing || decision.ask) await carryOut(await open(), modules, decision, cause, turn)
  const idle = decision.leftAlone && nothing
  return { outcome: idle ? 'left_alone' : 'acted', scrub: decision.scrubInbox ?? false }
}
