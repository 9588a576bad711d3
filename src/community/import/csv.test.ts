import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeGbk } from '../../../test/support/roster-files.js'
import { decodeText, parseCsv } from './csv.js'

describe('CSV', () => {
  it('reads back whatever fields were written', () => {
    const cell = fc.string({ maxLength: 12 })
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const text = rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')).join('\r\n')
        // The separator is told from the first line, so that line must not hold another one.
        const headed = `"a","b"\n${text}\n`
        expect([...parseCsv(headed)].slice(1)).toEqual(rows)
      }),
    )
  })

  it('tells the separator, keeps empty fields at the end, and minds no missing last line end', () => {
    expect([...parseCsv('a\tb\n1\t2')]).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
    expect([...parseCsv('a;b;\n;;')]).toEqual([
      ['a', 'b', ''],
      ['', '', ''],
    ])
  })

  it('decodes UTF-8 with and without a mark, UTF-16 and GBK', () => {
    expect(decodeText(encodeGbk('网格,幢'))).toBe('网格,幢')
    expect(decodeText(new TextEncoder().encode('\ufeff网格,幢'))).toBe('网格,幢')
    expect(decodeText(new TextEncoder().encode('网格,幢'))).toBe('网格,幢')
    expect(decodeText(Buffer.from('\ufeff网格,幢', 'utf16le'))).toBe('网格,幢')
  })
})
