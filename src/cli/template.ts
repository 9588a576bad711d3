import { existsSync } from 'node:fs'
import { writeTemplate } from '../community/import/template.js'
import { OperatorError } from '../kernel/errors.js'
import { texts } from './texts.js'

/** An existing file may be a roster that was filled in for hours: it is never overwritten. */
export async function runTemplate(file: string): Promise<void> {
  if (!/\.xlsx$/i.test(file)) throw new OperatorError(texts.template.notXlsx(file))
  if (existsSync(file)) throw new OperatorError(texts.template.exists(file))
  await writeTemplate(file).catch((error: unknown) => {
    throw new OperatorError(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  })
  console.error(texts.template.written(file))
}
