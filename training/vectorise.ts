import type { UnderstandingContext } from '../src/kernel/intent.js'
import { readAddress } from '../src/understanding/address/index.js'
import { FeatureBag } from '../src/understanding/features/bag.js'
import { extract } from '../src/understanding/features/extract.js'
import { normalise } from '../src/understanding/text/normalise.js'
import type { Vector } from './fit.js'

const bag = new FeatureBag()

/** A message as the models see it, by the very code that reads messages in use. */
export function vectorise(text: string, context: UnderstandingContext): Vector {
  const normalised = normalise(text)
  extract(bag, normalised, readAddress(normalised), context)
  return { hashes: bag.rows.slice(0, bag.size), grams: bag.grams }
}
