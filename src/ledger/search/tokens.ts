/**
 * Full text for Chinese: every sign, every pair and every three neighbours are words of the index. A trigram index alone
 * finds no two-character word, and most nouns have two; pairs alone make long lists of what all addresses have. Signs
 * are spelled as four letters or digits in base 36, so that the plainest tokeniser of both databases takes them,
 * punctuation and emoji too.
 */
const WIDTH = 4

/** Folds what people do not tell apart when they search: case, and full-width forms. Sign by sign, so parts stay parts. */
export function fold(text: string): string {
  let folded = ''
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0
    if (code >= 0xff01 && code <= 0xff5e) folded += String.fromCharCode(code - 0xfee0).toLowerCase()
    else if (code === 0x3000) folded += ' '
    else folded += code < 0x80 ? sign.toLowerCase() : sign
  }
  return folded
}

const spell = (sign: string): string => (sign.codePointAt(0) ?? 0).toString(36).padStart(WIDTH, '0')

/** Index words of a text: each sign, each pair and each three in a row, once. */
export function textTokens(text: string): string[] {
  const words = new Set<string>()
  let previous = ''
  let pair = ''
  for (const sign of fold(text)) {
    const spelled = spell(sign)
    words.add(spelled)
    if (pair) words.add(pair + spelled)
    pair = previous && previous + spelled
    if (pair) words.add(pair)
    previous = spelled
  }
  return [...words]
}

/** Of the index words of a text its pairs. */
export const pairsOf = (textWords: readonly string[]): string[] => textWords.filter((word) => word.length === 2 * WIDTH)

/** Index words that any text with this term must have: itself, or all threes of a longer term. */
export const termTokens = (term: string): string[] => runs(term, 3)

/** The same in pairs; a single sign has none. */
export const termPairs = (term: string): string[] => ([...term].length < 2 ? [] : runs(term, 2))

/** All runs of `length` signs, or the whole term where it is shorter. */
function runs(term: string, length: number): string[] {
  const signs = [...fold(term)].map(spell)
  if (signs.length <= length) return signs.length === 0 ? [] : [signs.join('')]
  return [...new Set(signs.slice(length - 1).map((_, index) => signs.slice(index, index + length).join('')))]
}

/** What can be filtered by inside the index. */
export type Facet = 'grid' | 'worker' | 'page' | 'category' | 'status' | 'day' | 'month' | 'year'

const LETTER: Readonly<Record<Facet, string>> = {
  grid: 'g',
  worker: 'w',
  page: 'p',
  category: 'k',
  status: 's',
  day: 'd',
  month: 'm',
  year: 'y',
}

/** Facets begin with z, which no spelled sign does: the last code point is `nvmn`. */
export const facetToken = (facet: Facet, value: string | number): string =>
  `z${LETTER[facet]}${String(value).replace(/[^a-y0-9]/g, (sign) => `z${spell(sign)}`)}`

/** The community a document belongs to. */
export const communityToken = (communityId: number): string => `zc${communityId}`

/** A word within one community: its list is as short as the community, however large the district is. */
export const withinCommunity = (communityId: number, word: string): string => communityToken(communityId) + word

/** Two facets that hold together: where many documents have either and few have both, only this word is short. */
export const pairTokens = (facets: readonly string[]): string[] =>
  facets.flatMap((first, index) => facets.slice(index + 1).map((second) => `zq${first}${second}`))

/** Index words of an instant, in UTC: searches widen their bounds and check exactly afterwards. */
export const timeTokens = (at: Date): string[] => {
  const day = at.toISOString().slice(0, 10).replaceAll('-', '')
  return [facetToken('day', day), facetToken('month', day.slice(0, -2)), facetToken('year', day.slice(0, -4))]
}

const DAY_MS = 86_400_000
const MAX_DAYS = 16

/** A local year begins in the December before, as UTC sees it. */
const MAX_MONTHS = 14

/**
 * One of these words is in every document of the half-open range: none where the range is empty, null when it is open at
 * an end.
 */
export function rangeTokens(from: Date | undefined, to: Date | undefined): string[] | null {
  if (!from || !to) return null
  if (to <= from) return []
  const firstDay = Math.floor(from.getTime() / DAY_MS)
  const days = Math.ceil(to.getTime() / DAY_MS) - firstDay
  if (days <= MAX_DAYS)
    return Array.from({ length: days }, (_, index) => timeTokens(new Date((firstDay + index) * DAY_MS))[0] ?? '')
  const first = from.getUTCFullYear() * 12 + from.getUTCMonth()
  const end = new Date(to.getTime() - 1)
  const last = end.getUTCFullYear() * 12 + end.getUTCMonth()
  if (last - first < MAX_MONTHS) {
    const months = Array.from({ length: last - first + 1 }, (_, index) => first + index)
    return months.map((month) =>
      facetToken('month', `${Math.floor(month / 12)}${String((month % 12) + 1).padStart(2, '0')}`),
    )
  }
  const years = end.getUTCFullYear() - from.getUTCFullYear() + 1
  return Array.from({ length: years }, (_, index) => facetToken('year', from.getUTCFullYear() + index))
}
