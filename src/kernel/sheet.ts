import type { Reader } from '../db/transaction.js'

/** One column of a ledger page. Dates stay Date and numbers stay number: the workbook writes them as real cells. */
export interface Column<Row> {
  /** English field name, for CSV and the API. */
  readonly field: string
  /** Chinese header. */
  readonly header: string
  /** Width in characters. */
  readonly width: number
  value(row: Row): string | number | boolean | Date | null
}

export interface SheetScope {
  readonly communityIds: readonly number[]
  /** Half-open range of instants. */
  readonly from: Date
  readonly to: Date
  readonly timezone: string
  /** False masks phones and names of residents. */
  readonly maySeePersonal: boolean
}

/** A ledger page as rows: the workbook, CSV and web pages read it. */
export interface Sheet<Row = never> {
  readonly page: string
  /** Chinese name of the page. */
  readonly title: string
  readonly columns: readonly Column<Row>[]
  /** Rows in order, batch by batch, so that a year of a district does not stand in memory. */
  rows(read: Reader, scope: SheetScope): AsyncIterable<Row>
}
