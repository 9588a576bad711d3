import { settingsOf } from './community/settings.js'
import type { Database } from './db/client.js'
import type { Understand } from './engine/turn.js'
import type { Recogniser, UnderstandingContext } from './kernel/intent.js'
import type { IncomingMessage } from './kernel/message.js'
import type { Module, Role } from './kernel/module.js'
import type { Thresholds } from './kernel/thresholds.js'
import type { SecondOpinion } from './understanding/llm.js'

const STAFF = ['worker', 'coordinator', 'manager', 'officer'] as const

/**
 * Gathers what the recogniser may know besides the words, and asks it; in the unsure band the owner's language model too,
 * where there is one. Runs before the turn's transaction.
 */
export function createUnderstand(
  db: Database,
  modules: readonly Module[],
  recogniser: Recogniser,
  secondOpinion: SecondOpinion | null,
): Understand {
  return async (message) => {
    const { event } = message
    if (event.kind !== 'text' && event.kind !== 'edited') return null
    if (event.text.trim() === '') return null
    const { context, thresholds } = await surroundings(db, modules, message)
    const understood = recogniser.understand(event.text, context)
    return secondOpinion ? secondOpinion.review(event.text, understood, thresholds) : understood
  }
}

async function surroundings(
  db: Database,
  modules: readonly Module[],
  message: IncomingMessage,
): Promise<{ context: UnderstandingContext; thresholds: Thresholds }> {
  const account = await db.read.account.findUnique({
    where: { channel_externalId: { channel: message.channel, externalId: message.sender.id } },
    select: { id: true, person: { select: { roles: { select: { role: true, endsAt: true } } } } },
  })
  const chat = await db.read.chat.findUnique({
    where: { channel_externalId: { channel: message.channel, externalId: message.conversation } },
    select: { kind: true, community: { select: { settings: true } } },
  })
  const roles = account?.person?.roles.filter((one) => !one.endsAt).map((one) => one.role as Role) ?? []
  const facts = account ? await Promise.all(modules.map((module) => module.contextOf?.(db.read, account.id))) : []
  const { event } = message
  const quoted = event.kind === 'text' ? event.quoted?.text : undefined
  const context: UnderstandingContext = {
    chatKind: message.isPrivate ? 'private' : chat?.kind === 'workers' ? 'workers' : 'residents',
    ...(quoted ? { quoted } : {}),
    senderRole: STAFF.find((role) => roles.includes(role)) ?? 'resident',
    addressed: event.kind === 'text' && (event.addressed || message.isPrivate),
    hasOpenRequest: facts.some((fact) => fact?.hasOpenRequest),
  }
  return { context, thresholds: settingsOf(chat?.community?.settings).triage }
}
