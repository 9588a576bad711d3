/** Of each group at least one word must be there. */
export interface Group {
  readonly words: readonly string[]
  /** What it is a part of, a term or a community: documents with one part mostly have others too. */
  readonly part?: string
}

/** How common the words of an index are. */
export interface Commonness {
  /** Documents in the index, about. */
  readonly documents: number
  /** Share of the documents that have a word, 0–1; words that are not in it are rare. */
  readonly shares: ReadonlyMap<string, number>
}

const RARE = 0.001
/** Of the documents with one part of something, about so many have another one. */
const TOGETHER = 0.3
/** Measured, in ms: passing one document in a word's list, finding a word's list, reading one candidate and its text. */
const STEP_MS = 18e-6
const SEEK_MS = 0.03
const CHECK_MS = 0.02
/** A list is skipped through by pages of about so many documents. */
const PAGE = 2000

const shareOf = ({ words }: Group, { shares }: Commonness): number =>
  Math.min(
    1,
    words.reduce((sum, word) => sum + (shares.get(word) ?? RARE), 0),
  )

/**
 * Which groups to ask the index for, rarest first. Lists of common words are long: walking through one costs more than
 * reading the few texts it would exclude, so what does not pay is left to the exact check that follows anyway. `pass` is
 * the share of candidates that is expected to pass that check.
 */
export function chooseGroups(
  groups: readonly Group[],
  common: Commonness,
): { readonly chosen: readonly Group[]; readonly pass: number } {
  const rated = groups.map((group) => ({ group, share: shareOf(group, common) })).sort((a, b) => a.share - b.share)
  const chosen: Group[] = []
  let candidates = common.documents
  let pass = 1
  for (const { group, share } of rated) {
    const together = group.part !== undefined && chosen.some((one) => one.part === group.part)
    const left = together ? Math.max(share, TOGETHER) : share
    const saved = candidates * (1 - left) * CHECK_MS
    const cost = Math.min(common.documents * share, candidates * PAGE) * STEP_MS + SEEK_MS * group.words.length
    if (chosen.length > 0 && cost >= saved) {
      pass *= left
      continue
    }
    chosen.push(group)
    candidates *= left
  }
  return { chosen, pass }
}
