import { faultText, importRoster, type OnProgress, type RosterCounts } from '../community/import/index.js'
import { OperatorError } from '../kernel/errors.js'
import { createProgress } from './progress.js'
import { withDatabase } from './session.js'
import { texts } from './texts.js'

/** More lines than this nobody reads; the count tells the rest. */
const SHOWN_FAULTS = 2000
const SHEETS: readonly [keyof RosterCounts, string][] = [
  ['communities', '社区'],
  ['grids', '网格'],
  ['people', '人员'],
  ['households', '住户'],
  ['chats', '群'],
]

export async function runImport(file: string, { partial = false }: { partial?: boolean }): Promise<void> {
  const progress = createProgress()
  const onProgress: OnProgress = ({ step, sheet, done, total }) =>
    progress.say(`${texts.import.steps[step]} ${sheet} ${done}${total ? `/${total}` : ''}`)
  const { written, faults } = await withDatabase((db, { timezone }) =>
    importRoster(db, file, { partial, now: new Date(), timezone, onProgress }),
  ).finally(() => progress.end())
  for (const fault of faults.slice(0, SHOWN_FAULTS)) console.error(faultText(fault))
  if (faults.length > SHOWN_FAULTS) console.error(texts.import.more(faults.length - SHOWN_FAULTS))
  if (!written) throw new OperatorError(texts.import.nothing(faults.length))
  if (faults.length > 0) console.error(texts.import.skipped(faults.length))
  if (SHEETS.every(([key]) => written[key] === 0)) console.error(texts.import.empty)
  console.log(texts.import.written(SHEETS.map(([key, name]) => `${name} ${written[key]}`).join(' · ')))
}
