import { shortTime } from '../../kernel/local-time.js'
import { maskText } from '../../kernel/masking.js'
import type { AttachmentRef } from '../../kernel/message.js'
import type { CommunityView, Decision, DomainEvent, Draft, Recipient } from '../../kernel/module.js'
import { urgentAdvice } from './advice.js'
import { attachedText } from './attached.js'
import { cardDrafts } from './card.js'
import { namesPublicPlace } from './places.js'
import { acceptWords, termsOf } from './terms.js'
import { excerpt, placeText, texts } from './texts.js'
import { type Logged, type LogState, type Report, subjectOf } from './types.js'

export interface LogRequest {
  readonly community: CommunityView
  readonly report: Report
  readonly state: LogState
  readonly now: Date
  readonly attachments: readonly AttachmentRef[]
  readonly origin?: Logged['origin']
  /** Where the reporter hears of it; null tells nobody (a worker logged it from a visit). */
  readonly replyTo: Recipient | null
  /** Whether that is a group: then the room is left out. */
  readonly inGroup: boolean
}

const HOUSE_CATEGORIES = new Set(['facility', 'utilities', 'sanitation', 'neighbour', 'construction', 'safety'])

/** Logs a request: the ledger event, the card for the worker, the word to the reporter. Used by every way in. */
export function decideLog(log: LogRequest): Decision {
  const { community, report, state, now } = log
  const { acceptBy, closeBy } = termsOf(report, community, now)
  const data: Logged = {
    number: state.number,
    kind: report.kind,
    reporterId: report.accountId,
    chatId: report.chatId,
    category: report.category,
    urgent: report.urgent,
    text: report.text,
    address: state.address,
    acceptBy: acceptBy.toISOString(),
    closeBy: closeBy.toISOString(),
    attachments: log.attachments,
    ...(log.origin ? { origin: log.origin } : {}),
  }
  const event: DomainEvent<Logged> = {
    type: 'request.logged',
    communityId: community.id,
    subject: subjectOf(state.number),
    page: 'requests',
    gridId: state.gridId,
    householdId: state.householdId,
    workerId: state.worker?.id ?? null,
    text: `登记：${excerpt(maskText(report.text), 120)}`,
    data,
  }
  const [first] = state.similar
  const card = cardDrafts(
    {
      communityId: community.id,
      gridId: state.gridId,
      worker: state.worker,
      kind: report.kind,
      number: state.number,
      urgent: report.urgent,
      maybeUrgent: report.maybeUrgent ?? false,
      category: report.category,
      address: state.address,
      reporter: report.reporterName,
      at: shortTime(now, community.timezone),
      text: report.text,
      due: shortTime(acceptBy, community.timezone),
      before: state.before,
      attached: attachedText(log.attachments),
      ...(first ? { similar: { number: first.request.number, saw: first.saw } } : {}),
    },
    'logged',
  )
  const answer = reply(log)
  const ask = needsPlace(log)
    ? { command: 'requests.where', input: { number: state.number }, expiresInMs: 30 * 60_000 }
    : undefined
  return { events: [event], drafts: [...answer, ...card], ...(ask ? { ask } : {}) }
}

function reply(log: LogRequest): Draft[] {
  const { report, state, community } = log
  if (!log.replyTo) return []
  const own = community.settings.texts
  const words = (full: boolean): string => {
    if (report.urgent) {
      const told = [state.worker, ...state.managers].flatMap((one) => (one ? [one.name] : []))
      return texts.urgentLogged(state.number, [...new Set(told)], urgentAdvice(report.text, own))
    }
    if (report.kind === 'consult') return texts.consultLogged(own, state.number, state.worker)
    const { number, address, worker } = state
    const named = { number, address, category: report.category }
    const line = texts.logged(own, named, worker, acceptWords(report, community), full)
    return needsPlace(log) ? `${line}${texts.askWhere(own)}` : line
  }
  return [
    {
      key: `request:${state.number}:logged`,
      to: log.replyTo,
      text: words(!log.inGroup),
      groupText: words(false),
      priority: report.urgent ? 'urgent' : 'reply',
      subject: subjectOf(state.number),
      mention: true,
    },
  ]
}

/** A fault of a house without a house: the worker would have to ask. Public places need none. */
function needsPlace({ report, state, replyTo }: LogRequest): boolean {
  if (!replyTo || report.kind === 'consult' || placeText(state.address, true)) return false
  return HOUSE_CATEGORIES.has(report.category) && !namesPublicPlace(report.text)
}
