import { readNumeral } from './numerals.js'

/** One place a text names, with where it stands. Parts are as in Address. */
export interface Mention {
  readonly start: number
  readonly end: number
  readonly building: string | null
  readonly unit: string | null
  readonly room: string | null
  /** One of several buildings or rooms named in one breath: 9幢、10幢, 3-5栋. */
  readonly listed?: boolean
  /** A bare number that is a room only by its surroundings. */
  readonly guessed?: boolean
}

const MAX_BUILDING = 999

/** A building's name as an address holds it, or null where it is none. */
export function building(text: string): string | null {
  const plain = text.toUpperCase().replace('-', '')
  if (/[A-Z]/.test(plain)) return plain
  const number = readNumeral(plain)
  return number === null || Number(number) === 0 || Number(number) > MAX_BUILDING ? null : number
}

/** A room's number as an address holds it, Arabic or said digit by digit; null where it is none. */
export function room(text: string): string | null {
  if (/\d/.test(text)) return text.toUpperCase().replace(/^0+(?=\d{3})/, '')
  const digits = [...text].map((sign) => readNumeral(sign)).join('')
  return digits.length === text.length ? digits : null
}
