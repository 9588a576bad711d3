import { createTelegramChannel } from '../../src/channels/telegram/index.js'
import { carryOut } from '../../src/engine/decision.js'
import { surveysModule } from '../../src/modules/surveys/index.js'
import { createSender } from '../../src/outbox/sender.js'
import { createWorkshop } from '../../src/outbox/workshop.js'
import { startBotApiServer } from '../../test/support/bot-api-server.js'
import type { Round } from './round.js'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined }
const job = surveysModule.jobs.find(({ name }) => name === 'surveys.push')

/** Fills the outbox by the push job's slots, then sends for so many seconds against a server that enforces the limits. */
export async function sendFor(round: Round, seconds: number) {
  const written = await fill(round, seconds * 30 * 1.2)
  const server = await startBotApiServer({ enforceLimits: true })
  const channel = createTelegramChannel({ token: server.token, apiRoot: server.url, logger: quiet })
  await channel.start(async () => undefined)
  const clock = { now: () => new Date(round.now.getTime() + 86_400_000) }
  const sender = createSender({
    ...{ db: round.db, channels: [channel], clock, logger: quiet, onSent: () => undefined },
    workshop: createWorkshop({ db: round.db, modules: [surveysModule], clock, logger: quiet }),
  })
  const started = performance.now()
  await sender.start()
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  const rate = (server.sent.length * 1000) / (performance.now() - started)
  await sender.stop()
  const refused = server.calls.filter((method) => method === 'sendMessage').length - server.sent.length
  const peak = mostInASecond(server.sent.map((message) => message.at))
  await channel.stop()
  await server.stop()
  return { written, rate, refused, peak }
}

/** Runs slots of the push job until the outbox holds enough. Answers invitations written a second. */
async function fill({ db, community, now }: Round, wanted: number): Promise<number> {
  const started = performance.now()
  let count = 0
  for (let slot = now; count < wanted; slot = new Date(slot.getTime() + 300_000)) {
    const added = await db.write(async (tx) => {
      const decision = await job?.plan(tx, community, slot, slot)
      if (!decision) throw new Error('no push job')
      await carryOut(tx, [surveysModule], decision, { now: slot, inboxId: null, actor: 'bench' }, null)
      return decision.drafts.length
    })
    if (added === 0) break
    count += added
  }
  return (count * 1000) / (performance.now() - started)
}

function mostInASecond(instants: readonly number[]): number {
  let most = 0
  for (let end = 0, start = 0; end < instants.length; end += 1) {
    while ((instants[end] ?? 0) - (instants[start] ?? 0) >= 1000) start += 1
    most = Math.max(most, end - start + 1)
  }
  return most
}
