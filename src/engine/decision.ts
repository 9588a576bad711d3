import { storableJson, storableText } from '../db/storable.js'
import type { Tx } from '../db/transaction.js'
import type { Cause, Decision, DomainEvent, Draft, Module, Turn } from '../kernel/module.js'
import { appendEntries } from '../ledger/entries.js'
import { post } from './post.js'

/** A reaction may cause events that others react to; a chain longer than this is a mistake in the modules. */
const MAX_REACTION_DEPTH = 5

/**
 * Carries out a decision inside its transaction: tables, ledger, other modules' reactions, outbox rows. This is the only
 * path on which anything changes, for turns and for jobs.
 */
export async function carryOut(
  tx: Tx,
  modules: readonly Module[],
  decision: Decision,
  cause: Cause,
  turn: Turn | null,
  depth = 0,
): Promise<void> {
  if (depth > MAX_REACTION_DEPTH) throw new Error('modules react to each other without end')
  const events = decision.events.map(storable)
  for (const event of events) {
    await owner(modules, event).apply(tx, event, cause)
    await appendEntries(tx, [event], cause)
  }
  for (const draft of decision.drafts) await post(tx, storableDraft(draft), turn, cause.now)
  if (decision.ask && turn) await remember(tx, decision.ask, turn)
  for (const event of events)
    for (const module of modules)
      for (const reaction of module.reactions)
        if (reaction.on.includes(event.type))
          await carryOut(tx, modules, await reaction.react(tx, event, cause), cause, null, depth + 1)
}

/** Modules shorten people's words, and a cut can part a sign from its other half. */
const storable = (event: DomainEvent): DomainEvent => ({
  ...event,
  text: storableText(event.text),
  data: JSON.parse(storableJson(event.data)) as object,
})

const storableDraft = (draft: Draft): Draft => ({
  ...draft,
  text: storableText(draft.text),
  ...(draft.groupText === undefined ? {} : { groupText: storableText(draft.groupText) }),
})

function owner(modules: readonly Module[], event: DomainEvent): Module {
  const prefix = event.type.split('.')[0]
  const found = modules.find((module) => module.eventPrefix === prefix)
  if (!found) throw new Error(`no module applies ${event.type}`)
  return found
}

async function remember(tx: Tx, question: NonNullable<Decision['ask']>, turn: Turn): Promise<void> {
  const key = { channel: turn.place.channel, conversation: turn.place.conversation, accountId: turn.actor.accountId }
  const rest = {
    command: question.command,
    input: question.input as object,
    createdAt: turn.now,
    expiresAt: new Date(turn.now.getTime() + question.expiresInMs),
  }
  await tx.pendingQuestion.upsert({
    where: { channel_conversation_accountId: key },
    create: { ...key, ...rest },
    update: rest,
  })
}
