import type { Module } from '../../kernel/module.js'
import { applyLedgerEvent } from './apply.js'
import { closeMonth } from './commands/close.js'
import { exportLedger } from './commands/export.js'
import { inspectionLink, revokeLink } from './commands/link.js'
import { forgetMe, myData } from './commands/my-data.js'
import { definePage, dropPage } from './commands/own-pages.js'
import { showPages } from './commands/pages.js'
import { searchLedger } from './commands/search.js'
import { closeMonths, dropOldWords } from './jobs.js'
import { workbookMaker } from './workbook.js'

/** 电子台账: export, search, closing months, inspection links, and what people may ask about their own data. */
export function createLedgerModule(others: readonly Module[]): Module {
  const sheets = () => others.flatMap((module) => module.sheets)
  const workbook = workbookMaker(sheets)
  return {
    name: 'ledger',
    eventPrefix: 'ledger',
    commands: [
      exportLedger(workbook),
      searchLedger,
      closeMonth,
      showPages(sheets),
      definePage,
      dropPage,
      inspectionLink(sheets),
      revokeLink,
      myData,
      forgetMe,
    ],
    reactions: [],
    jobs: [closeMonths, dropOldWords],
    makers: [workbook],
    sheets: [],
    apply: applyLedgerEvent,
  }
}
