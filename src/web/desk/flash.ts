import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'

/** One line shown on the next page: what became of what was just done. */
export interface Flash {
  readonly text: string
  readonly good: boolean
}

const NAME = 'linli_flash'
const LONGEST = 600
const schema = z.object({ text: z.string().max(LONGEST), good: z.boolean() })
const options = { path: '/desk', httpOnly: true, sameSite: 'Lax' as const }

export function leaveFlash(c: Context, flash: Flash): void {
  const value = JSON.stringify({ ...flash, text: flash.text.slice(0, LONGEST) })
  setCookie(c, NAME, value, { ...options, maxAge: 60 })
}

export function takeFlash(c: Context): Flash | null {
  const value = getCookie(c, NAME)
  if (value === undefined) return null
  deleteCookie(c, NAME, options)
  try {
    return schema.parse(JSON.parse(value))
  } catch {
    return null
  }
}
