import { type AST, RegExpParser } from '@eslint-community/regexpp'

/** Signs of which a match must contain at least one; null where none can be told. */
export type Gate = ReadonlySet<string> | null

/** Larger sets would let nearly every text through. */
const MOST_SIGNS = 120
/** More words than this are better left to the pattern. */
const MOST_WORDS = 600

/** Signs that many lines hold: a gate that asks for one of these lets much through. */
const COMMON = new Set('的了不我是有一人在这家好没来就上要都也们到说个大么能天还去可下里会出看吗给谁得那什时怎')
const COMMON_COST = 12

/** How much a gate lets through, to compare gates by. */
export function costOf(gate: ReadonlySet<string>): number {
  let sum = 0
  for (const sign of gate) sum += COMMON.has(sign) ? COMMON_COST : 1
  return sum
}

const smaller = (a: Gate, b: Gate): Gate => (a === null ? b : b === null ? a : costOf(a) <= costOf(b) ? a : b)
const useful = (gate: Gate): gate is ReadonlySet<string> => gate !== null && gate.size <= MOST_SIGNS && !gate.has(' ')
const union = (gates: readonly Gate[]): Gate =>
  gates.includes(null) ? null : new Set(gates.flatMap((gate) => [...(gate ?? [])]))

const parser = new RegExpParser()
const parse = (source: string): readonly AST.Alternative[] => parser.parsePattern(source).alternatives
const signOf = ({ value }: AST.Character) => String.fromCharCode(value)

function signsOfClass({ negate, elements }: AST.CharacterClass): Gate {
  const signs = elements.map((element) => (element.type === 'Character' ? signOf(element) : null))
  return negate || signs.includes(null) ? null : new Set(signs as string[])
}

/** @param within what an alternative of a group asks for: anywhere in it, or at an edge */
function signsOf(element: AST.Element, within: (alternative: AST.Alternative) => Gate): Gate {
  switch (element.type) {
    case 'Character':
      return new Set([signOf(element)])
    case 'CharacterClass':
      return signsOfClass(element)
    case 'CharacterSet':
      return element.kind === 'digit' && !element.negate ? new Set('0123456789') : null
    case 'Group':
    case 'CapturingGroup':
      return union(element.alternatives.map(within))
    case 'Quantifier':
      return element.min === 0 ? null : signsOf(element.element, within)
    default:
      return null
  }
}

const rarestOf = ({ elements }: AST.Alternative): Gate =>
  elements.map((element) => signsOf(element, rarestOf)).reduce(smaller, null)

type Side = 'start' | 'end'

/** Signs of which one stands at an edge of whatever these elements match. */
function edgeOf(elements: readonly AST.Element[], side: Side): Gate {
  const inwards = side === 'start' ? elements : [...elements].reverse()
  const needed = inwards.findIndex((element) => element.type !== 'Quantifier' || element.min > 0)
  if (needed < 0) return null
  return union(
    inwards.slice(0, needed + 1).map((element) => {
      const atom = element.type === 'Quantifier' ? element.element : element
      return signsOf(atom, (alternative) => edgeOf(alternative.elements, side))
    }),
  )
}

/** The same for a whole text, where a pattern is anchored to that edge of it. */
function anchoredEdge({ elements }: AST.Alternative, side: Side): Gate {
  const anchor = elements.at(side === 'start' ? 0 : -1)
  if (anchor?.type !== 'Assertion' || anchor.kind !== side) return null
  return edgeOf(side === 'start' ? elements.slice(1) : elements.slice(0, -1), side)
}

function choicesOf(element: AST.Element): readonly string[] | null {
  switch (element.type) {
    case 'Character':
      return [signOf(element)]
    case 'CharacterClass': {
      const signs = signsOfClass(element)
      return signs === null ? null : [...signs]
    }
    case 'Group': {
      const words = element.alternatives.map(wordsOfAlternative)
      return words.includes(null) ? null : words.flatMap((some) => some ?? [])
    }
    case 'Quantifier': {
      const choices = element.max === 1 ? choicesOf(element.element) : null
      return choices === null ? null : [...choices, '']
    }
    default:
      return null
  }
}

function wordsOfAlternative({ elements }: AST.Alternative): readonly string[] | null {
  let texts: readonly string[] = ['']
  for (const element of elements) {
    const choices = choicesOf(element)
    if (choices === null || texts.length * choices.length > MOST_WORDS) return null
    texts = texts.flatMap((text) => choices.map((choice) => text + choice))
  }
  return texts
}

/** What can be told of one alternative of a pattern's outermost level. */
export interface Alternative {
  readonly source: string
  /** The gates of its elements, in order: a match holds a sign of each, one after another. */
  readonly gates: readonly ReadonlySet<string>[]
  /** Signs of which a text must begin with one; null where it may begin with any. */
  readonly starts: Gate
  /** Signs of which a text must end with one. */
  readonly ends: Gate
  /** Every text it matches, where it is a plain list of words; otherwise null. */
  readonly words: readonly string[] | null
}

/** Reads a pattern's source, whose signs are all of one UTF-16 unit. */
export function alternativesOf(source: string): readonly Alternative[] {
  return parse(source).map((alternative) => {
    const words = wordsOfAlternative(alternative)
    return {
      source: alternative.raw,
      gates: alternative.elements.map((element) => signsOf(element, rarestOf)).filter(useful),
      starts: anchoredEdge(alternative, 'start'),
      ends: anchoredEdge(alternative, 'end'),
      words: words?.includes('') ? null : words,
    }
  })
}
