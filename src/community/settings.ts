import { z } from 'zod'
import type { CommunitySettings, CommunityView } from '../kernel/module.js'

const probability = z.number().min(0).max(1)
const hour = z.number().min(0).max(24)

/**
 * What a community may set for itself; every part has a default of ours, since the figures vary by place and year.
 * Stored as JSON in Community.settings; only what differs from the defaults is stored.
 */
export const settingsSchema = z.object({
  triage: z
    .object({ log: probability.default(0.75), ask: probability.default(0.3), urgentAsk: probability.default(0.15) })
    .prefault({}),
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
}) satisfies z.ZodType<CommunitySettings>

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
    settings: settingsSchema.parse(row.settings ?? {}),
  }
}
