import { z } from 'zod'
import { addressText } from '../../../community/households.js'
import { maskPhone } from '../../../kernel/masking.js'
import { command, type DomainEvent } from '../../../kernel/module.js'
import {
  type DataSubject,
  dataSubjectOf,
  entriesOf,
  findHoldings,
  type Holdings,
} from '../../../ledger/privacy/person.js'
import { texts } from '../texts.js'
import { has, reply, STAFF } from './shared.js'

/** 我的数据: what is held about the speaker; only to themselves, in private. */
export const myData = command<object, Holdings | null>({
  name: 'ledger.my-data',
  help: { say: '我的数据', does: '看我这里存了您的哪些信息', roles: ['resident', ...STAFF] },
  roles: 'anyone',
  input: z.object({}),
  match: ({ said, place }) =>
    said.kind === 'text' &&
    (place.kind === 'private' || said.addressed) &&
    /^(我的(数据|信息|个人信息)|你(们)?存了我(的)?(哪些|什么)(信息|数据)?)[?？]?$/.test(said.text)
      ? {}
      : null,
  load: async (tx, { actor, place }) =>
    place.kind === 'private' ? findHoldings(tx, await dataSubjectOf(tx, actor)) : null,
  decide: (held, turn) => {
    if (!held) return reply(turn, texts.usePrivate)
    const days = turn.community?.settings.chatterDays ?? 7
    return reply(turn, texts.holdings(linesOf(held, days)), [
      { label: texts.forgetButton, command: 'ledger.forget-me', input: { step: 'ask' } },
    ])
  },
})

function linesOf(held: Holdings, days: number): string[] {
  const lines = [
    held.names.length > 0 && texts.holdName(held.names),
    held.phone && texts.holdPhone(maskPhone(held.phone)),
    held.channels.length > 0 && texts.holdChannels(held.channels),
    held.home && texts.holdHome(addressText({ ...held.home, unit: held.home.unit || null })),
    held.requests + held.joined > 0 && texts.holdRequests(held.requests, held.openRequests, held.joined),
    held.ratings > 0 && texts.holdRatings(held.ratings),
    held.messages > 0 && texts.holdMessages(held.messages, days),
    held.attachments > 0 && texts.holdAttachments(held.attachments),
    held.entries > 0 && texts.holdEntries(held.entries),
    held.views > 0 && texts.holdViews(held.views),
    texts.holdSurveys,
    texts.holdRights,
  ]
  return lines.filter((line) => typeof line === 'string' && line !== '') as string[]
}

interface Forgetting {
  readonly subject: DataSubject
  readonly open: number
  readonly staff: boolean
  readonly entries: readonly { readonly communityId: number; readonly seq: number }[]
}

/** 删除我的信息: asks once more, then anonymises what must stay and deletes the rest. */
export const forgetMe = command<{ step: 'ask' | 'yes' | 'no' }, Forgetting>({
  name: 'ledger.forget-me',
  help: { say: '删除我的信息', does: '清掉我这里您的个人信息', roles: ['resident', ...STAFF] },
  roles: 'anyone',
  input: z.object({ step: z.enum(['ask', 'yes', 'no']) }),
  match: ({ said, place }) =>
    said.kind === 'text' &&
    (place.kind === 'private' || said.addressed) &&
    /^(删除|注销|清除)我的(个人)?(信息|数据|账号)[!！。]?$/.test(said.text)
      ? { step: 'ask' }
      : null,
  load: async (tx, { actor }) => {
    const subject = await dataSubjectOf(tx, actor)
    const person = actor.personId === null ? null : await tx.person.findUnique({ where: { id: actor.personId } })
    const open = await tx.request.count({
      where: { reporterId: { in: [...subject.accountIds] }, status: { not: 'closed' } },
    })
    return { subject, open, staff: Boolean(person?.staffNo), entries: await entriesOf(tx, subject) }
  },
  decide: ({ subject, open, staff, entries }, turn, { step }) => {
    if (turn.place.kind !== 'private') return reply(turn, texts.usePrivate)
    if (staff || has(turn, STAFF)) return reply(turn, texts.forgetStaff)
    if (step === 'no') return reply(turn, texts.forgetKept)
    if (step === 'ask')
      return reply(turn, texts.forgetWhat(open), [
        { label: texts.forgetYes, command: 'ledger.forget-me', input: { step: 'yes' } },
        { label: texts.forgetNo, command: 'ledger.forget-me', input: { step: 'no' } },
      ])
    if (!turn.community) return reply(turn, texts.noCommunity)
    const communityIds = new Set([turn.community.id, ...entries.map((entry) => entry.communityId)])
    const events = [...communityIds].map((communityId): DomainEvent => {
      const seqs = entries.filter((entry) => entry.communityId === communityId).map((entry) => entry.seq)
      return {
        type: 'ledger.forgotten',
        communityId,
        subject: `account:${turn.actor.accountId}`,
        page: 'ledger',
        text: texts.forgottenEvent(seqs.length),
        data: { ...subject, seqs },
      }
    })
    return { events, drafts: reply(turn, texts.forgotten).drafts }
  },
})
