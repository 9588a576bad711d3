import { hiddenGroups } from './small-groups.js'
import { averageOf, type CellSum, type Estimate, shareOf } from './stats.js'
import type { Definition, FrameCell, Question } from './types.js'
import type { WordGroup } from './words.js'

/** Ballots that say the same in the same cell, counted. */
export interface BallotGroup {
  readonly cell: string
  /** In the order of the questions; null where nothing was said, and for free words. */
  readonly choices: readonly (number | null | readonly (number | null)[])[]
  readonly n: number
}

export interface OptionResult {
  readonly label: string
  readonly count: number
  readonly share: Estimate
}

export interface RowResult {
  readonly label: string
  readonly answered: number
  /** Of 100; null where too few answered. */
  readonly score: Estimate | null
}

export interface QuestionResult {
  readonly key: string
  readonly text: string
  readonly kind: Question['kind']
  readonly answered: number
  /** Too few answers to show anything else. */
  readonly hidden: boolean
  readonly options: readonly OptionResult[]
  /** Share of the upper marks: four and five of five, eight to ten of ten. */
  readonly satisfied: Estimate | null
  /** Of 100. */
  readonly score: Estimate | null
  readonly rows: readonly RowResult[]
  readonly number: { readonly mean: Estimate; readonly median: number; readonly unit: string } | null
}

export interface CellResult {
  readonly cell: string
  readonly label: string
  readonly eligible: number
  readonly invited: number
  readonly answered: number
  /** Too few answers, or needed to keep a neighbour's from being found by subtraction. */
  readonly hidden: boolean
  readonly composite: Estimate | null
  readonly satisfied: readonly { readonly key: string; readonly share: Estimate | null }[]
}

export interface Results {
  readonly eligible: number
  readonly invited: number
  readonly answered: number
  readonly smallestGroup: number
  /** Cells count by their size (a drawn sample) rather than by their answers (everybody was asked). */
  readonly weighted: boolean
  /** Of 100, by the frozen weights; null when no question has one or too few answered. */
  readonly composite: Estimate | null
  readonly questions: readonly QuestionResult[]
  readonly cells: readonly CellResult[]
  readonly words: readonly WordGroup[]
}

type Choice = BallotGroup['choices'][number]
/** A figure of one ballot; null where it has none. */
type Figure = (choices: BallotGroup['choices']) => number | null

/** Counts a round. Times and people are not known here: only what was said, cell by cell. */
export function countResults(
  definition: Definition,
  frame: readonly FrameCell[],
  groups: readonly BallotGroup[],
  words: readonly WordGroup[],
  smallestGroup: number,
): Results {
  const weighted = definition.sample !== undefined
  const answered = sum(groups.map((group) => group.n))
  const context: Context = { frame, groups, smallestGroup, weighted }
  const composite = compositeFigure(definition)
  const open = answered >= smallestGroup
  const scored = definition.questions.flatMap((question, index) => (upper(question) ? [{ question, index }] : []))
  const ofCells = composite && open ? perCell(context, composite, average) : new Map<string, Estimate>()
  const shares = scored.map(({ question, index }) => ({
    key: question.key,
    cells: open ? perCell(context, isUpper(question, index), shareOf) : new Map<string, Estimate>(),
  }))
  const counts = frame.map(({ cell }) => sum(groups.filter((group) => group.cell === cell).map((group) => group.n)))
  const hidden = hiddenGroups(counts, smallestGroup)
  return {
    eligible: sum(frame.map((cell) => cell.eligible)),
    invited: sum(frame.map((cell) => cell.invited)),
    answered,
    smallestGroup,
    weighted,
    composite: composite && open ? average(cellSums(context, composite), weighted) : null,
    questions: definition.questions.map((question, index) => countQuestion(context, question, index)),
    cells: frame.map((cell, index) => ({
      ...cell,
      answered: counts[index] ?? 0,
      hidden: !open || hidden.has(index),
      composite: ofCells.get(cell.cell) ?? null,
      satisfied: shares.map(({ key, cells }) => ({ key, share: cells.get(cell.cell) ?? null })),
    })),
    words,
  }
}

interface Context {
  readonly frame: readonly FrameCell[]
  readonly groups: readonly BallotGroup[]
  readonly smallestGroup: number
  readonly weighted: boolean
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
const average = (cells: readonly CellSum[], weighted: boolean) => averageOf(cells, weighted, 0, 100)

/** The lowest mark that counts as satisfied; null for questions without marks. */
function upper(question: Question): number | null {
  if (question.kind !== 'scale') return null
  return question.points === 5 ? 4 : 8
}

const isUpper =
  (question: Question, index: number): Figure =>
  (choices) => {
    const value = choices[index]
    const least = upper(question)
    return typeof value === 'number' && least !== null ? Number(value >= least) : null
  }

/** A scale's or matrix's marks of 100. */
function scoreOf(question: Question, choice: Choice | undefined): number | null {
  if (question.kind !== 'scale' && question.kind !== 'matrix') return null
  const marks = (Array.isArray(choice) ? choice : [choice]).filter((mark) => typeof mark === 'number')
  return marks.length > 0 ? (sum(marks) / marks.length / question.points) * 100 : null
}

/** The weighted mean of a ballot's marks; questions it passed over leave their weight to the others. */
function compositeFigure(definition: Definition): Figure | null {
  const parts = definition.questions.flatMap((question, index) => {
    const weight = 'weight' in question ? question.weight : undefined
    return weight ? [{ question, index, weight }] : []
  })
  if (parts.length === 0) return null
  return (choices) => {
    let weights = 0
    let all = 0
    for (const { question, index, weight } of parts) {
      const score = scoreOf(question, choices[index])
      if (score === null) continue
      weights += weight
      all += weight * score
    }
    return weights > 0 ? all / weights : null
  }
}

function cellSums({ frame, groups }: Context, figure: Figure): CellSum[] {
  const sums = new Map(frame.map((cell) => [cell.cell, { size: cell.eligible, n: 0, sum: 0, squares: 0 }]))
  // Ballots whose small cell was dissolved at the closing stand in a cell of their own.
  const loose = { size: 0, n: 0, sum: 0, squares: 0 }
  for (const group of groups) {
    const value = figure(group.choices)
    if (value === null) continue
    const cell = sums.get(group.cell) ?? loose
    cell.n += group.n
    cell.sum += value * group.n
    cell.squares += value * value * group.n
  }
  return loose.n > 0 ? [...sums.values(), loose] : [...sums.values()]
}

/** An estimate a cell, without those that must stay hidden. */
function perCell(
  context: Context,
  figure: Figure,
  estimate: (cells: readonly CellSum[], weighted: boolean) => Estimate | null,
): Map<string, Estimate> {
  const sums = cellSums(context, figure)
  const hidden = hiddenGroups(
    sums.map((cell) => cell.n),
    context.smallestGroup,
  )
  return new Map(
    context.frame.flatMap(({ cell }, index) => {
      const one = sums[index]
      const value = one && !hidden.has(index) ? estimate([one], false) : null
      return value ? [[cell, value] as const] : []
    }),
  )
}

function countQuestion(context: Context, question: Question, index: number): QuestionResult {
  const { groups, smallestGroup, weighted } = context
  const given = groups.filter((group) => group.choices[index] !== null && group.choices[index] !== undefined)
  const answered = sum(given.map((group) => group.n))
  const hidden = answered < smallestGroup
  const nothing = { options: [], satisfied: null, score: null, rows: [], number: null }
  const base = { key: question.key, text: question.text, kind: question.kind, answered, hidden }
  if (hidden || question.kind === 'text') return { ...base, ...nothing }
  const share = (test: (choice: Choice) => boolean) =>
    shareOf(
      cellSums(context, (choices) => {
        const choice = choices[index]
        return choice === null || choice === undefined ? null : Number(test(choice))
      }),
      weighted,
    ) ?? { value: 0, low: 0, high: 1 }
  const option = (label: string, value: number): OptionResult => {
    const test = (choice: Choice) => (Array.isArray(choice) ? choice.includes(value) : choice === value)
    return {
      label,
      count: sum(given.filter((g) => test(g.choices[index] ?? null)).map((g) => g.n)),
      share: share(test),
    }
  }
  const score = (row?: number) =>
    average(
      cellSums(context, ({ [index]: choice }) =>
        scoreOf(question, row === undefined ? choice : Array.isArray(choice) ? choice[row] : null),
      ),
      weighted,
    )
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return { ...base, ...nothing, options: question.options.map((label, at) => option(label, at + 1)) }
    case 'scale': {
      const { points, labels } = question
      const marks = Array.from({ length: points }, (_, at) => points - at)
      const options = marks.map((mark, at) => option(labels?.[at] ?? `${mark} 分`, mark))
      const least = upper(question) ?? points
      const satisfied = share((choice) => typeof choice === 'number' && choice >= least)
      return { ...base, ...nothing, options, satisfied, score: score() }
    }
    case 'matrix': {
      const rows = question.rows.map((label, row) => {
        const marked = given.filter((group) => typeof (group.choices[index] as readonly unknown[])[row] === 'number')
        const n = sum(marked.map((group) => group.n))
        return { label, answered: n, score: n < smallestGroup ? null : score(row) }
      })
      return { ...base, ...nothing, rows, score: score() }
    }
    case 'number':
      return { ...base, ...nothing, number: countNumber(context, index, given, question.unit) }
  }
}

function countNumber(
  context: Context,
  index: number,
  given: readonly BallotGroup[],
  unit: string,
): QuestionResult['number'] {
  const values = given.flatMap((group) => {
    const value = group.choices[index]
    return typeof value === 'number' ? [{ value, n: group.n }] : []
  })
  values.sort((a, b) => a.value - b.value)
  const figure: Figure = ({ [index]: choice }) => (typeof choice === 'number' ? choice : null)
  const mean = averageOf(
    cellSums(context, figure),
    context.weighted,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  )
  if (!mean) return null
  let left = sum(values.map((one) => one.n)) / 2
  const middle = values.find((one) => {
    left -= one.n
    return left <= 0
  })
  return { mean, median: middle?.value ?? 0, unit }
}
