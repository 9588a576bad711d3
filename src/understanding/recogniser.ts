import {
  CATEGORIES,
  type Category,
  INTENTS,
  type Intent,
  type Reason,
  type Recogniser,
  type Understanding,
  type UnderstandingContext,
} from '../kernel/intent.js'
import { readAddress } from './address/index.js'
import { nudge } from './context.js'
import { FeatureBag } from './features/bag.js'
import { extract } from './features/extract.js'
import { greatest, scoreCategories, scoreIntents, toProbabilities } from './model/score.js'
import { CATEGORY_COLUMNS, type Weights } from './model/weights.js'
import { createLoudest } from './reasons.js'
import { normalise } from './text/normalise.js'

const NO_CONTEXT: UnderstandingContext = {}
const round = (value: number) => Math.round(value * 10_000) / 10_000

/** Intents that are about a matter; the others have no category. */
const HAS_CATEGORY: ReadonlySet<Intent> = new Set<Intent>(['request', 'consult', 'chase', 'metoo'])
/** A cry for help that also looks like talk is taken for a request. */
const LIKELY_URGENT = 0.5
const LEAST_REQUEST = 0.05
/** A message less likely a request than this is never put on record by itself. */
const MAY_BE_LOGGED = 0.1
/** Outweighs whatever the words of an address score. */
const SURE_SCORE = 30

/** A line that names a place and says nothing else of it, as people answer where they live; longer ones say more. */
const BARE_PLACE =
  /^(?:[A-Za-z](?![A-Za-z])|[\s\d零〇一二三四五六七八九十百廿卅\-—–_/,，.。、:：#幢栋座号楼单元室户我们家在住是])+$/
const LONGEST_BARE_PLACE = 20
const isBarePlace = (text: string, rule: string): boolean =>
  rule !== 'none' && text.length <= LONGEST_BARE_PLACE && BARE_PLACE.test(text)

/** Marks and choices (`9 8 10 7!`, `2`, `8.5`, `A B`): an answer to something, never a report. `+1` is none of these. */
const BARE_MARKS = /^(?:[A-Za-z](?![A-Za-z])|[\d\s.,，。、;；:：/|~!#%-])+$/
const EMERGENCY_NUMBERS = /110|119|120/
const isBareMarks = (text: string): boolean => BARE_MARKS.test(text) && !EMERGENCY_NUMBERS.test(text)

/** A recogniser over the given weights. It keeps scratch space: one per thread. */
export function createRecogniser(weights: Weights): Recogniser {
  const bag = new FeatureBag(weights.rows)
  const loudest = createLoudest(weights)
  const intents = new Float64Array(INTENTS.length)
  const categories = new Float64Array(CATEGORY_COLUMNS)
  const { intent: intentHead, category: categoryHead, urgent: urgentHead } = weights.header

  function understand(text: string, context: UnderstandingContext = NO_CONTEXT): Understanding {
    const normalised = normalise(text)
    const reading = readAddress(normalised)
    const shaped = extract(bag, normalised, reading, context)
    const bare = isBarePlace(normalised, reading.rule) || isBareMarks(normalised)
    const dangerScore = scoreIntents(weights, bag, intents)
    const urgentProbability = bare ? 0 : 1 / (1 + Math.exp(-dangerScore))
    if (bare) intents[INTENTS.indexOf('chatter')] = SURE_SCORE
    const contextReasons: readonly Reason[] = context === NO_CONTEXT ? [] : nudge(intents, context)
    toProbabilities(intents, intentHead.temperature)
    const requestProbability = intents[0] as number
    const dangerous = urgentProbability >= urgentHead.threshold
    const crying = urgentProbability >= LIKELY_URGENT && requestProbability >= LEAST_REQUEST
    const chosen = crying ? 0 : greatest(intents, dangerous ? 1 : 1 / intentHead.requestMargin)
    const intent = INTENTS[chosen] ?? 'chatter'
    const urgent = intent === 'request' && dangerous
    let category: Category | null = null
    let likelyCategory: Category | null = null
    let categoryConfidence = 1
    // Said to us outright, even small talk may be put on record by whoever says it; and what may be a request is logged or
    // asked about by its probability, whatever the likeliest intent.
    if (HAS_CATEGORY.has(intent) || context.addressed || requestProbability >= MAY_BE_LOGGED) {
      scoreCategories(weights, bag, categories)
      toProbabilities(categories, categoryHead.temperature)
      const best = greatest(categories)
      likelyCategory = CATEGORIES[best] ?? null
      if (HAS_CATEGORY.has(intent)) {
        category = likelyCategory
        categoryConfidence = categories[best] as number
      }
    }
    const loud = loudest(bag, shaped, chosen)
    return {
      intent,
      category,
      likelyCategory,
      urgent,
      address: reading.address,
      confidence: {
        intent: round(intents[chosen] as number),
        category: round(categoryConfidence),
        urgent: round(urgent ? urgentProbability : 1 - urgentProbability),
        address: reading.confidence,
      },
      requestProbability: round(requestProbability),
      reasons: contextReasons.length === 0 ? loud : [...contextReasons, ...loud],
    }
  }
  return { understand }
}
