import { CATEGORIES, INTENTS, type Understanding } from '../src/kernel/intent.js'
import type { Example } from './data.js'

/** A labelled message and what was understood. */
export interface Judged {
  readonly example: Example
  readonly understood: Understanding
}

const ratio = (part: number, whole: number) => (whole === 0 ? Number.NaN : part / whole)
const count = <T>(items: readonly T[], test: (item: T) => boolean) => items.filter(test).length

export const addressOf = ({ address }: Understanding): string =>
  [address.building, address.unit, address.room].map((part) => part ?? '-').join('/')

/** The figures the project aims at. All are shares; NaN where the set holds no such message. */
export function measure(judged: readonly Judged[]): Readonly<Record<string, number>> {
  const requests = judged.filter((j) => j.example.intent === 'request')
  const seenAsRequest = judged.filter((j) => j.understood.intent === 'request')
  const chatter = judged.filter((j) => j.example.intent === 'chatter')
  const withCategory = judged.filter((j) => j.example.category !== null && /request|consult/.test(j.example.intent))
  const urgent = judged.filter((j) => j.example.urgent)
  const calledUrgent = judged.filter((j) => j.understood.urgent)
  const hit = (j: Judged) => j.understood.intent === j.example.intent
  const addressed = judged.filter((j) => j.example.address !== null)
  return {
    messages: judged.length,
    'intent accuracy': ratio(count(judged, hit), judged.length),
    'request precision': ratio(count(seenAsRequest, hit), seenAsRequest.length),
    'request recall': ratio(count(requests, hit), requests.length),
    'chatter logged': ratio(
      count(chatter, (j) => j.understood.intent === 'request'),
      chatter.length,
    ),
    'category accuracy': ratio(
      count(withCategory, (j) => categoryHit(j)),
      withCategory.length,
    ),
    'urgent precision': ratio(
      count(calledUrgent, (j) => j.example.urgent),
      calledUrgent.length,
    ),
    'urgent recall': ratio(
      count(urgent, (j) => j.understood.urgent),
      urgent.length,
    ),
    'address exact': ratio(
      count(addressed, (j) => addressOf(j.understood) === j.example.address),
      addressed.length,
    ),
  }
}

/** A message whose intent has no category by the verdict counts as a wrong category. */
const categoryHit = ({ example, understood }: Judged) => understood.category === example.category

export function table(rows: Readonly<Record<string, Readonly<Record<string, number>>>>): string {
  const names = Object.keys(rows)
  const figures = Object.keys(Object.values(rows)[0] ?? {})
  const show = (figure: string, value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? '–' : figure === 'messages' ? String(value) : value.toFixed(3)
  const lines = figures.map((figure) => [figure, ...names.map((name) => show(figure, rows[name]?.[figure]))])
  const all = [['', ...names], ...lines]
  const widths = all[0]?.map((_, c) => Math.max(...all.map((line) => (line[c] ?? '').length))) ?? []
  return all
    .map((line) =>
      line.map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0))).join('  '),
    )
    .join('\n')
}

/** Rows are the labels, columns the verdicts. */
export function confusion(judged: readonly Judged[], of: 'intent' | 'category'): string {
  const names: readonly string[] = of === 'intent' ? INTENTS : CATEGORIES
  const relevant = of === 'intent' ? judged : judged.filter((j) => j.example.category !== null)
  const verdict = (j: Judged) => (of === 'intent' ? j.understood.intent : j.understood.category)
  const label = (j: Judged) => (of === 'intent' ? j.example.intent : j.example.category)
  const head = ''.padEnd(13) + names.map((name) => name.slice(0, 6).padStart(7)).join('')
  const rows = names.map(
    (name) =>
      name.padEnd(13) +
      names
        .map((other) => String(count(relevant, (j) => label(j) === name && verdict(j) === other)).padStart(7))
        .join(''),
  )
  return [head, ...rows].join('\n')
}
