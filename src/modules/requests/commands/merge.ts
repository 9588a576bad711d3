import { z } from 'zod'
import { command, type Decision, type Turn } from '../../../kernel/module.js'
import { readPhrase } from '../phrases.js'
import { findReference, type Reference } from '../store.js'
import { texts } from '../texts.js'
import { type RequestView, shortNumber } from '../types.js'
import { happened, onTurn, refuse, STAFF, say, toReporters } from './shared.js'
import { staffCommand } from './staff.js'

const input = z.object({ number: z.string().nullish(), into: z.string() })
type Input = z.infer<typeof input>
type State = { readonly from: Reference; readonly into: Reference }

const none = async () => []

/** 合并 0012 到 0007, or the card's button: two reports of one problem. A link, undone by 拆分. */
export const merge = command<Input, State>({
  name: 'requests.merge',
  help: { say: '合并 0012 到 0007', does: '同一件事合在一起办', roles: STAFF },
  roles: STAFF,
  input,
  match: (turn) => {
    if (turn.said.kind !== 'text') return null
    const phrase = readPhrase(turn.said.text, ['合并', '重复'])
    if (!phrase) return null
    const into = /^(?:[到并入和与及是]|到|并入|同)*\s*[#＃]?((?:[A-Z0-9]+-)?\d{6}-\d{4}|\d{1,4})\s*$/i.exec(phrase.rest)
    return into ? { number: phrase.ref, into: into[1] } : { number: phrase.ref, into: '' }
  },
  load: async (tx, turn, given) => ({
    from: await findReference(tx, turn, given.number ?? null, none),
    into: given.into === '' ? { kind: 'none', ref: null } : await findReference(tx, turn, given.into, none),
  }),
  decide: ({ from, into }, turn, given) => {
    if (given.into === '') return refuse(turn, texts.duplicateUsage)
    if (from.kind !== 'found') return refuse(turn, from.kind === 'none' ? texts.noSuch(from.ref) : texts.duplicateUsage)
    if (into.kind !== 'found') return refuse(turn, into.kind === 'none' ? texts.noSuch(into.ref) : texts.duplicateUsage)
    return mergeInto(from.request, into.request, turn)
  },
})

function mergeInto(from: RequestView, into: RequestView, turn: Turn): Decision {
  if (from.id === into.id) return refuse(turn, texts.sameRequest)
  if (from.status === 'closed') return refuse(turn, texts.closedAlready(from))
  if (into.mergedInto)
    return refuse(turn, `${shortNumber(into.number)} 已并入 ${shortNumber(into.mergedInto)}，请直接并到那件。`)
  if (into.status === 'closed') return refuse(turn, texts.closedAlready(into))
  return {
    events: [
      happened(from, 'merged', `并入 ${into.number}`, { into: into.number }),
      happened(into, 'joined_by', `${from.number} 并入本件`, { from: from.number }),
    ],
    drafts: [
      say(turn, texts.merged(from, into.number)),
      ...toReporters(from, onTurn(turn, 'merged'), (one) => texts.mergedToReporter(one, into.number)),
    ],
  }
}

/** 拆分: undoes a merge; the request goes on by itself. */
export const unmerge = staffCommand<null>({
  name: 'requests.unmerge',
  verbs: ['拆分', '取消合并', '拆开'],
  verb: '拆分',
  help: { say: '拆分 0012', does: '撤销合并，单独办理' },
  onClosed: true,
  decide: (request, turn) =>
    request.mergedInto
      ? {
          events: [happened(request, 'unmerged', `从 ${request.mergedInto} 拆出`, { from: request.mergedInto })],
          drafts: [say(turn, texts.unmerged(request))],
        }
      : refuse(turn, texts.notMerged(request)),
})
