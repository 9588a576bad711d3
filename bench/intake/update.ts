/** The updates the load generator posts and the inbox rows that every server makes of them. */

/** Where the webhook listens, and with which secret, in every server. */
export const PATH = '/hooks/telegram'
export const SECRET = 'bench-secret-0123456789abcdef'
export const SECRET_HEADER = 'x-telegram-bot-api-secret-token'
export const TOKEN = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'
export const BOT = { id: 110201543, is_bot: true, first_name: '邻里', username: 'linli_bench_bot' } as const

/** First update id: all that follow have ten digits, so every body of a group is equally long. */
export const FIRST_ID = 1_000_000_000
/** Groups that talk at the same time. */
export const GROUPS = 40

/** The account of the worker who taps. */
export const TAPPER = '4999999999'

export const groupId = (group: number): number => -1_001_000_000_000 - group

/** One message of one person in one group, as Telegram posts it. */
export function updateText(id: number, group: number, person: number, text: string): string {
  return JSON.stringify({
    update_id: id,
    message: {
      message_id: id,
      from: { id: 5_000_000_000 + person, is_bot: false, first_name: '王芳', language_code: 'zh-hans' },
      chat: { id: groupId(group), title: '东湖社区居民群', type: 'supergroup' },
      date: 1_795_310_000,
      text,
    },
  })
}

export interface Update {
  readonly update_id: number
  readonly message: {
    readonly message_id: number
    readonly from: { readonly id: number; readonly first_name: string }
    readonly chat: { readonly id: number; readonly title: string; readonly type: string }
    readonly date: number
    readonly text: string
  }
}

export interface Row {
  readonly channel: string
  readonly externalId: string
  readonly conversation: string
  readonly messageId: string
  readonly payload: object
  readonly receivedAt: number
}

/** The row of ours, made without any of its checks: what a server has to store at the least. */
export function rowOf({ update_id, message }: Update): Row {
  const externalId = `update:${update_id}`
  const conversation = String(message.chat.id)
  const messageId = String(message.message_id)
  const payload = {
    channel: 'telegram',
    externalId,
    conversation,
    isPrivate: false,
    conversationName: message.chat.title,
    sender: { id: String(message.from.id), name: message.from.first_name },
    sentAt: message.date * 1000,
    messageId,
    event: { kind: 'text', text: message.text, attachments: [], addressed: false },
  }
  return { channel: 'telegram', externalId, conversation, messageId, payload, receivedAt: Date.now() }
}

export const INSERT = `INSERT INTO "InboxMessage"
  (channel, externalId, conversation, messageId, payload, receivedAt, status, attempts)
  VALUES (?, ?, ?, ?, ?, ?, 'received', 0) ON CONFLICT (channel, externalId) DO NOTHING`

export const valuesOf = (row: Row): unknown[] => [
  row.channel,
  row.externalId,
  row.conversation,
  row.messageId,
  JSON.stringify(row.payload),
  row.receivedAt,
]
