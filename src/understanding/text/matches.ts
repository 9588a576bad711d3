/**
 * All matches of a global pattern, in order. Unlike `matchAll` it makes no copy of the pattern first, which costs more
 * than most searches do.
 */
export function matchesOf(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  pattern.lastIndex = 0
  let match = pattern.exec(text)
  if (match === null) return NONE
  const found: RegExpExecArray[] = []
  while (match !== null) {
    found.push(match)
    if (match[0] === '') pattern.lastIndex++
    match = pattern.exec(text)
  }
  return found
}

const NONE: readonly RegExpExecArray[] = []
