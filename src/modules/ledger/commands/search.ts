import { addressText } from '../../../community/households.js'
import { CATEGORY_NAMES } from '../../../kernel/intent.js'
import { shortTime } from '../../../kernel/local-time.js'
import { maskText } from '../../../kernel/masking.js'
import { command } from '../../../kernel/module.js'
import { type EntryHit, type RequestHit, searchEntries, searchRequests } from '../../../ledger/search/find.js'
import type { SearchQuery } from '../../../ledger/search/query.js'
import { readPeriod } from '../phrases.js'
import { CATEGORY_WORDS, STATUS_WORDS, texts } from '../texts.js'
import { amongColleagues, reply, STAFF, type WordsInput, wordsInput } from './shared.js'

const SHOWN_REQUESTS = 5
const SHOWN_ENTRIES = 8

interface Found {
  readonly requests: readonly RequestHit[]
  readonly entries: readonly EntryHit[]
  readonly timezone: string
}

/** Terms and filters as people mix them: `电梯 3幢 2026-11 已办结`. */
export function readQuery(words: string, now: Date, timezone: string): SearchQuery {
  const categories = new Map(CATEGORY_WORDS(CATEGORY_NAMES))
  const terms: string[] = []
  let query: Partial<SearchQuery> = {}
  for (const word of words.split(/[\s,，、]+/).filter(Boolean)) {
    const period = /[月年]|^\d{4}-\d{1,2}$|本月|上月/.test(word) ? readPeriod(word, now, timezone) : null
    if (period) query = { ...query, from: period.from, to: period.to }
    else if (categories.has(word)) query = { ...query, category: categories.get(word) }
    else if (STATUS_WORDS[word]) query = { ...query, status: STATUS_WORDS[word] }
    else terms.push(word)
  }
  return { terms, ...query }
}

/** 查 电梯 3幢: requests and ledger entries that hold all the words. */
export const searchLedger = command<WordsInput, Found | null>({
  name: 'ledger.search',
  help: { say: '查 电梯 3幢', does: '在诉求和台账里查词，可加月份、类别、状态', roles: STAFF },
  roles: STAFF,
  input: wordsInput,
  match: (turn) => {
    if (turn.said.kind !== 'text' || !amongColleagues(turn)) return null
    const found = /^(?:查一下|查找|查询|搜索|查台账|查|搜)(?:[\s:：]+(.*))?$/s.exec(turn.said.text.trim())
    return found ? { words: (found[1] ?? '').trim() } : null
  },
  load: async (tx, { community, now }, { words }) => {
    if (!community || words === '') return null
    const query = { ...readQuery(words, now, community.timezone), communityIds: [community.id] }
    // A request stands for its entries: those that only repeat it are left to the list above.
    const requests = await searchRequests(tx, { ...query, limit: SHOWN_REQUESTS + 1 })
    const { status: _, ...entryQuery } = query
    const entries = query.status ? [] : await searchEntries(tx, { ...entryQuery, limit: SHOWN_ENTRIES + 1 })
    return { requests, entries, timezone: community.timezone }
  },
  decide: (found, turn, { words }) => {
    if (!turn.community) return reply(turn, texts.noCommunity)
    if (!found) return reply(turn, texts.searchWhat)
    const { requests, entries, timezone } = found
    if (requests.length + entries.length === 0) return reply(turn, texts.searchNone(words))
    const more = requests.length > SHOWN_REQUESTS || entries.length > SHOWN_ENTRIES
    const shownRequests = requests.slice(0, SHOWN_REQUESTS)
    const shownEntries = entries.slice(0, SHOWN_ENTRIES)
    const statusName = (status: string) =>
      Object.entries(STATUS_WORDS).find(([, code]) => code === status)?.[0] ?? status
    const lines = [
      texts.searchHead(words, shownRequests.length, shownEntries.length, more),
      ...shownRequests.map((request) =>
        texts.searchRequest(
          request.number,
          addressText({ ...request, room: turn.place.kind === 'private' ? request.room : null }),
          maskText(request.text),
          statusName(request.status),
          shortTime(request.createdAt, timezone),
        ),
      ),
      ...shownEntries.map((entry) => texts.searchEntry(shortTime(entry.at, timezone), maskText(entry.text))),
    ]
    return reply(turn, lines.join('\n'))
  },
})
