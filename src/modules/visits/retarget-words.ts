import type { DomainEvent } from '../../kernel/module.js'
import { monthName } from './texts.js'
import { staffTexts } from './texts-staff.js'
import type { MonthView } from './types.js'

/** `11月目标 26 户。` for each goal that changed. */
export const newTargets = (events: readonly DomainEvent<MonthView>[]): string =>
  events.map(({ data }) => staffTexts.newTarget(monthName(data.month), data.target)).join('')
