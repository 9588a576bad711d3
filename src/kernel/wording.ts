/** Words a community put in place of the bot's own, by the key of the wording; stored in Community.settings. */
export type OwnWords = Readonly<Record<string, string>>

/** A sentence of the bot that a community may say in its own words. */
export interface Wording<Slot extends string = string> {
  /** Unique, `<module>-<what>`, such as requests-logged. */
  readonly key: string
  /** What people call it. */
  readonly title: string
  /** When it is said, and to whom. */
  readonly when: string
  /** What is said where nobody changed it. A slot stands in braces: {编号}. */
  readonly standard: string
  /** Each slot with an example. */
  readonly slots: Readonly<Record<Slot, string>>
  /** What may not be taken out: a slot in its braces, or words such as 119. */
  readonly keeps: readonly string[]
}

/** Keeps the names of the slots as types, so that a value for each is asked for. */
export const wording = <Slot extends string>(definition: Wording<Slot>): Wording<Slot> => definition

export const LONGEST_WORDING = 200

export type WordingFault =
  | { readonly kind: 'empty' | 'too_long' | 'control' }
  /** A slot that the sentence does not know, or something that has to stay. */
  | { readonly kind: 'unknown_slot' | 'missing'; readonly what: string }

const SLOT = /\{([^{}]*)\}/g

/** What is wrong with words for a wording; null when they may be said. */
export function wordingFault({ slots, keeps }: Wording, words: string): WordingFault | null {
  if (words.trim() === '') return { kind: 'empty' }
  if ([...words].length > LONGEST_WORDING) return { kind: 'too_long' }
  if (/[\p{Cc}\p{Bidi_Control}]/u.test(words)) return { kind: 'control' }
  for (const [whole, name = ''] of words.matchAll(SLOT))
    if (!Object.hasOwn(slots, name)) return { kind: 'unknown_slot', what: whole }
  const missing = keeps.find((part) => !words.includes(part))
  return missing === undefined ? null : { kind: 'missing', what: missing }
}

/**
 * The sentence with its slots filled, in the community's own words where it has them. Words that no longer fit, after an
 * update say, give way to the standard: a message is never sent with a hole in it.
 */
export function worded<Slot extends string>(of: Wording<Slot>, own: OwnWords, values: Record<Slot, string>): string {
  const stored = Object.hasOwn(own, of.key) ? own[of.key] : undefined
  const words = stored !== undefined && wordingFault(of, stored) === null ? stored : of.standard
  return words.replace(SLOT, (whole, name: string) => (Object.hasOwn(values, name) ? values[name as Slot] : whole))
}
