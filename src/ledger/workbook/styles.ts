/** Indices of the cell formats in STYLES_XML. */
export const STYLE = {
  text: 0,
  header: 1,
  dateTime: 2,
  date: 3,
  integer: 4,
  decimal: 5,
  wrapped: 6,
  /** Text that looks like a formula: kept as text even when somebody edits the cell. */
  literal: 7,
  title: 8,
  note: 9,
} as const

const FONT = '<name val="宋体"/><family val="3"/><charset val="134"/>'
const BORDER = ['left', 'right', 'top', 'bottom']
  .map((side) => `<${side} style="thin"><color rgb="FFBFBFBF"/></${side}>`)
  .join('')
const format = (attributes: string, alignment: string): string =>
  `<xf xfId="0" applyAlignment="1" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" ${attributes}><alignment vertical="top"${alignment}/></xf>`

const FORMATS = [
  format('numFmtId="0" fontId="0" fillId="0" borderId="1"', ''),
  format('numFmtId="0" fontId="1" fillId="2" borderId="1"', ' horizontal="center" wrapText="1"'),
  format('numFmtId="164" fontId="0" fillId="0" borderId="1"', ' horizontal="center"'),
  format('numFmtId="165" fontId="0" fillId="0" borderId="1"', ' horizontal="center"'),
  format('numFmtId="1" fontId="0" fillId="0" borderId="1"', ''),
  format('numFmtId="166" fontId="0" fillId="0" borderId="1"', ''),
  format('numFmtId="0" fontId="0" fillId="0" borderId="1"', ' wrapText="1"'),
  format('numFmtId="49" fontId="0" fillId="0" borderId="1" quotePrefix="1"', ' wrapText="1"'),
  format('numFmtId="0" fontId="2" fillId="0" borderId="0"', ''),
  format('numFmtId="0" fontId="0" fillId="0" borderId="0"', ' wrapText="1"'),
]

export const STYLES_XML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">\
<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="166" formatCode="0.0###"/></numFmts>\
<fonts count="3"><font><sz val="11"/>${FONT}</font><font><b/><sz val="11"/>${FONT}</font><font><b/><sz val="16"/>${FONT}</font></fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFDDEBF7"/><bgColor indexed="64"/></patternFill></fill></fills>\
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${BORDER}<diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="${FORMATS.length}">${FORMATS.join('')}</cellXfs>\
<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
