import { importVisits, visitFaultText } from '../app.js'
import { communityView } from '../community/settings.js'
import { OperatorError } from '../kernel/errors.js'
import { createProgress } from './progress.js'
import { communityByCode, withDatabase } from './session.js'
import { texts } from './texts.js'

/** More lines than this nobody reads; the count tells the rest. */
const SHOWN_FAULTS = 2000
const STEPS = { read: '读取 / reading', write: '写入 / writing', count: '统计 / counting' } as const

export async function runImportVisits(
  file: string,
  { community: code, partial = false }: { community: string; partial?: boolean },
): Promise<void> {
  const progress = createProgress()
  const { written, faults } = await withDatabase(async (db) => {
    const community = communityView(await communityByCode(db.read, code))
    return importVisits(db, file, {
      community,
      now: new Date(),
      partial,
      onProgress: (step, done, total) => progress.say(`${STEPS[step]} ${done}${total ? `/${total}` : ''}`),
    })
  }).finally(() => progress.end())
  for (const fault of faults.slice(0, SHOWN_FAULTS)) console.error(visitFaultText(fault))
  if (faults.length > SHOWN_FAULTS) console.error(texts.import.more(faults.length - SHOWN_FAULTS))
  if (!written) throw new OperatorError(texts.import.nothing(faults.length))
  if (faults.length > 0) console.error(texts.import.skipped(faults.length))
  console.log(`${texts.import.written(`走访 ${written.added}`)}（已有 / known ${written.known}）`)
}
