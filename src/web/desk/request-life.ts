import type { Reader } from '../../db/transaction.js'
import type { Masks } from './masks.js'

/** One step in a request's life, as the timeline shows it. */
export interface Step {
  readonly id: number
  readonly seq: number
  readonly at: Date
  readonly type: string
  readonly text: string
  readonly who: string
}

/** All entries about a request, oldest first, with who did each. */
export async function readLife(read: Reader, communityId: number, number: string, masks: Masks): Promise<Step[]> {
  const entries = await read.ledgerEntry.findMany({
    where: { communityId, subject: `request:${number}` },
    orderBy: { id: 'asc' },
  })
  const ids = (kind: string) =>
    entries.flatMap(({ actor }) => (actor.startsWith(`${kind}:`) ? [Number(actor.slice(kind.length + 1))] : []))
  const [accounts, people] = await Promise.all([
    read.account.findMany({
      where: { id: { in: ids('account') } },
      select: { id: true, displayName: true, person: { select: { name: true, staffNo: true } } },
    }),
    read.person.findMany({ where: { id: { in: ids('person') } }, select: { id: true, name: true } }),
  ])
  const names = new Map<string, string>()
  for (const { id, displayName, person } of accounts)
    names.set(`account:${id}`, person?.staffNo ? person.name : masks.name(displayName || person?.name || ''))
  for (const { id, name } of people) names.set(`person:${id}`, name)
  return entries.map(({ id, seq, at, type, text, actor }) => ({
    id,
    seq,
    at,
    type,
    text: masks.words(text),
    who: names.get(actor) ?? (actor.startsWith('job:') ? '到点自动' : ''),
  }))
}

/** Who reported or joined, and what they answered after a closing. */
export async function readVoices(read: Reader, requestId: number, masks: Masks) {
  const [reporters, scores] = await Promise.all([
    read.requestReporter.findMany({ where: { requestId }, orderBy: { id: 'asc' } }),
    read.satisfaction.findMany({ where: { requestId }, orderBy: { id: 'asc' } }),
  ])
  const accounts = await read.account.findMany({
    where: { id: { in: [...reporters, ...scores].map((one) => one.accountId) } },
    select: { id: true, displayName: true, person: { select: { name: true } } },
  })
  const chats = await read.chat.findMany({
    where: { id: { in: reporters.map((one) => one.chatId) } },
    select: { id: true, name: true, kind: true },
  })
  const nameOf = (id: number) => {
    const account = accounts.find((one) => one.id === id)
    return masks.name(account?.displayName || account?.person?.name || '')
  }
  const chatOf = (id: number) => {
    const chat = chats.find((one) => one.id === id)
    return chat ? (chat.kind === 'private' ? '私聊' : chat.name) : ''
  }
  return {
    reporters: reporters.map((one) => ({ ...one, name: nameOf(one.accountId), chat: chatOf(one.chatId) })),
    scores: scores.map((one) => ({ ...one, name: nameOf(one.accountId) })),
  }
}
