import { createEngine } from '../../src/engine/engine.js'
import { createInbox } from '../../src/inbox/inbox.js'
import { surveysModule } from '../../src/modules/surveys/index.js'
import type { Round } from './round.js'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined }
/** 答题 and four answers. */
const LINES = ['答题 W1', '1', '满意', '三', '没有']

/** Households answer in the chat, each in its own conversation, all at once. Answers answers a second, whole turns. */
export async function answerByChat(round: Round, households: number): Promise<number> {
  const { db, now } = round
  const engine = createEngine({
    ...{ db, modules: [surveysModule], clock: { now: () => now }, logger: quiet, onTurn: () => undefined },
    understand: async () => null,
    triage: () => 'silent',
  })
  const inbox = createInbox(
    db,
    () => now,
    () => engine.wake(),
  )
  // The last households: the first have invitations on their way.
  const people = Array.from({ length: households }, (_, index) => String(40_000 - index))
  const started = performance.now()
  await inbox.receive(
    LINES.flatMap((text, step) =>
      people.map((id) => ({
        ...{ channel: 'telegram', externalId: `${id}-${step}`, conversation: id, isPrivate: true },
        ...{ sender: { id, name: id }, sentAt: now.getTime() },
        event: { kind: 'text' as const, text, addressed: true },
      })),
    ),
  )
  await engine.idle()
  const spent = performance.now() - started
  const answered = await db.read.surveyRoll.count({ where: { state: 'a' } })
  if (answered !== households) throw new Error(`${answered} of ${households} answered`)
  await engine.stop()
  return (households * LINES.length * 1000) / spent
}
