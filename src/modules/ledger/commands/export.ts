import { randomBytes } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type AnyCommand, command } from '../../../kernel/module.js'
import type { Sheet, SheetScope } from '../../../kernel/sheet.js'
import { ledgerPages } from '../../../ledger/pages/registry.js'
import { shortCode } from '../../../ledger/workbook/digest.js'
import { type ExportSummary, exportEvent, exportWorkbook } from '../../../ledger/workbook/export.js'
import { afterPhrase, readPeriod } from '../phrases.js'
import { texts } from '../texts.js'
import { amongColleagues, has, LEADERS, reply, STAFF, say, type WordsInput, wordsInput } from './shared.js'

/** What goes through every chat platform; a larger file is made on the command line. */
const MAX_BYTES = 15 * 1024 * 1024
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

interface Exported {
  readonly title: string
  readonly file: Buffer
  readonly summary: ExportSummary
  readonly scope: SheetScope
}

/** 导出台账 2026-11: the month or year as a workbook, sent as a file. Full only to a leader in private. */
export const exportLedger = (sheets: () => readonly Sheet[]): AnyCommand =>
  command<WordsInput, Exported | string>({
    name: 'ledger.export',
    help: { say: '导出台账 2026-11', does: '把一个月（或一年）的台账做成表格发来', roles: STAFF },
    roles: STAFF,
    input: wordsInput,
    match: (turn) => {
      if (turn.said.kind !== 'text' || !amongColleagues(turn)) return null
      const words = afterPhrase(turn.said.text, ['导出电子台账', '导出台账', '台账导出'])
      return words === null ? null : { words }
    },
    load: async (tx, turn, { words }) => {
      const { community, now } = turn
      if (!community) return texts.noCommunity
      const period = readPeriod(words || '本月', now, community.timezone)
      if (!period) return texts.badMonth
      const maySeePersonal = turn.place.kind === 'private' && has(turn, LEADERS)
      const { from, to } = period
      const scope: SheetScope = { communityIds: [community.id], from, to, timezone: community.timezone, maySeePersonal }
      const title = texts.workbookTitle(community.name, period.label)
      const output = new PassThrough()
      const request = {
        read: tx,
        sheets: ledgerPages(sheets(), community.settings).map((page) => page.sheet),
        scope,
        title,
        exportedBy: turn.actor.name,
        exportId: randomBytes(9).toString('base64url'),
        now,
      }
      const [summary, file] = await Promise.all([exportWorkbook(request, output), buffer(output)])
      return { title, file, summary, scope }
    },
    decide: (exported, turn) => {
      if (typeof exported === 'string' || !turn.community) return reply(turn, String(exported))
      const { title, file, summary, scope } = exported
      if (file.length > MAX_BYTES) return reply(turn, texts.exportTooLarge(summary.rows))
      const words = texts.exported(title, summary.rows, shortCode(summary.digest), !scope.maySeePersonal)
      const attached = { base64: file.toString('base64'), mime: XLSX, name: `${title}.xlsx` }
      return {
        events: [exportEvent(turn.community.id, summary, scope)],
        drafts: [say(turn, words, { file: attached })],
      }
    },
  })
