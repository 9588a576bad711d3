import { readFile, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { checkSurvey, draftOf, modules, planSurvey, surveyTables } from '../app.js'
import type { Database } from '../db/client.js'
import { carryOut } from '../engine/decision.js'
import { OperatorError } from '../kernel/errors.js'
import { communityByCode, withDatabase } from './session.js'
import { surveyTexts as texts } from './survey-texts.js'

/** What the file asks. @throws OperatorError after all its faults were told, each with its line. */
async function readSurvey(file: string) {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new OperatorError(texts.unreadable(file, error instanceof Error ? error.message : String(error)))
  })
  const checked = checkSurvey(text.replace(/^\uFEFF/, ''))
  if ('definition' in checked) return checked.definition
  for (const { line, zh, en } of checked.faults) console.error(`${file}${line ? `:${line}` : ''}: ${zh} / ${en}`)
  throw new OperatorError(texts.faulty(checked.faults.length))
}

/** Says all that is wrong with a survey's file, or what it asks. Needs no database. */
export async function runCheckSurvey(file: string): Promise<void> {
  const { title, questions, anonymous } = await readSurvey(file)
  console.log(texts.sound(title, questions.length, anonymous))
}

const plan = async (db: Database, file: string, code: string, now: Date) =>
  planSurvey(db.read, await readSurvey(file), await communityByCode(db.read, code), now)

/** Shows a survey's file as the chat would, with how many it would ask. */
export async function runPreviewSurvey(file: string, { community }: { community: string }): Promise<void> {
  await withDatabase(async (db) => console.log((await plan(db, file, community, new Date())).preview))
}

/** Puts a survey's file among the community's drafts; it is published in the chat, by whoever runs it. */
export async function runImportSurvey(file: string, { community }: { community: string }): Promise<void> {
  await withDatabase(async (db) => {
    const now = new Date()
    const planned = await plan(db, file, community, now)
    const { number, owner } = planned.survey
    await db.write(async (tx) => {
      const event = await draftOf(tx, planned, now)
      if (!event) throw new OperatorError(texts.noRunner(owner))
      const cause = { now, inboxId: null, actor: `cli:${userInfo().username}` }
      await carryOut(tx, modules, { events: [event], drafts: [] }, cause, null)
    })
    console.log(planned.preview)
    console.log(texts.imported(number, owner))
  })
}

/** Writes the tables of a round that is over. */
export async function runExportSurvey(number: string, { out }: { out: string }): Promise<void> {
  const format = /\.(xlsx|csv)$/i.exec(out)?.[1]?.toLowerCase()
  if (format !== 'xlsx' && format !== 'csv') throw new OperatorError(texts.badOut(out))
  const bytes = await withDatabase((db) => surveyTables(db.read, number.toUpperCase(), format))
  if (!bytes) throw new OperatorError(texts.notClosed(number))
  await writeFile(out, bytes)
  console.log(texts.written(out))
}
