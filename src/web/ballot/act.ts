import { actorOf, rolesOf } from '../../community/actors.js'
import { communityView } from '../../community/settings.js'
import type { Tx } from '../../db/transaction.js'
import { mayUse } from '../../engine/choose.js'
import { carryOut } from '../../engine/decision.js'
import type { BallotPage } from '../../kernel/ballot-page.js'
import type { Turn } from '../../kernel/module.js'
import type { Door } from './door.js'
import type { BallotOptions } from './options.js'
import { texts } from './texts.js'

export interface Outcome {
  /** What the chat would have answered. */
  readonly text: string
  readonly saved: boolean
  readonly cast: boolean
}

const CHANNEL = 'web'

/**
 * Runs the command that a form stands for, in one transaction, as a tap in the chat would. It leaves no inbox row: who sent
 * what when is nothing that an anonymous ballot may keep. What the command answers is shown instead of sent.
 */
export async function act(
  { db, modules, booth, clock }: BallotOptions,
  door: Door,
  ballot: BallotPage,
  input: { readonly fields: Readonly<Record<string, readonly string[]>>; readonly cast: boolean },
): Promise<Outcome> {
  const now = clock.now()
  const command = modules.flatMap((module) => module.commands).find((one) => one.name === booth.command)
  const outcome = await db.write(async (tx): Promise<Outcome> => {
    const turn = await turnOf(tx, door, ballot, booth.command, now)
    if (!command || !turn || !mayUse(command, turn.actor.roles))
      return { text: texts.notYours, saved: false, cast: false }
    const decision = await command.run(tx, turn, { token: door.progress, ...input })
    const drafts = decision.drafts.filter((draft) => draft.to.kind !== 'here')
    const cause = { now, inboxId: null, actor: 'ballot' }
    await carryOut(tx, modules, { ...decision, ask: undefined, drafts }, cause, turn)
    return {
      text: decision.drafts.flatMap((draft) => (draft.to.kind === 'here' ? [draft.text] : [])).join('\n'),
      saved: decision.events.length > 0,
      cast: decision.events.some((event) => event.type === booth.castEvent),
    }
  })
  if (ballot.anonymous && outcome.saved) db.forgetSoon()
  return outcome
}

/** The turn of a tap in private by the account the link was sent to, with the roles it has now. */
async function turnOf(tx: Tx, door: Door, ballot: BallotPage, command: string, now: Date): Promise<Turn | null> {
  const account = await tx.account.findUnique({ where: { id: door.accountId }, include: { person: true } })
  const community = await tx.community.findUnique({ where: { id: ballot.communityId } })
  if (!account?.personId || !community) return null
  const roles = await rolesOf(tx, account.personId, community, now)
  return {
    inboxId: 0,
    now,
    actor: actorOf(account, roles),
    place: { chatId: -1, kind: 'private', channel: CHANNEL, conversation: CHANNEL, name: '', gridId: null },
    community: communityView(community),
    said: { kind: 'choice', command, input: {} },
    understanding: null,
    triage: null,
  }
}
