import { prepareSearch } from '../ledger/search/upkeep.js'
import { withDatabase } from './session.js'
import { texts } from './texts.js'

/** Opening a database migrates it; this also makes the search index fit, and says what was done. */
export async function runMigrate(): Promise<void> {
  await withDatabase(async (db) => {
    const { applied } = db
    await prepareSearch(db)
    console.log(applied.length > 0 ? texts.migrate.applied(applied) : texts.migrate.current)
  })
}
