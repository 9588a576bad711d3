import { z } from 'zod'
import { findHouseholds, gridOfBuilding } from '../../../community/households.js'
import { responsibleFor } from '../../../community/responsible.js'
import type { Tx } from '../../../db/transaction.js'
import { type Address, CATEGORIES, CATEGORY_NAMES, type Category } from '../../../kernel/intent.js'
import { maskText } from '../../../kernel/masking.js'
import { command, type Decision, type Draft, type Turn } from '../../../kernel/module.js'
import { cardChoices } from '../card.js'
import { requestByNumber } from '../store.js'
import { placeText, texts, title } from '../texts.js'
import type { Named, RequestView } from '../types.js'
import { happened, LEAVE, onTurn, refuse, say, toWorker } from './shared.js'
import { staffCommand } from './staff.js'

const example = (request: RequestView, source: string, changes: { category?: Category; address?: Address }) => ({
  ...happened(request, 'example_kept', '', {
    text: maskText(request.text),
    intent: request.kind,
    category: changes.category ?? request.category,
    urgent: request.urgent,
    address: changes.address ?? request.address,
    source,
  }),
  page: null,
})

/** 改类: puts the category right; kept as an example to learn from. */
export const recategorise = staffCommand<null>({
  name: 'requests.recategorise',
  verbs: ['改类别', '改类'],
  verb: '改类',
  help: { say: '改类 0012 环境卫生', does: '改正类别' },
  askWords: () => texts.categories(),
  decide: (request, turn, words) => {
    const category = CATEGORIES.find(
      (one) => CATEGORY_NAMES[one] === words || one === words || CATEGORY_NAMES[one].startsWith(words),
    )
    if (!category) return refuse(turn, texts.categories())
    return {
      events: [
        happened(request, 'recategorised', `类别由${CATEGORY_NAMES[request.category]}改为${CATEGORY_NAMES[category]}`, {
          category,
        }),
        example(request, 'category', { category }),
      ],
      drafts: [say(turn, texts.recategorised(request, category))],
    }
  },
})

interface NewPlace {
  readonly address: Address
  readonly householdId: number | null
  readonly gridId: number | null
  readonly worker: Named | null
}

async function placeOf(tx: Tx, turn: Turn, request: RequestView): Promise<NewPlace | null> {
  const read = turn.understanding?.address
  if (!read || !placeText(read, true) || !turn.community) return null
  // A unit or room alone refines the place already known.
  const address = read.building
    ? read
    : { building: request.address.building, unit: read.unit ?? request.address.unit, room: read.room }
  const [household, second] = await findHouseholds(tx, turn.community.id, address, 2)
  const gridId =
    (second ? null : household?.gridId) ?? (await gridOfBuilding(tx, turn.community.id, address)) ?? request.gridId
  const worker = gridId ? await responsibleFor(tx, gridId, turn.now) : null
  return { address, householdId: second ? null : (household?.id ?? null), gridId, worker: worker ?? request.worker }
}

function readdressed(request: RequestView, place: NewPlace): Decision['events'] {
  const { address, householdId, gridId, worker } = place
  return [
    happened({ ...request, householdId, gridId, worker }, 'readdressed', `地址：${placeText(address, true)}`, {
      address,
      householdId,
      gridId,
      workerId: worker?.id ?? null,
    }),
  ]
}

/** A worker who gets it by its new address sees it as they would a new one. */
function handOver(request: RequestView, place: NewPlace, turn: Turn): Draft[] {
  if (!place.worker || place.worker.id === request.worker?.id) return []
  const moved = { ...request, worker: place.worker, address: place.address }
  const card = `【改址转来】${title(moved)}\n“${request.text.slice(0, 100)}”`
  const choices = cardChoices(request.number, { accepted: request.status !== 'new' && request.status !== 'assigned' })
  return [toWorker(moved, onTurn(turn, 'readdressed'), card, { choices })]
}

/** 改址: puts the address right; the block and its worker follow. */
export const readdress = staffCommand<NewPlace | null>({
  name: 'requests.readdress',
  verbs: ['改地址', '改址'],
  verb: '改址',
  help: { say: '改址 0012 3幢2单元501', does: '改正地址，责任人跟着变' },
  askWords: () => texts.askAddress,
  load: (tx, turn, request) => placeOf(tx, turn, request),
  decide: (request, turn, _words, place) =>
    place
      ? {
          events: [...readdressed(request, place), example(request, 'address', { address: place.address })],
          drafts: [
            say(turn, texts.readdressed(request, place.address, place.worker)),
            ...handOver(request, place, turn),
          ],
        }
      : refuse(turn, texts.askAddress),
})

/** The place of a request that was logged without one, from the reporter's next words. */
export const where = command<{ number: string }, { request: RequestView | null; place: NewPlace | null }>({
  name: 'requests.where',
  roles: 'anyone',
  input: z.object({ number: z.string() }),
  match: () => null,
  // Only words that name a place answer; other talk goes its own way.
  accepts: (turn) =>
    turn.understanding !== null && placeText(turn.understanding.address, true) !== '' && turn.triage !== 'log',
  load: async (tx, turn, input) => {
    const request = await requestByNumber(tx, input.number)
    return { request, place: request && (await placeOf(tx, turn, request)) }
  },
  decide: ({ request, place }, turn) => {
    if (!request || !place || request.status === 'closed') return LEAVE
    const moved = { ...request, worker: place.worker }
    return {
      events: readdressed(request, place),
      drafts: [
        say(turn, `好的，${placeText(place.address, turn.place.kind === 'private')}，已记到 ${request.number}。`),
        toWorker(moved, onTurn(turn, 'where'), `【补地址】${request.number}：${placeText(place.address, true)}`),
      ],
    }
  },
})
