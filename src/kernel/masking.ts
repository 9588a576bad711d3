/** Digits as people type them, half or full width, with a separator between groups. */
const d = (count: string, separator = '[ \\-]') => `(?:[0-9０-９]${separator}?){${count}}`
const EDGE_BEFORE = '(?<![0-9０-９])'
const EDGE_AFTER = '(?![0-9０-９])'
// No hyphens here: a request's number of a community with a long numeric code would look the same.
const ID_NUMBER = new RegExp(`${EDGE_BEFORE}[1-9１-９]${d('16', ' ')}[0-9０-９XxＸｘ]${EDGE_AFTER}`, 'g')
const BANK_CARD = new RegExp(`${EDGE_BEFORE}${d('15,18', ' ')}[0-9０-９]${EDGE_AFTER}`, 'g')
const MOBILE = new RegExp(
  `${EDGE_BEFORE}(?:[+＋]?(?:86|８６)[ \\-]?)?[1１][3-9３-９][ \\-]?${d('8')}[0-9０-９]${EDGE_AFTER}`,
  'g',
)
const LANDLINE = new RegExp(`${EDGE_BEFORE}[0０][0-9０-９]{2,3}[ \\-]?[2-9２-９][0-9０-９]{6,7}${EDGE_AFTER}`, 'g')

/** Names of two characters before the given name. */
const LONG_SURNAMES = /^(欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|南宫|长孙|宇文|轩辕|独孤)/

/** `13812341234` → `138****1234`; a landline keeps its last four digits. Separators are dropped. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/[^0-9０-９]/g, '').replace(/^(86|８６)(?=[1１])/, '')
  return digits.length < 7 ? '*'.repeat(digits.length) : keepEnds(digits, 3, 4)
}

/** Keeps the first three and the last four signs of an identity number. */
export const maskIdNumber = (id: string): string => keepEnds(id.replace(/[ -]/g, ''), 3, 4)

/** `王小明` → `王**`, `欧阳修` → `欧阳*`; of a name of one sign nothing is left. */
export function maskName(name: string): string {
  const signs = [...name.trim()]
  const kept = signs.length < 2 ? 0 : LONG_SURNAMES.test(name.trim()) && signs.length > 2 ? 2 : 1
  return signs.map((sign, index) => (index < kept ? sign : '*')).join('')
}

/** Masks identity numbers, bank cards and phone numbers within words, however they are spaced. */
export const maskText = (text: string): string =>
  text
    .replace(ID_NUMBER, maskIdNumber)
    .replace(BANK_CARD, (card) => keepEnds(card.replace(/[ -]/g, ''), 4, 4))
    .replace(MOBILE, maskPhone)
    .replace(LANDLINE, maskPhone)

function keepEnds(text: string, first: number, last: number): string {
  const signs = [...text]
  const hidden = Math.max(0, signs.length - first - last)
  return [...signs.slice(0, first), '*'.repeat(hidden), ...signs.slice(signs.length - last)].join('')
}
