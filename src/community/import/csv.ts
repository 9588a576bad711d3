/**
 * Text of a CSV file as spreadsheet programs write it: UTF-8 with or without a mark, UTF-16 with a mark, else GBK.
 * @throws TypeError when the bytes are none of these.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  }
}

/** Rows of a CSV text (RFC 4180); the separator (comma, semicolon or tab) is told from the first line. */
export function* parseCsv(text: string): Generator<string[]> {
  const separator = separatorOf(text)
  let row: string[] = []
  let position = 0
  while (position < text.length) {
    const [value, end] = text[position] === '"' ? quoted(text, position) : plain(text, position, separator)
    row.push(value)
    position = end
    if (text[position] === separator) {
      position += 1
      // A separator at the very end is followed by one more, empty, field.
      if (position < text.length) continue
      row.push('')
    }
    if (text[position] === '\r') position += 1
    if (text[position] === '\n') position += 1
    yield row
    row = []
  }
}

function separatorOf(text: string): string {
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? ''
  const count = (sign: string) => line.split(sign).length
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

function plain(text: string, start: number, separator: string): [value: string, end: number] {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1
  return [text.slice(start, end), end]
}

/** A field in quotes; what follows the closing quote is taken as it stands, as spreadsheet programs do. */
function quoted(text: string, start: number): [value: string, end: number] {
  let value = ''
  let position = start + 1
  for (;;) {
    const quote = text.indexOf('"', position)
    if (quote < 0) return [value + text.slice(position), text.length]
    value += text.slice(position, quote)
    if (text[quote + 1] !== '"') {
      const rest = /[^,;\t\r\n]*/y
      rest.lastIndex = quote + 1
      const tail = rest.exec(text)?.[0] ?? ''
      return [value + tail, quote + 1 + tail.length]
    }
    value += '"'
    position = quote + 2
  }
}
