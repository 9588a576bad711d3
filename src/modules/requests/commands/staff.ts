import type { Tx } from '../../../db/transaction.js'
import { type AnyCommand, command, type Decision, type Turn } from '../../../kernel/module.js'
import { readPhrase } from '../phrases.js'
import { findReference, openRequestsFor, type Reference } from '../store.js'
import { texts } from '../texts.js'
import type { RequestView } from '../types.js'
import { type RefInput, refInput, refuse, STAFF, withRequest } from './shared.js'

export interface StaffCommand<Extra> {
  readonly name: string
  /** The words that start the phrase, longest first where one begins another. */
  readonly verbs: readonly string[]
  /** The verb as a question names it: “想办结哪一件”. */
  readonly verb: string
  readonly help: { readonly say: string; readonly does: string }
  /** Whether it also works on what is closed. */
  readonly onClosed?: boolean
  /** Said when words are needed and missing; the next message is taken as them. */
  readonly askWords?: (request: RequestView) => string
  load?(tx: Tx, turn: Turn, request: RequestView, words: string): Promise<Extra>
  decide(request: RequestView, turn: Turn, words: string, extra: Extra): Decision
}

interface State<Extra> {
  readonly reference: Reference
  readonly words: string
  readonly extra: Extra | null
}

/**
 * A worker's phrase about one request: `<verb> [number] [words]`, a button of its card, or the answer to what we asked.
 * Finds the request, checks that it is this community's and open, asks for words where they are needed.
 */
export function staffCommand<Extra>(definition: StaffCommand<Extra>): AnyCommand {
  const { name, verbs, verb, help } = definition
  return command<RefInput, State<Extra>>({
    name,
    help: { ...help, roles: STAFF },
    roles: STAFF,
    input: refInput,
    match: (turn) => {
      if (turn.said.kind !== 'text') return null
      const phrase = readPhrase(turn.said.text, verbs)
      return phrase && { number: phrase.ref, words: phrase.rest }
    },
    load: async (tx, turn, input) => {
      const words = turn.said.kind === 'answer' ? turn.said.text : input.words
      const candidates = () =>
        turn.community ? openRequestsFor(tx, turn.community.id, turn.actor.personId, 9) : Promise.resolve([])
      const reference = await findReference(tx, turn, input.number ?? null, candidates)
      const extra =
        reference.kind === 'found' && definition.load ? await definition.load(tx, turn, reference.request, words) : null
      return { reference, words, extra }
    },
    decide: ({ reference, words, extra }, turn) =>
      withRequest(turn, reference, { command: name, verb, words }, (request) => {
        if (request.status === 'closed' && !definition.onClosed) return refuse(turn, texts.closedAlready(request))
        if (definition.askWords && words.trim() === '')
          return {
            ...refuse(turn, definition.askWords(request)),
            ask: { command: name, input: { number: request.number, words: '' }, expiresInMs: 10 * 60_000 },
          }
        return definition.decide(request, turn, words.trim(), extra as Extra)
      }),
  })
}
