import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { localDate } from '../../../kernel/local-time.js'
import { command, type Decision, type Turn } from '../../../kernel/module.js'
import { findAddresses } from '../decide-address.js'
import { isBareAddress } from '../decide-head.js'
import { plainText } from '../decide-plain.js'
import { reply, say } from '../decide-reply.js'
import { recordText, type VisitLine } from '../decide-words.js'
import { findHousehold } from '../find-household.js'
import { gridSpans, gridsOn } from '../spans.js'
import { ledgerTexts, logTexts } from '../texts.js'
import type { HouseholdRow, Outcome, Resolution } from '../types.js'
import { staffWords, VISITORS } from './staff.js'
import { startOf } from './start.js'

const BEFORE = /^(?:查|看看?)?走访(?:记录|日记|情况)[\s:：]*(.{3,30})$/
const BEHIND =
  /^(.{3,30}?)[\s,，]*(?:的?走访(?:记录|日记|情况)|上次.{0,6}(?:走访|去|见).{0,4}|走访过(?:吗|没有?)|情况怎(?:么)?样)[?？]?$/

interface RecordState {
  readonly resolution: Resolution
  readonly lastMet: string | null
  readonly lines: readonly VisitLine[]
  readonly today: string
}

/** Lines of a household's record. */
const SHOWN = 5
const inputSchema = z.object({ home: z.string().max(40) })

const homeIn = (words: string, patterns: readonly RegExp[]): string | null => {
  const home = patterns
    .map((pattern) => pattern.exec(words)?.[1]?.trim())
    .find((found) => found && isBareAddress(found))
  return home ?? null
}

/** 走访记录 3-2-501: what to know before knocking. Only in private: it tells of people's lives. */
export const household = command<z.infer<typeof inputSchema>, RecordState | null>({
  name: 'visits.household',
  help: { say: '走访记录 3-2-501', does: '看这户上次什么时候见到、说了什么（私聊）', roles: VISITORS },
  roles: VISITORS,
  input: inputSchema,
  match: (turn) => {
    const home = turn.place.kind === 'private' ? homeIn(plainText(staffWords(turn) ?? ''), [BEFORE, BEHIND]) : null
    return home === null ? null : { home }
  },
  load: loadRecord,
  decide: decideRecord,
})

/** An address and nothing else: the same record, and the question how it was. */
export const openHousehold = command<z.infer<typeof inputSchema>, RecordState | null>({
  name: 'visits.open-household',
  roles: VISITORS,
  input: inputSchema,
  match: (turn) => {
    const words = plainText(staffWords(turn) ?? '')
    if (turn.place.kind !== 'private' || words.length > 30 || !isBareAddress(words)) return null
    return { home: words }
  },
  load: loadRecord,
  decide: decideRecord,
})

async function loadRecord(tx: Tx, turn: Turn, { home }: { readonly home: string }): Promise<RecordState | null> {
  const { community, actor } = turn
  const address = findAddresses(home)[0]?.address
  if (!community || actor.personId === null || !address) return null
  const today = localDate(turn.now, community.timezone)
  const own = gridsOn(await gridSpans(tx, community, actor.personId), today)
  const slip = { address, householdId: null, outcome: 'met' as const, day: null, name: null, text: '' }
  const resolution = await findHousehold(tx, community.id, slip, own, null)
  if (resolution.kind !== 'found') return { resolution, lastMet: null, lines: [], today }
  const { household: found } = resolution
  const state = await tx.visitHousehold.findUnique({ where: { householdId: found.id } })
  const rows = await tx.visit.findMany({
    where: { householdId: found.id, status: 'valid' },
    orderBy: [{ day: 'desc' }, { id: 'desc' }],
    take: SHOWN,
  })
  const lines = rows.map((row) => ({
    ...row,
    household: found,
    outcome: row.outcome as Outcome,
    note: ledgerTexts.shortNote(row),
  }))
  return { resolution, lastMet: state?.lastMetDay ?? null, lines, today }
}

function decideRecord(state: RecordState | null, turn: Turn): Decision {
  if (!state) return say(turn, 'record', logTexts.whichHouseholdPlain)
  const { resolution } = state
  if (resolution.kind === 'found') {
    const { draft, ask } = startOf(resolution.household, turn)
    const text = recordText(resolution.household, state.lastMet, state.lines, state.today)
    return {
      events: [],
      drafts: [{ ...draft, text: `${text}\n${logTexts.askAgain}`, subject: `household:${resolution.household.id}` }],
      ask,
    }
  }
  if (resolution.kind === 'empty') return say(turn, 'record', logTexts.whichHouseholdPlain)
  if (resolution.kind === 'none') return say(turn, 'record', logTexts.notFound(resolution.asked))
  const text = resolution.kind === 'several' ? logTexts.whichOf(resolution.asked) : logTexts.near(resolution.asked)
  return { events: [], drafts: [{ ...reply(turn, 'record', text), choices: resolution.households.map(toStart) }] }
}

const toStart = (one: HouseholdRow) => ({
  label: logTexts.household(one),
  command: 'visits.start',
  input: { householdId: one.id },
})
