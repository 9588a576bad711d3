const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  幺: 1,
  壹: 1,
  二: 2,
  两: 2,
  贰: 2,
  三: 3,
  叁: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
}
const TENS: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 廿: 20, 卅: 30 }

/** A number as people write it, for use inside a larger pattern. */
export const NUMERAL = '(?:\\d{1,4}|[零〇一幺壹二两贰三叁四肆五伍六陆七柒八捌九玖十拾百廿卅]{1,5})'
/** A room said digit by digit. */
export const SPOKEN_DIGITS = '[零〇一幺壹二贰三叁四肆五伍六陆七柒八捌九玖]{3,4}'

/**
 * Reads Arabic or Chinese numerals, positional (二十一, 廿一, 一百零二) or digit by digit (二零, 五零一).
 * @returns the number in Arabic digits without leading zeros, or null where the characters form no number.
 */
export function readNumeral(text: string): string | null {
  if (/^\d+$/.test(text)) return String(Number(text))
  let total = 0
  let digit: number | null = null
  let digits = ''
  let positional = false
  for (const sign of text) {
    const value = DIGITS[sign]
    const ten = TENS[sign]
    if (value !== undefined) {
      if (digit !== null && positional && digit !== 0) return null
      digit = value
      digits += value
    } else if (ten !== undefined) {
      if (ten > 10 && digit !== null) return null
      total += ten > 10 ? ten : (digit ?? 1) * 10
      digit = null
      positional = true
    } else if (sign === '百') {
      total += (digit ?? 1) * 100
      digit = null
      positional = true
    } else {
      return null
    }
  }
  if (!positional) return digits === '' ? null : String(Number(digits))
  return String(total + (digit ?? 0))
}
