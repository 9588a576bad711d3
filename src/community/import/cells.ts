import nzh from 'nzh'
import { hints, reasons } from './texts.js'

/** A value that was read, or why it could not be. */
export type Cell<T> = { readonly value: T } | { readonly fault: string }
export type ReadCell<T> = (text: string) => Cell<T>

const value = <T>(said: T): Cell<T> => ({ value: said })
const fault = <T>(reason: string): Cell<T> => ({ fault: reason })

/** Free words. */
export const words =
  (most: number, required = true): ReadCell<string> =>
  (text) => {
    if (text === '' && required) return fault(reasons.empty)
    if (/^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)$/.test(text)) return fault(reasons.formulaError)
    return text.length > most ? fault(reasons.tooLong(most)) : value(text.replace(/[\r\n\t]+/g, ' '))
  }

/** A community's code: part of every number that is read aloud, so short and without signs. */
export const communityCode: ReadCell<string> = (text) => {
  if (text === '') return fault(reasons.empty)
  const code = text.normalize('NFKC').toUpperCase()
  return /^[A-Z0-9]{2,10}$/.test(code) ? value(code) : fault(reasons.wrongCode)
}

export const gridCode: ReadCell<string> = (text) => {
  if (text === '') return fault(reasons.empty)
  const code = text.normalize('NFKC')
  return /^\S{1,20}$/.test(code) ? value(code) : fault(reasons.wrongGridCode)
}

/** One word of a closed list. */
export const oneOf =
  <T>(list: Readonly<Record<string, T>>): ReadCell<T> =>
  (text) => {
    if (text === '') return fault(reasons.empty)
    const said = list[text.normalize('NFKC')] ?? list[text.toLowerCase()]
    return said === undefined ? fault(reasons.oneOf(Object.keys(list))) : value(said)
  }

/** Empty, or what `read` makes of it. */
export const optional =
  <T, E>(read: ReadCell<T>, empty: E): ReadCell<T | E> =>
  (text) =>
    text === '' ? value(empty) : read(text)

const DATE = /^(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}月\d{1,2}日|[A-Z][a-z]{2}-\d{1,2}|\d{1,2}-[A-Z][a-z]{2})/
const CHINESE_NUMBER = /^[一二三四五六七八九十百]+$/

/** A part of an address without its measure word: `3号楼` is 3, `二单元` is 2, `A座` is A. */
function part(
  text: string,
  measure: RegExp,
  pattern: RegExp,
  wrong: (hint: string) => string,
  example: string,
): Cell<string> {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  if (DATE.test(plain)) return fault(wrong(hints.date))
  const bare = plain.replace(measure, '')
  const said = CHINESE_NUMBER.test(bare) ? String(nzh.cn.decodeS(bare)) : bare
  // O, I and l never stand in a number on a door: they are zeros and ones that were typed wrong.
  if (/[Oo]/.test(said)) return fault(wrong(hints.letterO))
  if (/[Il]/.test(said)) return fault(wrong(hints.letterI))
  const upper = said.toUpperCase()
  return pattern.test(upper) ? value(upper.replace(/^0+(?=\d)/, '')) : fault(wrong(example))
}

export const building: ReadCell<string> = (text) =>
  text === ''
    ? fault(reasons.empty)
    : part(
        text,
        /(幢|栋|号楼|号|楼|座)$/,
        /^(\d{1,4}[A-Z甲乙丙丁]?|[A-Z]\d{0,3})$/,
        reasons.wrongBuilding,
        hints.building,
      )

export const unit: ReadCell<string> = (text) =>
  text === '' ? value('') : part(text, /(单元|门|梯)$/, /^(\d{1,2}[A-Z]?|[A-Z]\d?)$/, reasons.wrongUnit, hints.unit)

export const room: ReadCell<string> = (text) =>
  text === ''
    ? fault(reasons.empty)
    : part(text, /(室|号|房|户)$/, /^(\d{1,5}[A-Z]?|[A-Z]\d{1,4}|\d{1,4}-\d{1,2})$/, reasons.wrongRoom, hints.room)

/** A mobile or landline number without blanks and dashes; empty is allowed. */
export const phone: ReadCell<string> = (text) => {
  if (text === '') return value('')
  const plain = text.normalize('NFKC').replace(/[\s()-]/g, '')
  if (/^\d(\.\d+)?E\+?\d+$/i.test(plain)) return fault(reasons.wrongPhone(hints.scientific))
  const number = plain.replace(/^(\+|00)?86(?=1\d{10}$)/, '')
  if (/^(1[3-9]\d{9}|0\d{9,11}|[2-8]\d{6,7})$/.test(number)) return value(number)
  if (/^[\dOo]+$/.test(number) && /[Oo]/.test(number)) return fault(reasons.wrongPhone(hints.letterO))
  return fault(reasons.wrongPhone(/^\d+$/.test(number) ? hints.digits(number.length) : ''))
}

export const telegramId: ReadCell<string> = (text) =>
  text === '' || /^[1-9]\d{4,15}$/.test(text) ? value(text) : fault(reasons.wrongTelegram)

export const wechatId: ReadCell<string> = (text) =>
  /^\S{0,200}$/.test(text) ? value(text) : fault(reasons.wrongWechat)
