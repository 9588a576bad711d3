import { Cron } from 'croner'
import { z } from 'zod'
import { customPageSchema } from '../kernel/custom-page.js'
import type { CommunitySettings, CommunityView } from '../kernel/module.js'
import { thresholdsSchema } from '../kernel/thresholds.js'

const hour = z.number().min(0).max(24)
/** A span of the day that has some length: without one nothing could ever be sent, and no term could end. */
const span = (from: number, to: number) =>
  z
    .object({ from: hour.default(from), to: hour.default(to) })
    .refine((hours) => hours.from < hours.to, '开始的时间要早于结束的时间')
/** Five fields; what cannot be read as a schedule would stop the clock of the whole community. */
const schedule = z.string().refine(isSchedule, '看不懂这个时间')

function isSchedule(expression: string): boolean {
  try {
    new Cron(expression, { paused: true })
    return expression.trim().split(/\s+/).length === 5
  } catch {
    return false
  }
}

/**
 * What a community may set for itself, each figure with a most, lest a slip of the finger stop its clock; every part has a default of ours, since the figures vary by place and year.
 * Stored as JSON in Community.settings; only what differs from the defaults is stored.
 */
export const settingsSchema = z.object({
  triage: thresholdsSchema.prefault({}),
  terms: z
    .object({
      urgentAcceptMinutes: z.number().positive().max(1440).default(30),
      urgentCloseMinutes: z.number().positive().max(10080).default(120),
      promptAcceptDays: z.number().int().positive().max(60).default(1),
      promptCloseDays: z.number().int().positive().max(250).default(3),
      otherAcceptDays: z.number().int().positive().max(60).default(1),
      otherCloseDays: z.number().int().positive().max(250).default(5),
      consultCloseDays: z.number().int().positive().max(60).default(1),
      urgentSilenceMinutes: z.number().positive().max(1440).default(2),
    })
    .prefault({}),
  contestDays: z.number().int().positive().max(365).default(7),
  daytime: span(8, 20).prefault({}),
  workHours: span(8.5, 17.5).prefault({}),
  sameProblemDays: z.number().positive().max(365).default(7),
  chatterDays: z.number().int().positive().max(3650).default(7),
  attachmentDays: z.number().int().positive().max(36500).default(730),
  /** Words of the community's own; those that no longer fit are passed over when said. */
  texts: z.record(z.string(), z.string()).default({}),
  ledger: z
    .object({
      closeDay: z.number().int().min(1).max(28).default(5),
      closeHour: z.number().int().min(8).max(19).default(9),
      outboxDays: z.number().int().positive().max(3650).default(90),
      pages: z
        .array(customPageSchema)
        .max(50)
        .refine((pages) => new Set(pages.map((page) => page.page)).size === pages.length, '台账页的名称不能重复')
        .default([]),
    })
    .prefault({}),
  visits: z
    .object({
      quota: z.number().int().nonnegative().max(1000).default(30),
      monthStartDay: z.number().int().min(1).max(28).default(1),
      backdateDays: z.number().int().nonnegative().max(366).default(3),
      fullMonthDays: z.number().int().positive().max(31).default(20),
      tierDays: z
        .object({
          ordinary: z.number().int().positive().max(1500).default(183),
          key: z.number().int().positive().max(1500).default(31),
          high_risk: z.number().int().positive().max(1500).default(7),
        })
        .prefault({}),
      planSize: z.number().int().positive().max(100).default(12),
      schedule: z
        .object({
          plan: schedule.default('40 8 * * *'),
          pace: schedule.default('0 9 * * *'),
          monthEnd: schedule.default('30 9 * * *'),
          flags: schedule.default('40 17 * * *'),
        })
        .prefault({}),
      flags: z
        .object({
          burst: z.number().int().min(2).max(1000).default(10),
          burstMinutes: z.number().positive().max(1440).default(10),
          sameText: z.number().int().min(2).max(1000).default(5),
        })
        .prefault({}),
    })
    .prefault({}),
  surveys: z
    .object({
      smallestGroup: z.number().int().min(2).max(100).default(5),
      days: z.number().int().positive().max(366).default(10),
      spreadHours: z.number().positive().max(72).default(6),
      title: z
        .object({
          gain: z.number().min(0).max(100).default(85),
          keep: z.number().min(0).max(100).default(80),
          roundsToLose: z.number().int().positive().max(20).default(2),
          leastAnswers: z.number().int().positive().max(100000).default(30),
        })
        .prefault({}),
      rectifyBelow: z.number().min(0).max(100).default(60),
      rectifyDays: z.number().int().positive().max(366).default(30),
    })
    .prefault({}),
}) satisfies z.ZodType<CommunitySettings>

/** Settings as stored, with the defaults for what is not. */
export const settingsOf = (stored: unknown): CommunitySettings => settingsSchema.parse(stored ?? {})

export function communityView(row: {
  id: number
  code: string
  name: string
  subdistrictId: number
  timezone: string
  settings: unknown
}): CommunityView {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    subdistrictId: row.subdistrictId,
    timezone: row.timezone,
    settings: settingsOf(row.settings),
  }
}
