import { type CellValue, canonicalNumber, cellText, columnLetters, escapeXml, looksLikeFormula } from './cells.js'
import { STYLE } from './styles.js'

/** From this width on text is wrapped, so that it can be read on paper. */
const WRAP_FROM = 24

/** Stands between the cells of a row and between rows in what a digest is taken of. */
export const CELL_END = '\u001f'

export interface WrittenRow {
  readonly xml: string
  /** The row's cells as the digest sees them. */
  readonly canonical: string
}

export interface RowWriter {
  /** Writes the cells of row `number`, from 1. */
  row(number: number, values: readonly CellValue[]): WrittenRow
}

/** Writes rows of one sheet as XML. Text is an inline string, which no spreadsheet takes for a formula. */
export function createRowWriter(widths: readonly number[], dateSerial: (date: Date) => number): RowWriter {
  const letters = widths.map((_, index) => columnLetters(index))
  const textStyles = widths.map((width) => (width >= WRAP_FROM ? STYLE.wrapped : STYLE.text))
  return {
    row(number, values) {
      let xml = `<row r="${number}">`
      let canonical = ''
      for (let index = 0; index < letters.length; index += 1) {
        const value = values[index]
        const ref = `${letters[index]}${number}`
        if (value === null || value === undefined || value === '') xml += `<c r="${ref}" s="0"/>`
        else if (typeof value === 'number' && Number.isFinite(value)) {
          const held = canonicalNumber(value)
          xml += `<c r="${ref}" s="${Number.isInteger(held) ? STYLE.integer : STYLE.decimal}"><v>${held}</v></c>`
          canonical += held
        } else if (value instanceof Date && !Number.isNaN(value.getTime())) {
          const serial = dateSerial(value)
          xml += `<c r="${ref}" s="${Number.isInteger(serial) ? STYLE.date : STYLE.dateTime}"><v>${serial}</v></c>`
          canonical += serial
        } else {
          const text = cellText(typeof value === 'boolean' ? (value ? '是' : '否') : String(value))
          const style = looksLikeFormula(text) ? STYLE.literal : (textStyles[index] ?? STYLE.text)
          xml += textCell(ref, style, text)
          canonical += text
        }
        canonical += CELL_END
      }
      return { xml: `${xml}</row>`, canonical }
    },
  }
}

export function textCell(ref: string, style: number, text: string): string {
  const space = /^\s|\s$|\n| {2}/.test(text) ? ' xml:space="preserve"' : ''
  return `<c r="${ref}" s="${style}" t="inlineStr"><is><t${space}>${escapeXml(text)}</t></is></c>`
}
