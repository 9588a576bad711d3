import { replay } from '../inbox/inbox.js'
import { OperatorError } from '../kernel/errors.js'
import { isoTime } from '../kernel/local-time.js'
import { maskText } from '../kernel/masking.js'
import { incomingSchema } from '../kernel/message.js'
import { withDatabase } from './session.js'
import { texts } from './texts.js'

const EXCERPT = 60

export async function listSetAside(): Promise<void> {
  await withDatabase(async ({ read }, { timezone }) => {
    const rows = await read.inboxMessage.findMany({ where: { status: 'set_aside' }, orderBy: { id: 'asc' } })
    if (rows.length === 0) console.error(texts.inbox.none)
    for (const { id, receivedAt, channel, conversation, payload, error } of rows) {
      console.log([id, isoTime(receivedAt, timezone), channel, conversation, excerpt(payload)].join('\t'))
      console.log(`\t${error ?? ''}`)
    }
  })
}

function excerpt(payload: unknown): string {
  const message = incomingSchema.safeParse(payload)
  if (!message.success) return '?'
  const { sender, event } = message.data
  const said = event.kind === 'text' || event.kind === 'edited' ? event.text.replace(/\s+/g, ' ') : event.kind
  return maskText(`${sender.name}: ${said.length > EXCERPT ? `${said.slice(0, EXCERPT)}…` : said}`)
}

export async function replaySetAside(ids: readonly number[], { all = false }: { all?: boolean }): Promise<void> {
  if (ids.length === 0 && !all) throw new OperatorError(texts.inbox.needs)
  await withDatabase(async (db) => {
    const waiting = all
      ? await db.read.inboxMessage.findMany({ where: { status: 'set_aside' }, orderBy: { id: 'asc' } })
      : ids.map((id) => ({ id }))
    for (const { id } of waiting) if (!(await replay(db, id))) throw new OperatorError(texts.inbox.notSetAside(id))
    console.log(texts.inbox.replayed(waiting.length))
  })
}
