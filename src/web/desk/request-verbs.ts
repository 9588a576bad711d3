import { z } from 'zod'
import type { Action } from './act.js'

const words = z.string().trim().min(1).max(500)
const number = z.string().regex(/^[A-Z0-9]+-\d{6}-\d{4}$/i)

type Call = Pick<Action, 'command' | 'input' | 'words'>
type Verb = (about: string, form: Readonly<Record<string, unknown>>) => Call

const plain =
  (command: string): Verb =>
  (about) => ({ command, input: { number: about, words: '' } })
const withWords =
  (
    command: string,
    join: (form: { words: string; until?: string; reason?: string }) => string = (form) => form.words,
  ): Verb =>
  (about, form) => {
    const parsed = z
      .object({
        words,
        until: z.iso.date().or(z.literal('')).optional(),
        reason: z.string().trim().max(200).optional(),
      })
      .parse(form)
    return { command, input: { number: about, words: join({ ...parsed }) } }
  }

/** What the buttons of a request's page do: the commands of the chat, with the words they would have been given there. */
export const VERBS: Readonly<Record<string, Verb>> = {
  accept: plain('requests.accept'),
  resume: plain('requests.resume'),
  unmerge: plain('requests.unmerge'),
  'not-a-request': plain('requests.not-a-request'),
  note: withWords('requests.note'),
  solve: withWords('requests.solve'),
  cannot: withWords('requests.cannot'),
  transfer: withWords('requests.transfer', (form) => [form.words, form.reason].filter(Boolean).join(' ')),
  pause: withWords('requests.pause', (form) => [form.words, form.until && `到${form.until}`].filter(Boolean).join(' ')),
  recategorise: withWords('requests.recategorise'),
  readdress: (about, form) => {
    const place = words.parse(form.words)
    return { command: 'requests.readdress', input: { number: about, words: place }, words: place }
  },
  'not-ours': (about, form) => {
    const { whose, other, reason } = z
      .object({ whose: z.string().max(60), other: z.string().trim().max(200), reason: z.string().trim().max(200) })
      .parse(form)
    const named = whose === '' ? words.parse(other) : whose
    return { command: 'requests.whose', input: { number: about, reason, whose: named } }
  },
  merge: (about, form) => ({
    command: 'requests.merge',
    input: {
      number: about,
      into: number.parse(
        String(form.into ?? '')
          .trim()
          .toUpperCase(),
      ),
    },
  }),
}
