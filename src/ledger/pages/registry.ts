import type { CommunitySettings } from '../../kernel/module.js'
import type { Sheet } from '../../kernel/sheet.js'
import { customSheet } from './custom.js'
import { flowSheet } from './flow.js'
import { PAPER_AREAS } from './paper.js'

/** A page of the electronic ledger. */
export interface LedgerPage {
  readonly page: string
  readonly title: string
  readonly sheet: Sheet
  /** Paper ledgers whose place it takes. */
  readonly replaces: readonly string[]
  /** Defined by the community itself. */
  readonly own: boolean
}

/** All pages of a community: those of the modules, its own, and the flow of all entries. */
export function ledgerPages(sheets: readonly Sheet[], settings: CommunitySettings): LedgerPage[] {
  const own = settings.ledger.pages
  const pages: [Sheet, readonly string[], boolean][] = [
    ...sheets.map((sheet): [Sheet, readonly string[], boolean] => [sheet, papersOf(sheet.page), false]),
    ...own.map((page): [Sheet, readonly string[], boolean] => [customSheet(page) as Sheet, page.replaces, true]),
    [flowSheet as Sheet, papersOf(flowSheet.page), false],
  ]
  return pages.map(([sheet, replaces, isOwn]) => ({
    page: sheet.page,
    title: sheet.title,
    sheet,
    replaces,
    own: isOwn,
  }))
}

const papersOf = (page: string): string[] =>
  PAPER_AREAS.flatMap(({ papers }) => papers.filter((paper) => paper.page === page).map((paper) => paper.name))

export interface PaperBalance {
  /** Paper ledgers of the catalogue and of the community's own pages. */
  readonly known: number
  readonly replaced: number
  /** Kept by the departments, not by this system. */
  readonly sensitive: number
  /** Still on paper, by field. */
  readonly left: readonly { readonly area: string; readonly names: readonly string[] }[]
}

/** How many of the paper ledgers the pages replace, and which they do not. */
export function paperBalance(pages: readonly LedgerPage[]): PaperBalance {
  const replaced = new Set(pages.flatMap((page) => page.replaces))
  const catalogue = PAPER_AREAS.flatMap(({ papers }) => papers)
  const names = new Set(catalogue.map((paper) => paper.name))
  const left = PAPER_AREAS.map(({ area, papers }) => ({
    area,
    names: papers.filter((paper) => !paper.sensitive && !replaced.has(paper.name)).map((paper) => paper.name),
  }))
  return {
    known: new Set([...names, ...replaced]).size,
    replaced: replaced.size,
    sensitive: catalogue.filter((paper) => paper.sensitive).length,
    left: left.filter((area) => area.names.length > 0),
  }
}
