import type { Calibration } from './models.js'

/** Scores of one held-back message and which output was right. */
export interface Scored {
  readonly scores: Float32Array
  readonly right: number
}

function logLoss(scored: readonly Scored[], temperature: number): number {
  let loss = 0
  for (const { scores, right } of scored) {
    let whole = 0
    for (const score of scores) whole += Math.exp((score - (scores[right] as number)) / temperature)
    loss += Math.log(whole)
  }
  return loss / scored.length
}

/** The divisor of scores under which held-back messages are least surprising. */
export function bestTemperature(scored: readonly Scored[]): number {
  let best = 1
  let least = Number.POSITIVE_INFINITY
  for (let t = 0.3; t <= 3; t += 0.05) {
    const loss = logLoss(scored, t)
    if (loss < least) {
      least = loss
      best = t
    }
  }
  return Math.round(best * 100) / 100
}

/** Log-odds of urgency of one held-back message. */
export interface UrgentScored {
  readonly score: number
  readonly urgent: boolean
}

/**
 * A missed danger costs this many times a false alarm. No more than one: among the training lines dangers are twice as
 * many as in a group, and what stays below the threshold but is not sure to be harmless asks a worker all the same.
 */
const MISS_COST = 1

/** The divisor for urgency, and the threshold under which misses and false alarms cost least. */
export function calibrateUrgency(
  scored: readonly UrgentScored[],
): Pick<Calibration, 'urgentTemperature' | 'urgentThreshold'> {
  const pairs = scored.map(({ score, urgent }) => ({ scores: new Float32Array([0, score]), right: urgent ? 1 : 0 }))
  const temperature = bestTemperature(pairs)
  const probability = (score: number) => 1 / (1 + Math.exp(-score / temperature))
  let best = 0.5
  let least = Number.POSITIVE_INFINITY
  for (let threshold = 0.05; threshold <= 0.6; threshold += 0.01) {
    let cost = 0
    for (const { score, urgent } of scored) {
      const called = probability(score) >= threshold
      if (urgent && !called) cost += MISS_COST
      else if (!urgent && called) cost += 1
    }
    if (cost < least) {
      least = cost
      best = threshold
    }
  }
  return { urgentTemperature: temperature, urgentThreshold: Math.round(best * 1000) / 1000 }
}
