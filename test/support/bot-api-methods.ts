/** A message the bot sent, as the far side sees it. */
export interface SentRecord {
  readonly messageId: number
  readonly chat: string
  readonly text: string
  readonly at: number
  readonly entities: readonly { type: string; offset: number; length: number; user?: { id: number } }[]
  readonly buttons: readonly (readonly { text: string; callback_data: string }[])[]
  readonly replyTo: number | null
  readonly media: { readonly kind: 'photo' | 'document'; readonly name: string; readonly bytes: Buffer } | null
  /** As it came, for what the fields above do not tell. */
  readonly params: Readonly<Record<string, unknown>>
}

export interface Call {
  readonly params: Readonly<Record<string, unknown>>
}

/** What the methods of the server share. */
interface BotApiContext {
  readonly bot: object
  readonly sent: SentRecord[]
  readonly acknowledged: string[]
  readonly enforceLimits: boolean
  nextMessageId(): number
  setWebhook(webhook: { url: string; secret: string } | null): void
}

type Method = (call: Call, context: BotApiContext) => object

const ok = (result: unknown): object => ({ ok: true, result })
const bad = (code: number, description: string, parameters?: object): object => ({
  ok: false,
  error_code: code,
  description,
  ...(parameters ? { parameters } : {}),
})

/** The methods a bot like ours calls, with the checks of theirs that a wrong call would meet. */
export const methods: Readonly<Record<string, Method>> = {
  getMe: (_call, context) => ok(context.bot),
  deleteWebhook: (_call, context) => {
    context.setWebhook(null)
    return ok(true)
  },
  setWebhook: ({ params }, context) => {
    context.setWebhook({ url: String(params.url), secret: String(params.secret_token ?? '') })
    return ok(true)
  },
  answerCallbackQuery: ({ params }, context) => {
    context.acknowledged.push(String(params.callback_query_id))
    return ok(true)
  },
  editMessageReplyMarkup: ({ params }, context) => {
    const known = context.sent.some((message) => message.messageId === Number(params.message_id))
    return known ? ok(true) : bad(400, 'Bad Request: message to edit not found')
  },
  sendMessage: (call, context) => take(call, context, 'text', 4096, null),
  sendPhoto: (call, context) => take(call, context, 'caption', 1024, 'photo'),
  sendDocument: (call, context) => take(call, context, 'caption', 1024, 'document'),
}

function take(
  { params }: Call,
  context: BotApiContext,
  field: string,
  most: number,
  kind: 'photo' | 'document' | null,
) {
  const text = String(params[field] ?? '')
  const chat = String(params.chat_id ?? '')
  const buttons =
    (params.reply_markup as { inline_keyboard?: SentRecord['buttons'] } | undefined)?.inline_keyboard ?? []
  const reply = params.reply_parameters as { message_id: number; allow_sending_without_reply?: boolean } | undefined
  const file = kind ? (params[kind] as { name: string; bytes: Buffer } | undefined) : undefined
  if (!/^-?\d+$/.test(chat)) return bad(400, 'Bad Request: chat not found')
  if (kind === null && text.trim() === '') return bad(400, 'Bad Request: message text is empty')
  if (kind !== null && !file?.bytes) return bad(400, 'Bad Request: there is no file in the request')
  if (text.length > most) return bad(400, `Bad Request: ${kind ? 'message caption' : 'message'} is too long`)
  if (buttons.flat().some(({ callback_data: data }) => Buffer.byteLength(data) > 64)) {
    return bad(400, 'Bad Request: BUTTON_DATA_INVALID')
  }
  const throttled = context.enforceLimits ? overLimit(context, chat) : 0
  if (throttled > 0) {
    return bad(429, `Too Many Requests: retry after ${throttled}`, { retry_after: throttled })
  }
  const messageId = context.nextMessageId()
  context.sent.push({
    messageId,
    chat,
    text,
    at: Date.now(),
    entities: (params[kind ? 'caption_entities' : 'entities'] ?? []) as SentRecord['entities'],
    buttons,
    replyTo: reply?.message_id ?? null,
    media: kind && file ? { kind, name: file.name, bytes: file.bytes } : null,
    params,
  })
  return ok({ message_id: messageId, date: Math.floor(Date.now() / 1000), chat: { id: Number(chat) }, [field]: text })
}

/** Seconds to wait, or 0. */
function overLimit({ sent }: BotApiContext, chat: string): number {
  const now = Date.now()
  const recent = (ms: number) => sent.filter((message) => message.chat === chat && now - message.at < ms).length
  if (recent(1000) > 0) return 1
  return chat.startsWith('-') && recent(60_000) >= 20 ? 60 : 0
}
