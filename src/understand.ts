import { settingsOfText } from './community/lookup.js'
import type { Database } from './db/client.js'
import type { Understand } from './engine/turn.js'
import type { Recogniser, UnderstandingContext } from './kernel/intent.js'
import type { IncomingMessage } from './kernel/message.js'
import type { Module, Role } from './kernel/module.js'
import type { Thresholds } from './kernel/thresholds.js'
import { DEFAULT_THRESHOLDS } from './kernel/thresholds.js'
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
  const { sql } = db
  const accounts = await sql.rows<{ id: number; role: Role | null }>(
    `SELECT a.id, r.role FROM "Account" a LEFT JOIN "RoleGrant" r ON r."personId" = a."personId" AND r."endsAt" IS NULL
     WHERE a.channel = ? AND a."externalId" = ?`,
    [message.channel, message.sender.id],
  )
  const chat = await sql.row<{ kind: string; settings: string | null }>(
    `SELECT c.kind, CAST(m.settings AS TEXT) AS settings FROM "Chat" c
     LEFT JOIN "Community" m ON m.id = c."communityId" WHERE c.channel = ? AND c."externalId" = ?`,
    [message.channel, message.conversation],
  )
  const roles = accounts.map(({ role }) => role)
  const accountId = accounts[0]?.id
  const facts = accountId ? await Promise.all(modules.map((module) => module.contextOf?.(sql, accountId))) : []
  const { event } = message
  const quoted = event.kind === 'text' ? event.quoted?.text : undefined
  const context: UnderstandingContext = {
    chatKind: message.isPrivate ? 'private' : chat?.kind === 'workers' ? 'workers' : 'residents',
    ...(quoted ? { quoted } : {}),
    senderRole: STAFF.find((role) => roles.includes(role)) ?? 'resident',
    addressed: event.kind === 'text' && (event.addressed || message.isPrivate),
    hasOpenRequest: facts.some((fact) => fact?.hasOpenRequest),
  }
  return { context, thresholds: chat?.settings ? settingsOfText(chat.settings).triage : DEFAULT_THRESHOLDS }
}
