import { z } from 'zod'
import { type AnyCommand, command } from '../../../kernel/module.js'
import type { Sheet } from '../../../kernel/sheet.js'
import { ledgerPages, paperBalance } from '../../../ledger/pages/registry.js'
import { texts } from '../texts.js'
import { amongColleagues, reply, STAFF } from './shared.js'

const EXAMPLES = 3

/** 台账页: which pages there are and which paper ledgers they replace. */
export const showPages = (sheets: () => readonly Sheet[]): AnyCommand =>
  command<object, null>({
    name: 'ledger.pages',
    help: { say: '台账页', does: '看电子台账有哪些页、各代替哪些纸质台账', roles: STAFF },
    roles: STAFF,
    input: z.object({}),
    match: (turn) =>
      turn.said.kind === 'text' && amongColleagues(turn) && /^(台账页|台账目录|有哪些台账)[?？]?$/.test(turn.said.text)
        ? {}
        : null,
    load: async () => null,
    decide: (_, turn) => {
      if (!turn.community) return reply(turn, texts.noCommunity)
      const pages = ledgerPages(sheets(), turn.community.settings)
      const balance = paperBalance(pages)
      const left = balance.left.reduce((sum, area) => sum + area.names.length, 0)
      return reply(
        turn,
        [
          texts.pagesHead(pages.length, balance.replaced, balance.known),
          ...pages.map((page) => texts.page(page.title, page.replaces.length, page.replaces.slice(0, EXAMPLES))),
          texts.pagesLeft(left, balance.sensitive),
        ].join('\n'),
      )
    },
  })
