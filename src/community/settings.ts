import { z } from 'zod'
import { customPageSchema } from '../kernel/custom-page.js'
import type { CommunitySettings, CommunityView } from '../kernel/module.js'
import { thresholdsSchema } from '../kernel/thresholds.js'

const hour = z.number().min(0).max(24)

/**
 * What a community may set for itself; every part has a default of ours, since the figures vary by place and year.
 * Stored as JSON in Community.settings; only what differs from the defaults is stored.
 */
export const settingsSchema = z.object({
  triage: thresholdsSchema.prefault({}),
  terms: z
    .object({
      urgentAcceptMinutes: z.number().positive().default(30),
      urgentCloseMinutes: z.number().positive().default(120),
      promptAcceptDays: z.number().int().positive().default(1),
      promptCloseDays: z.number().int().positive().default(3),
      otherAcceptDays: z.number().int().positive().default(1),
      otherCloseDays: z.number().int().positive().default(5),
      consultCloseDays: z.number().int().positive().default(1),
      urgentSilenceMinutes: z.number().positive().default(2),
    })
    .prefault({}),
  contestDays: z.number().int().positive().default(7),
  daytime: z.object({ from: hour.default(8), to: hour.default(20) }).prefault({}),
  workHours: z.object({ from: hour.default(8.5), to: hour.default(17.5) }).prefault({}),
  sameProblemDays: z.number().positive().default(7),
  chatterDays: z.number().int().positive().default(7),
  ledger: z
    .object({
      closeDay: z.number().int().min(1).max(28).default(5),
      closeHour: z.number().int().min(8).max(19).default(9),
      outboxDays: z.number().int().positive().default(90),
      pages: z
        .array(customPageSchema)
        .max(50)
        .refine((pages) => new Set(pages.map((page) => page.page)).size === pages.length, '台账页的名称不能重复')
        .default([]),
    })
    .prefault({}),
  visits: z
    .object({
      quota: z.number().int().nonnegative().default(30),
      monthStartDay: z.number().int().min(1).max(28).default(1),
      backdateDays: z.number().int().nonnegative().default(3),
      fullMonthDays: z.number().int().positive().default(20),
      tierDays: z
        .object({
          ordinary: z.number().int().positive().default(183),
          key: z.number().int().positive().default(31),
          high_risk: z.number().int().positive().default(7),
        })
        .prefault({}),
      planSize: z.number().int().positive().default(12),
      schedule: z
        .object({
          plan: z.string().default('40 8 * * *'),
          pace: z.string().default('0 9 * * *'),
          monthEnd: z.string().default('30 9 * * *'),
          flags: z.string().default('40 17 * * *'),
        })
        .prefault({}),
      flags: z
        .object({
          burst: z.number().int().min(2).default(10),
          burstMinutes: z.number().positive().default(10),
          sameText: z.number().int().min(2).default(5),
        })
        .prefault({}),
    })
    .prefault({}),
  surveys: z
    .object({
      smallestGroup: z.number().int().min(2).default(5),
      days: z.number().int().positive().default(10),
      spreadHours: z.number().positive().default(6),
      title: z
        .object({
          gain: z.number().min(0).max(100).default(85),
          keep: z.number().min(0).max(100).default(80),
          roundsToLose: z.number().int().positive().default(2),
          leastAnswers: z.number().int().positive().default(30),
        })
        .prefault({}),
      rectifyBelow: z.number().min(0).max(100).default(60),
      rectifyDays: z.number().int().positive().default(30),
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
