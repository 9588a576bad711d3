import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml'

/** The line in which a part of the survey stands, by its path in the definition; null when it stands nowhere. */
export type Places = (path: readonly PropertyKey[]) => number | null

/** Places in a YAML file. `nameOf` gives the English name of a key; of a part that is missing, its nearest whole is named. */
export function placesIn(document: Document, lines: LineCounter, nameOf: (key: string) => string): Places {
  const lineOf = (node: unknown): number | null => {
    const range = (node as Node | null)?.range
    return range ? lines.linePos(range[0]).line : null
  }
  return (path) => {
    let node: unknown = document.contents
    let line = lineOf(node)
    for (const step of path) {
      let next: unknown
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && nameOf(String(key.value)) === step)
        line = pair ? (lineOf(pair.key) ?? line) : line
        next = pair?.value
      } else if (isSeq(node) && typeof step === 'number') {
        next = node.items[step]
        line = lineOf(next) ?? line
      }
      if (next === undefined) return line
      node = next
    }
    return line
  }
}
