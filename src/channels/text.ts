/** Width of a text in half-width columns: a Chinese character takes two. */
export function columns(label: string): number {
  let width = 0
  for (const sign of label) width += (sign.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1
  return width
}

/** Cuts a text into pieces of at most `most` UTF-16 units: at a line's end, else a space, else between characters. */
export function splitText(text: string, most: number): readonly string[] {
  const pieces: string[] = []
  let rest = text
  while (rest.length > most) {
    const head = rest.slice(0, most)
    const natural = Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\n') > most / 2 ? 0 : head.lastIndexOf(' '))
    let cut = natural > most / 2 ? natural : most
    const unit = rest.charCodeAt(cut - 1)
    if (unit >= 0xd800 && unit <= 0xdbff) cut -= 1
    pieces.push(rest.slice(0, cut))
    rest = rest.slice(cut).replace(/^[\n ]/, '')
  }
  return [...pieces, rest]
}
