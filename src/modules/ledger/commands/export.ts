import { type AnyCommand, command } from '../../../kernel/module.js'
import { afterPhrase, readPeriod } from '../phrases.js'
import { texts } from '../texts.js'
import type { workbookMaker } from '../workbook.js'
import { amongColleagues, has, LEADERS, reply, STAFF, say, type WordsInput, wordsInput } from './shared.js'

/** 导出台账 2026-11: the month or year as a workbook, sent as a file. Full only to a leader in private. */
export const exportLedger = (workbook: ReturnType<typeof workbookMaker>): AnyCommand =>
  command<WordsInput, null>({
    name: 'ledger.export',
    help: { say: '导出台账 2026-11', does: '把一个月（或一年）的台账做成表格发来', roles: STAFF },
    roles: STAFF,
    input: wordsInput,
    match: (turn) => {
      if (turn.said.kind !== 'text' || !amongColleagues(turn)) return null
      const words = afterPhrase(turn.said.text, ['导出电子台账', '导出台账', '台账导出'])
      return words === null ? null : { words }
    },
    load: async () => null,
    decide: (_, turn, { words }) => {
      const { community, now, actor } = turn
      if (!community) return reply(turn, texts.noCommunity)
      const period = readPeriod(words || '本月', now, community.timezone)
      if (!period) return reply(turn, texts.badMonth)
      const title = texts.workbookTitle(community.name, period.label)
      const attach = workbook.recipe({
        communityId: community.id,
        title,
        from: period.from.toISOString(),
        to: period.to.toISOString(),
        maySeePersonal: turn.place.kind === 'private' && has(turn, LEADERS),
        exportedBy: actor.name,
        accountId: actor.accountId,
        askedAt: now.toISOString(),
      })
      return { events: [], drafts: [say(turn, title, { attach })] }
    },
  })
