import { DANGERS, MOVES, THINGS } from './lexicon.js'
import { WordTree } from './word-tree.js'

/** Names of all concepts; a concept's index is its place here. */
export const CONCEPTS: readonly string[] = [...Object.keys(THINGS), ...Object.keys(MOVES), ...Object.keys(DANGERS)]
export const FIRST_MOVE = Object.keys(THINGS).length
export const FIRST_DANGER = FIRST_MOVE + Object.keys(MOVES).length

function build(): WordTree {
  const lists = [...Object.values(THINGS), ...Object.values(MOVES), ...Object.values(DANGERS)]
  return new WordTree(
    lists.flatMap((list, concept) =>
      (list.match(/"[^"]+"|\S+/g) ?? []).map((word) => ({ word: word.replaceAll('"', ''), value: concept })),
    ),
  )
}

const tree = build()
const seen = new Uint8Array(CONCEPTS.length)

/**
 * Which concepts a shaped text names: at each position every word of the lexicon that starts there counts.
 * @param found receives the concepts, each once, in order of first mention; it is emptied first
 */
export function findConcepts(codes: Uint16Array, from: number, to: number, found: number[]): void {
  for (const concept of found) seen[concept] = 0
  found.length = 0
  for (let i = from; i < to; i++) {
    let at = tree.first(codes[i] as number)
    for (let j = i + 1; at !== 0; j++) {
      const values = tree.valuesAt(at)
      if (values !== undefined) {
        for (const concept of values) {
          if (seen[concept] === 1) continue
          seen[concept] = 1
          found.push(concept)
        }
      }
      at = j < to ? tree.next(at, codes[j] as number) : 0
    }
  }
}
