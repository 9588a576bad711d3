// @ts-check

let timezone = 'Asia/Shanghai'

/** @param {string} zone */
export function setTimezone(zone) {
  timezone = zone
}

/**
 * @param {number} at
 * @param {Intl.DateTimeFormatOptions} options
 */
const format = (at, options) => new Intl.DateTimeFormat('zh-CN', { timeZone: timezone, ...options }).format(at)

/** @param {number} at */
export const hour = (at) => format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** @param {number} at */
const dayKey = (at) => format(at, { year: 'numeric', month: '2-digit', day: '2-digit' })

const DAY = 86_400_000

/**
 * The day as people say it, seen from `now`.
 * @param {number} at
 * @param {number} now
 */
function dayWords(at, now) {
  if (dayKey(at) === dayKey(now)) return ''
  if (dayKey(at) === dayKey(now - DAY)) return '昨天'
  const year =
    format(at, { year: 'numeric' }) === format(now, { year: 'numeric' })
      ? {}
      : { year: /** @type {const} */ ('numeric') }
  return format(at, { ...year, month: 'long', day: 'numeric' })
}

/**
 * Between messages: `昨天 09:14`.
 * @param {number} at
 * @param {number} now
 */
export const separator = (at, now) => [dayWords(at, now), hour(at)].filter(Boolean).join(' ')

/**
 * In the list of conversations: the hour today, else the day.
 * @param {number} at
 * @param {number} now
 */
export const short = (at, now) => dayWords(at, now) || hour(at)

/** @param {number} at */
export const fullDay = (at) => format(at, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' })
