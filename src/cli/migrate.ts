import { withDatabase } from './session.js'
import { texts } from './texts.js'

/** Opening a database migrates it; this says what was done. */
export async function runMigrate(): Promise<void> {
  await withDatabase(async ({ applied }) => {
    console.log(applied.length > 0 ? texts.migrate.applied(applied) : texts.migrate.current)
  })
}
