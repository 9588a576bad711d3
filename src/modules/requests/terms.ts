import type { Category } from '../../kernel/intent.js'
import type { CommunityView } from '../../kernel/module.js'
import { termEnd } from '../../kernel/work-calendar.js'
import type { Kind } from './types.js'

/** Categories that must be taken up and closed sooner. */
const PROMPT: ReadonlySet<Category> = new Set(['facility', 'safety'])
const MINUTE_MS = 60_000

/** Until when a request must be taken up and closed, by urgency and category, on the Chinese working calendar. */
export function termsOf(
  request: { kind: Kind; category: Category; urgent: boolean },
  community: Pick<CommunityView, 'settings' | 'timezone'>,
  from: Date,
): { acceptBy: Date; closeBy: Date } {
  const { terms, workHours } = community.settings
  if (request.urgent)
    return {
      acceptBy: new Date(from.getTime() + terms.urgentAcceptMinutes * MINUTE_MS),
      closeBy: new Date(from.getTime() + terms.urgentCloseMinutes * MINUTE_MS),
    }
  const end = (days: number) => termEnd(from, days, workHours.to, community.timezone)
  if (request.kind === 'consult') return { acceptBy: end(terms.consultCloseDays), closeBy: end(terms.consultCloseDays) }
  return PROMPT.has(request.category)
    ? { acceptBy: end(terms.promptAcceptDays), closeBy: end(terms.promptCloseDays) }
    : { acceptBy: end(terms.otherAcceptDays), closeBy: end(terms.otherCloseDays) }
}

/** The term to take a request up, as people are told it. */
export function acceptWords(request: { category: Category }, community: Pick<CommunityView, 'settings'>): string {
  const { promptAcceptDays, otherAcceptDays } = community.settings.terms
  return `${PROMPT.has(request.category) ? promptAcceptDays : otherAcceptDays}个工作日内`
}
