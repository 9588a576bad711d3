import { z } from 'zod'
import { CATEGORIES, type Category } from '../../../kernel/intent.js'
import { shortTime } from '../../../kernel/local-time.js'
import { maskText } from '../../../kernel/masking.js'
import { type AttachmentRef, incomingSchema } from '../../../kernel/message.js'
import { command, type Decision, type Draft, type Turn } from '../../../kernel/module.js'
import { decideLog } from '../decide-log.js'
import { prepareLog } from '../prepare.js'
import { texts } from '../texts.js'
import type { LogState, Report, SameProblem } from '../types.js'
import { reportOf } from './report.js'
import { LEAVE, refuse, STAFF, say } from './shared.js'

const verdictInput = z.object({
  inboxId: z.number().int(),
  verdict: z.enum(['log', 'dismiss', 'ask', 'needed', 'not_needed']),
})
type VerdictInput = z.infer<typeof verdictInput>

interface SuspicionRow {
  readonly id: number
  readonly accountId: number
  readonly chatId: number
  readonly text: string
  readonly category: string
  readonly urgent: boolean
  readonly building: string | null
  readonly unit: string | null
  readonly room: string | null
  readonly status: string
  readonly inboxId: number
}

interface VerdictState {
  readonly suspicion: SuspicionRow | null
  readonly report: Report | null
  readonly state: LogState | null
  /** What came with the words. */
  readonly attachments: readonly AttachmentRef[]
}

async function loadVerdict(
  sameProblem: SameProblem,
  tx: Parameters<typeof prepareLog>[0],
  turn: Turn,
  given: VerdictInput,
): Promise<VerdictState> {
  const suspicion = await tx.suspicion.findFirst({
    where: { inboxId: given.inboxId, communityId: turn.community?.id ?? -1 },
  })
  if (!suspicion || !turn.community) return { suspicion: null, report: null, state: null, attachments: [] }
  const account = await tx.account.findUniqueOrThrow({ where: { id: suspicion.accountId }, include: { person: true } })
  const chat = await tx.chat.findUnique({ where: { id: suspicion.chatId }, select: { gridId: true } })
  const category = CATEGORIES.find((one) => one === suspicion.category) ?? 'other'
  const report: Report = {
    kind: 'request',
    accountId: account.id,
    reporterName: account.displayName,
    householdId: account.person?.householdId ?? null,
    chatId: suspicion.chatId,
    chatGridId: chat?.gridId ?? null,
    text: suspicion.text,
    category: category satisfies Category,
    urgent: suspicion.urgent,
    address: { building: suspicion.building, unit: suspicion.unit, room: suspicion.room },
  }
  const state = await prepareLog(tx, sameProblem, turn.community, report, turn.now)
  return { suspicion, report, state, attachments: await attachmentsSaid(tx, suspicion.inboxId) }
}

/** The message still stands in the inbox, unless its sender asked to be forgotten. */
async function attachmentsSaid(tx: Parameters<typeof prepareLog>[0], inboxId: number): Promise<AttachmentRef[]> {
  const row = await tx.inboxMessage.findUnique({ where: { id: inboxId }, select: { payload: true } })
  const parsed = incomingSchema.safeParse(row?.payload)
  return parsed.success && parsed.data.event.kind === 'text' ? parsed.data.event.attachments : []
}

const settled = (turn: Turn, suspicion: SuspicionRow, status: string) => ({
  type: 'request.suspicion_settled',
  communityId: turn.community?.id ?? -1,
  subject: `inbox:${suspicion.inboxId}`,
  page: null,
  text: '',
  data: { id: suspicion.id, status, personId: turn.actor.personId },
})

const kept = (turn: Turn, suspicion: SuspicionRow, intent: string) => ({
  type: 'request.example_kept',
  communityId: turn.community?.id ?? -1,
  subject: `inbox:${suspicion.inboxId}`,
  page: null,
  text: '',
  data: {
    text: maskText(suspicion.text),
    intent,
    category: intent === 'request' ? suspicion.category : null,
    urgent: intent === 'request' && suspicion.urgent,
    address: { building: suspicion.building, unit: suspicion.unit, room: suspicion.room },
    source: intent === 'request' ? 'logged' : 'dismissed',
  },
})

function logIt(turn: Turn, { suspicion, report, state, attachments }: VerdictState): Decision | null {
  if (!suspicion || !report || !state || !turn.community) return null
  const logged = decideLog({
    community: turn.community,
    report,
    state,
    now: turn.now,
    attachments,
    origin: { kind: 'suspicion', id: String(suspicion.id) },
    replyTo: { kind: 'account', accountId: report.accountId, groupId: report.chatId },
    inGroup: false,
  })
  return { ...logged, ask: undefined, events: [...logged.events, settled(turn, suspicion, 'logged')] }
}

/** The question to the worker, the worker's tap, and the resident's. */
export function suspicionCommands(sameProblem: SameProblem) {
  /** Plain talk that may be a request: the worker is asked with one tap, the group hears nothing. */
  const suspect = command<{ text: string }, LogState | null>({
    name: 'requests.suspect',
    roles: 'anyone',
    input: z.object({ text: z.string() }),
    match: (turn) => {
      const { said, triage, place, understanding } = turn
      if (said.kind !== 'text' || triage !== 'ask_worker' || place.kind !== 'residents' || !turn.community) return null
      if (turn.actor.roles.some((role) => role !== 'resident')) return null
      return understanding ? { text: said.text } : null
    },
    load: async (tx, turn, given) =>
      turn.community ? prepareLog(tx, sameProblem, turn.community, reportOf(turn, given.text), turn.now) : null,
    decide: (state, turn, given) => {
      const { community, understanding } = turn
      if (!community || !state || !understanding) return LEAVE
      const report = reportOf(turn, given.text)
      const data = {
        gridId: state.gridId,
        workerId: state.worker?.id ?? null,
        accountId: report.accountId,
        chatId: report.chatId,
        inboxId: turn.inboxId,
        text: report.text,
        category: report.category,
        urgent: report.urgent,
        address: report.address,
      }
      const question = texts.suspicion(
        report.text,
        report.reporterName,
        shortTime(turn.now, community.timezone).slice(6),
        report.category,
        report.urgent,
      )
      const input = { inboxId: turn.inboxId }
      const asked: Draft = {
        key: `suspicion:${turn.inboxId}`,
        to: state.worker
          ? { kind: 'person', personId: state.worker.id, communityId: community.id }
          : { kind: 'groups', communityId: community.id, groupKind: 'workers' },
        text: question,
        priority: report.urgent ? 'urgent' : 'reply',
        choices: [
          { label: '登记', command: 'requests.suspicion', input: { ...input, verdict: 'log' } },
          { label: '不是诉求', command: 'requests.suspicion', input: { ...input, verdict: 'dismiss' } },
          { label: '先问问他', command: 'requests.suspicion', input: { ...input, verdict: 'ask' } },
        ],
      }
      // What may be danger is shown to two pairs of eyes at once.
      const managers: Draft = {
        ...asked,
        key: `${asked.key}:managers`,
        to: { kind: 'managers', communityId: community.id },
      }
      const event = {
        type: 'request.suspected',
        communityId: community.id,
        subject: `inbox:${turn.inboxId}`,
        page: null,
        text: '',
        data,
      }
      return { events: [event], drafts: report.urgent ? [asked, managers] : [asked] }
    },
  })

  /** The worker's tap. */
  const suspicion = command<VerdictInput, VerdictState>({
    name: 'requests.suspicion',
    roles: STAFF,
    input: verdictInput,
    match: () => null,
    load: (tx, turn, given) => loadVerdict(sameProblem, tx, turn, given),
    decide: (found, turn, given) => {
      const { suspicion: row, report } = found
      if (!row || !report || row.status === 'logged' || row.status === 'dismissed')
        return refuse(turn, texts.suspicionGone)
      if (given.verdict === 'log') {
        const logged = logIt(turn, found)
        return logged ? { ...logged, events: [...logged.events, kept(turn, row, 'request')] } : LEAVE
      }
      if (given.verdict === 'dismiss')
        return {
          events: [settled(turn, row, 'dismissed'), kept(turn, row, 'chatter')],
          drafts: [say(turn, texts.dismissed)],
        }
      return {
        events: [settled(turn, row, 'asked')],
        drafts: [
          say(turn, texts.askedReporter),
          {
            key: `suspicion:${row.inboxId}:ask`,
            to: { kind: 'account', accountId: row.accountId, groupId: row.chatId },
            text: texts.askReporter(row.text),
            priority: 'reply',
            choices: [
              { label: '需要，请登记', command: 'requests.needed', input: { inboxId: row.inboxId, verdict: 'needed' } },
              { label: '不用', command: 'requests.needed', input: { inboxId: row.inboxId, verdict: 'not_needed' } },
            ],
          },
        ],
      }
    },
  })

  /** The resident's answer to the worker's “需要帮忙处理吗”. */
  const needed = command<VerdictInput, VerdictState>({
    name: 'requests.needed',
    roles: 'anyone',
    input: verdictInput,
    match: () => null,
    load: (tx, turn, given) => loadVerdict(sameProblem, tx, turn, given),
    decide: (found, turn, given) => {
      const { suspicion: row } = found
      // In a group anybody may tap: only the one who was asked is heard.
      if (!row || row.accountId !== turn.actor.accountId) return LEAVE
      if (row.status === 'logged' || row.status === 'dismissed') return refuse(turn, texts.suspicionGone)
      if (given.verdict === 'needed') return logIt(turn, found) ?? LEAVE
      return { events: [settled(turn, row, 'dismissed')], drafts: [say(turn, texts.neededNot)] }
    },
  })

  return { suspect, suspicion, needed }
}
