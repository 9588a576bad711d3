import type { LocalDate } from '../../kernel/local-time.js'
import { logTexts } from './texts.js'
import { flagTexts } from './texts-remind.js'

export interface FlagVisit {
  readonly householdId: number
  readonly day: LocalDate
  /** The message it came with: visits told in one message are no burst. */
  readonly key: string
  readonly loggedAt: Date
  readonly text: string
  readonly outside: boolean
  readonly outcome: string
}

export interface Flag {
  readonly kind: 'burst' | 'same_text' | 'outside'
  readonly detail: string
}

/** The words of our own button are worth a look only when they are nearly all that is ever said. */
const OWN_WORDS = 4

/** Whether a count passed the limit, or twice, four times it, since before: told so, and not every day after. */
function crosses(before: number, now: number, limit: number): boolean {
  for (let mark = limit; mark <= now && limit > 0; mark *= 2) if (before < mark) return true
  return false
}

const bare = (text: string): string => text.replace(/[\s，,。；;、！!]/g, '')

/**
 * What a manager may want to look at: many separate messages within minutes, the same words for many households in the
 * month, visits outside the worker's grids. Nothing is blocked and no count changes.
 */
export function flagsOf(
  today: readonly FlagVisit[],
  month: readonly FlagVisit[],
  rules: { readonly burst: number; readonly burstMinutes: number; readonly sameText: number },
): Flag[] {
  const flags: Flag[] = []
  const burst = densest(today, rules.burstMinutes)
  if (burst >= rules.burst) flags.push({ kind: 'burst', detail: flagTexts.burst(burst, rules.burstMinutes) })
  const words = new Map<string, number>()
  for (const visit of month) {
    const text = bare(visit.text)
    if (visit.outcome === 'met' && text.length >= 4) words.set(text, (words.get(text) ?? 0) + 1)
  }
  const repeated = [...words]
    .filter(([text, count]) => {
      const now = today.filter((visit) => visit.outcome === 'met' && bare(visit.text) === text).length
      return crosses(count - now, count, text === bare(logTexts.fine) ? rules.sameText * OWN_WORDS : rules.sameText)
    })
    .sort((a, b) => b[1] - a[1])[0]
  if (repeated) flags.push({ kind: 'same_text', detail: flagTexts.sameText(repeated[0], repeated[1]) })
  const outside = today.filter((visit) => visit.outside && visit.outcome === 'met').length
  if (outside > 0) flags.push({ kind: 'outside', detail: flagTexts.outside(outside) })
  return flags
}

/** Most separate messages with a meeting within so many minutes. */
function densest(visits: readonly FlagVisit[], minutes: number): number {
  const messages = new Map(
    visits
      .filter((visit) => visit.outcome === 'met')
      .map((visit) => [visit.key.split('.')[0] ?? '', visit.loggedAt.getTime()]),
  )
  const times = [...messages.values()].sort((a, b) => a - b)
  let most = 0
  for (let start = 0, end = 0; end < times.length; end += 1) {
    while ((times[end] ?? 0) - (times[start] ?? 0) > minutes * 60_000) start += 1
    most = Math.max(most, end - start + 1)
  }
  return most
}
