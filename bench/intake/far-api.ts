import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BOT } from './update.js'

/** Answers the Bot API's methods as Telegram would when all is well. */
export async function startFarApi(): Promise<{ readonly root: string; close(): void }> {
  let messageId = 1
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const method = request.url?.split('/').at(-1)
      const result = method === 'getMe' ? { ...BOT, can_read_all_group_messages: true } : { message_id: messageId++ }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ ok: true, result: method === 'setWebhook' ? true : result }))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
