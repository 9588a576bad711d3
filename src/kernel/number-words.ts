const DIGITS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  '①': 1,
  '②': 2,
  '③': 3,
  '④': 4,
  '⑤': 5,
  '⑥': 6,
  '⑦': 7,
  '⑧': 8,
  '⑨': 9,
  '⑩': 10,
}

/** A small number as people answer with it: `2`, `２`, `二`, `②`, `第二个`, `选2`, `2.`; null when it is none. */
export function readSmallNumber(text: string): number | null {
  const core = text
    .normalize('NFKC')
    .trim()
    .replace(/^(我?选择?|第|答案?[是:：]?)\s*/, '')
    .replace(/\s*(个|项|号)?[.。,，!！~～、)）]*$/, '')
  if (/^\d{1,2}$/.test(core)) return Number(core)
  return DIGITS[core] ?? DIGITS[text.trim()] ?? null
}

/** Index of the option that an answer means, by its number or its label (end marks and space aside); null when none. */
export function readChoice(text: string, labels: readonly string[]): number | null {
  const number = readSmallNumber(text)
  if (number !== null) return number >= 1 && number <= labels.length ? number - 1 : null
  const bare = (words: string) => words.normalize('NFKC').replace(/[\s!！。.,，~～、]/g, '')
  const wanted = bare(text)
  if (wanted === '') return null
  const index = labels.findIndex((label) => bare(label) === wanted)
  return index >= 0 ? index : null
}
