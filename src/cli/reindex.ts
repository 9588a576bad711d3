import { rebuildSearch } from '../ledger/search/upkeep.js'
import { ledgerTexts } from './ledger-texts.js'
import { createProgress } from './progress.js'
import { withDatabase } from './session.js'

/** Makes the search index anew from the entries and requests; what is searched meanwhile may miss some. */
export async function runReindex(): Promise<void> {
  const progress = createProgress()
  let done = 0
  await withDatabase((db) =>
    rebuildSearch(db, (documents) => {
      done = documents
      progress.say(ledgerTexts.reindex.progress(documents))
    }),
  ).finally(() => progress.end())
  console.log(ledgerTexts.reindex.done(done))
}
