import { seedDemo } from '../demo/index.js'
import { OperatorError } from '../kernel/errors.js'
import { withDatabase } from './session.js'
import { texts } from './texts.js'

export async function runDemo(): Promise<void> {
  const seeded = await withDatabase((db) => seedDemo(db, new Date(), { district: true }))
  if (!seeded) throw new OperatorError(texts.demo.inUse)
  console.log(texts.demo.seeded)
}
