import type { Recogniser } from '../kernel/intent.js'
import { loadWeights } from './model/weights.js'
import { createRecogniser } from './recogniser.js'

export { triage } from './triage.js'

/**
 * The recogniser with the committed weights. Reads one file, once; afterwards it is pure and synchronous.
 * @throws Error where the weights are missing or of another version
 */
export function loadRecogniser(): Recogniser {
  return createRecogniser(loadWeights())
}
