import type { Database } from './db/client.js'
import type { Understand } from './engine/turn.js'
import type { Recogniser, UnderstandingContext } from './kernel/intent.js'
import type { IncomingMessage } from './kernel/message.js'
import type { Module, Role } from './kernel/module.js'

const STAFF = ['worker', 'coordinator', 'manager', 'officer'] as const

/** Gathers what the recogniser may know besides the words, and asks it. Runs before the turn's transaction. */
export function createUnderstand(db: Database, modules: readonly Module[], recogniser: Recogniser): Understand {
  return async (message) => {
    const { event } = message
    if (event.kind !== 'text' && event.kind !== 'edited') return null
    if (event.text.trim() === '') return null
    return recogniser.understand(event.text, await contextOf(db, modules, message))
  }
}

async function contextOf(
  db: Database,
  modules: readonly Module[],
  message: IncomingMessage,
): Promise<UnderstandingContext> {
  const account = await db.read.account.findUnique({
    where: { channel_externalId: { channel: message.channel, externalId: message.sender.id } },
    select: { id: true, person: { select: { roles: { select: { role: true, endsAt: true } } } } },
  })
  const chat = await db.read.chat.findUnique({
    where: { channel_externalId: { channel: message.channel, externalId: message.conversation } },
    select: { kind: true },
  })
  const roles = account?.person?.roles.filter((one) => !one.endsAt).map((one) => one.role as Role) ?? []
  const facts = account ? await Promise.all(modules.map((module) => module.contextOf?.(db.read, account.id))) : []
  const { event } = message
  const quoted = event.kind === 'text' ? event.quoted?.text : undefined
  return {
    chatKind: message.isPrivate ? 'private' : chat?.kind === 'workers' ? 'workers' : 'residents',
    ...(quoted ? { quoted } : {}),
    senderRole: STAFF.find((role) => roles.includes(role)) ?? 'resident',
    addressed: event.kind === 'text' && (event.addressed || message.isPrivate),
    hasOpenRequest: facts.some((fact) => fact?.hasOpenRequest),
  }
}
