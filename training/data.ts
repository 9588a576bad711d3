import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CATEGORIES, type Category, INTENTS, type Intent, type UnderstandingContext } from '../src/kernel/intent.js'

/** One labelled message. */
export interface Example {
  readonly text: string
  readonly intent: Intent
  /** Intents that are equally right: a complaint title may be a request or a consult. */
  readonly category: Category | null
  readonly urgent: boolean
  /** building/unit/room with - for what is missing, or null where not labelled. */
  readonly address: string | null
  readonly context: UnderstandingContext
  /** How much it counts in training. */
  readonly weight: number
  readonly source: string
}

const ROOT = new URL('..', import.meta.url).pathname
export const TRAINING = join(ROOT, 'training')
export const SHARED = join(ROOT, '..', 'shared', 'data')
/** Files never trained on, by what they are called in tables. */
const KEPT_APART = {
  'held-out': 'heldout.tsv',
  blind: 'blind.tsv',
  'blind 2': 'blind-2.tsv',
  'blind 3': 'blind-3.tsv',
} as const

function fail(file: string, line: number, why: string): never {
  throw new Error(`${file}:${line}: ${why}`)
}

/** Reads one file of hand-written messages. @throws Error naming file and line where a row is malformed */
export function readTsv(path: string, source: string): Example[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, index): Example[] => {
      if (line.trim() === '') return []
      const [intentName, categoryName, urgency, address, text, context] = line.split('\t')
      const intent = INTENTS.find((name) => name === intentName)
      const category = CATEGORIES.find((name) => name === categoryName) ?? null
      if (intent === undefined) return fail(path, index + 1, `unknown intent ${intentName}`)
      if (categoryName !== '-' && category === null) return fail(path, index + 1, `unknown category ${categoryName}`)
      if (text === undefined || text === '') return fail(path, index + 1, 'no text')
      return [
        {
          text,
          intent,
          category,
          urgent: urgency === '!',
          address: address === '-' || address === undefined ? '-/-/-' : address,
          context: context === undefined || context === '' ? {} : JSON.parse(context),
          weight: 1,
          source,
        },
      ]
    })
}

/** All hand-written training messages; the files kept apart are not among them. */
export function readTraining(): Example[] {
  return readdirSync(TRAINING)
    .filter((name) => name.endsWith('.tsv') && !Object.values<string>(KEPT_APART).includes(name))
    .sort()
    .flatMap((name) => readTsv(join(TRAINING, name), name.replace('.tsv', '')))
}

/** The files that only measure. */
export const readKeptApart = () =>
  Object.fromEntries(
    Object.entries(KEPT_APART).map(([name, file]) => [name, readTsv(join(TRAINING, file), name)]),
  ) as Readonly<Record<keyof typeof KEPT_APART, Example[]>>

interface DevRow {
  readonly text: string
  readonly intent: Intent
  readonly category: Category | null
  readonly urgent: boolean
  readonly building: string | null
  readonly unit: string | null
  readonly room: string | null
}

/** The labelled development messages beside the repository; empty where that folder is missing. */
export function readDev(): Example[] {
  const path = join(SHARED, 'chat-dev.jsonl')
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const row = JSON.parse(line) as DevRow
      const { text, intent, category, urgent } = row
      const address = [row.building, row.unit, row.room].map((part) => part ?? '-').join('/')
      return { text, intent, category, urgent, address, context: {}, weight: 1, source: 'chat-dev' }
    })
}

/** One cell of a line of CSV at a time; quotes double inside quotes. */
function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    (m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? '',
  )
}

function readCsv(name: string): string[][] {
  const path = join(SHARED, name)
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line !== '')
    .map(cells)
}

/** Titles of citizens' complaints near neighbourhood life: each should be seen as a request or a consult. */
export const readTitles = (): string[] =>
  readCsv('citizen-titles.csv')
    .filter((row) => row.at(-1) === '1')
    .map((row) => row[0] ?? '')

/** Ordinary chat lines that nobody should log. */
export const readChatLines = (): string[] =>
  readCsv('chatter.csv')
    .filter((row) => row.at(-1) === '0')
    .map((row) => row[1] ?? '')
