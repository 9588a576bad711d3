import { describe, expect, it } from 'vitest'
import { type FlagVisit, flagsOf } from './decide-flags.js'
import { nearest } from './decide-near.js'
import { planVisits } from './decide-plan.js'
import { helperFor, isWorkTime, stageOf } from './decide-remind.js'
import type { PlanHousehold } from './types.js'

const TODAY = '2026-11-23'
const RULES = {
  tierDays: { ordinary: 183, key: 31, high_risk: 7 },
  wanted: 3,
  most: 12,
  requestDays: 14,
  metThisMonth: new Set<number>(),
  skip: new Set<number>(),
}

const household = (id: number, building: string, room: string, more: Partial<PlanHousehold> = {}): PlanHousehold => ({
  id,
  gridId: 1,
  estate: '',
  building,
  unit: '1',
  room,
  headName: '',
  tier: 'ordinary',
  occupancy: 'owned',
  lastMetDay: '2026-06-01',
  lastRequestDay: null,
  ...more,
})

const planned = (households: readonly PlanHousehold[], rules: Partial<typeof RULES> = {}) =>
  planVisits(households, TODAY, { ...RULES, ...rules }).map((stop) => [
    stop.building,
    ...stop.entries.map((entry) => `${entry.household.room} ${entry.reason.kind}`),
  ])

describe('whom to visit', () => {
  it('puts care first, then those who reported something, then who waited longest', () => {
    const households = [
      household(1, '3', '501', { tier: 'high_risk', lastMetDay: '2026-11-18' }),
      household(2, '3', '502', { tier: 'key', lastMetDay: '2026-10-25' }),
      household(3, '5', '101', { lastRequestDay: '2026-11-20' }),
      household(4, '9', '101', { lastMetDay: null }),
      household(5, '3', '601', { lastMetDay: '2026-05-01' }),
    ]
    expect(planned(households)).toEqual([
      ['3', '501 high_risk', '502 key'],
      ['5', '101 request'],
    ])
    // The fourth is taken where one is anyway, before somebody never visited across the estate.
    expect(planned(households, { wanted: 4 })).toEqual([
      ['3', '501 high_risk', '502 key', '601 ordinary'],
      ['5', '101 request'],
    ])
    expect(planned(households, { wanted: 5 }).at(-1)).toEqual(['9', '101 never'])
  })

  it('leaves out the vacant, the met of this month and what was shown before', () => {
    const households = [
      household(1, '3', '501', { occupancy: 'vacant', lastMetDay: null }),
      household(2, '3', '502'),
      household(3, '3', '601'),
      household(4, '3', '602', { tier: 'key', lastMetDay: '2026-11-20' }),
    ]
    expect(planned(households, { metThisMonth: new Set([2, 4]), skip: new Set([3]) })).toEqual([])
  })

  it('forgets a request once somebody went there, and after two weeks', () => {
    const seen = household(1, '3', '501', { lastRequestDay: '2026-11-20', lastMetDay: '2026-11-21' })
    const old = household(2, '3', '502', { lastRequestDay: '2026-11-01' })
    expect(planned([seen, old], { wanted: 0 })).toEqual([])
  })

  it('goes up a house once: units, then floors', () => {
    const at = (id: number, unit: string, room: string) => household(id, '10', room, { unit, lastMetDay: null })
    const stops = planned([at(1, '2', '101'), at(2, '1', '1201'), at(3, '1', '302')])
    expect(stops).toEqual([['10', '302 never', '1201 never', '101 never']])
  })
})

describe('an address that does not exist', () => {
  it('brings the likeliest, the worker’s own first', () => {
    const rows = [household(1, '3', '501'), household(2, '3', '502'), household(3, '13', '505')]
    const wanted = { building: '3', unit: '1', room: '505' }
    expect(nearest(wanted, rows, [1]).map((row) => row.id)).toEqual([1, 2, 3])
    expect(nearest(wanted, [household(9, '88', '1414')], [1])).toEqual([])
  })
})

describe('reminders', () => {
  const pace = { needed: 20, behind: 8, ahead: 0, gap: 18, daysLeft: 8, fraction: 0.6 }

  it('come by stages, and only when really behind', () => {
    expect(stageOf(30, pace)).toBe(2)
    expect(stageOf(30, { ...pace, fraction: 0.1 })).toBeNull()
    expect(stageOf(30, { ...pace, behind: 2 })).toBeNull()
    expect(stageOf(30, { ...pace, behind: 0, daysLeft: 3 })).toBe('last')
    expect(stageOf(30, { ...pace, gap: 0 })).toBeNull()
    expect(stageOf(0, { ...pace, daysLeft: 1 })).toBeNull()
  })

  it('keep to the working day', () => {
    const hours = { from: 8.5, to: 17.5 }
    expect([8.4, 8.5, 17.5, 17.6].map((hour) => isWorkTime(hour, true, hours))).toEqual([false, true, true, false])
    expect(isWorkTime(10, false, hours)).toBe(false)
  })

  it('offer the help of who has most room, and of nobody who is as short', () => {
    const colleague = (id: number, met: number) => ({ id, name: `${id}`, target: 30, met })
    expect(helperFor(10, [colleague(1, 26), colleague(2, 29)])).toMatchObject({ colleague: { id: 2 }, households: 5 })
    expect(helperFor(10, [colleague(1, 20)])).toBeNull()
    expect(helperFor(1, [colleague(1, 30)])).toBeNull()
  })
})

describe('oddities', () => {
  const rules = { burst: 3, burstMinutes: 10, sameText: 3 }
  const visit = (n: number, minute: number, more: Partial<FlagVisit> = {}): FlagVisit => ({
    householdId: n,
    day: TODAY,
    key: `${n}.0`,
    loggedAt: new Date(Date.UTC(2026, 10, 23, 2, minute)),
    text: `第${n}户情况`,
    outside: false,
    outcome: 'met',
    ...more,
  })
  const kinds = (visits: readonly FlagVisit[]) => flagsOf(visits, visits, rules).map((flag) => flag.kind)

  it('are bursts of messages, the same words, and visits outside', () => {
    expect(kinds([visit(1, 0), visit(2, 4), visit(3, 10)])).toEqual(['burst'])
    expect(kinds([visit(1, 0), visit(2, 4), visit(3, 11)])).toEqual([])
    // A day told in one message is no burst.
    expect(kinds([1, 2, 3].map((n) => visit(n, 0, { key: `7.${n}` })))).toEqual([])
    expect(kinds([1, 2, 3].map((n) => visit(n, n * 20, { text: '家里 都好。' })))).toEqual(['same_text'])
    expect(kinds([visit(1, 0, { outside: true })])).toEqual(['outside'])
    expect(kinds([1, 2, 3].map((n) => visit(n, 0, { outcome: 'not_home', outside: true, text: '没人' })))).toEqual([])
  })

  it('of the same words are told when the count passes the limit and when it doubles, not every day', () => {
    const told = (before: number, today: number, text: string) => {
      const all = Array.from({ length: before + today }, (_, n) => visit(n, n * 20, { text }))
      return flagsOf(all.slice(before), all, rules).map((flag) => flag.detail)
    }
    const limit = rules.sameText
    expect(told(limit - 1, 1, '家里都好')).toHaveLength(1)
    expect(told(limit, 1, '家里都好')).toEqual([])
    expect(told(2 * limit - 1, 1, '家里都好')).toHaveLength(1)
    expect(told(0, 2 * limit, '家里都好')).toHaveLength(1)
    // The bot's own button says these words.
    expect(told(limit - 1, 1, '一切正常')).toEqual([])
    expect(told(4 * limit - 1, 1, '一切正常')).toHaveLength(1)
  })
})
