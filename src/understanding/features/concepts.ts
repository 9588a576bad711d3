import { DANGERS, MOVES, THINGS } from './lexicon.js'

interface Node {
  readonly next: Map<number, Node>
  /** Concepts a word ending here belongs to. */
  readonly concepts: number[]
}

const node = (): Node => ({ next: new Map(), concepts: [] })

/** Names of all concepts; a concept's index is its place here. */
export const CONCEPTS: readonly string[] = [...Object.keys(THINGS), ...Object.keys(MOVES), ...Object.keys(DANGERS)]
export const FIRST_MOVE = Object.keys(THINGS).length
export const FIRST_DANGER = FIRST_MOVE + Object.keys(MOVES).length

function build(): Node {
  const root = node()
  const lists = [...Object.values(THINGS), ...Object.values(MOVES), ...Object.values(DANGERS)]
  lists.forEach((list, concept) => {
    for (const word of list.match(/"[^"]+"|\S+/g) ?? []) {
      let at = root
      for (const unit of word.replaceAll('"', '')) {
        const code = unit.charCodeAt(0)
        let next = at.next.get(code)
        if (next === undefined) {
          next = node()
          at.next.set(code, next)
        }
        at = next
      }
      at.concepts.push(concept)
    }
  })
  return root
}

const trie = build()

/**
 * Which concepts a shaped text names: at each position every word of the lexicon that starts there counts.
 * @param found receives the concepts, each once, in order of first mention; it is emptied first
 */
export function findConcepts(shaped: string, found: number[]): void {
  found.length = 0
  for (let i = 0; i < shaped.length; i++) {
    let at = trie.next.get(shaped.charCodeAt(i))
    for (let j = i + 1; at !== undefined; j++) {
      for (const concept of at.concepts) if (!found.includes(concept)) found.push(concept)
      at = j < shaped.length ? at.next.get(shaped.charCodeAt(j)) : undefined
    }
  }
}
