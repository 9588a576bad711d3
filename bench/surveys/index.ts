// npm run bench:surveys [-- --send SECONDS]: one round of 40,000 households: drawn, pushed, answered, counted.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { communityView } from '../../src/community/settings.js'
import { type Database, openDatabase } from '../../src/db/client.js'
import { carryOut } from '../../src/engine/decision.js'
import type { DomainEvent } from '../../src/kernel/module.js'
import { surveysModule } from '../../src/modules/surveys/index.js'
import { answerByChat } from './answers.js'
import { buildTown } from './estate.js'
import { sendFor } from './push.js'
import { castAll, countBallots, drawAndStart, type Round } from './round.js'

const HOUSEHOLDS = 40_000
const flag = process.argv.indexOf('--send')
const seconds = flag === -1 ? 60 : Number(process.argv[flag + 1])
const folder = mkdtempSync(join(tmpdir(), 'linli-bench-surveys-'))
const db = await openDatabase(`file:${join(folder, 'bench.db')}`)
const now = new Date('2026-11-23T01:00:00Z')

try {
  console.log(`${HOUSEHOLDS} households, SQLite with WAL and synchronous=FULL, node ${process.version}`)
  const communityId = await buildTown(db, HOUSEHOLDS, now)
  const community = communityView(await db.read.community.findUniqueOrThrow({ where: { id: communityId } }))
  const round: Round = { db, community, now, apply: (events) => applyAll(db, events) }

  const drawn = await drawAndStart(round)
  line('frame drawn and written to the roll', `${drawn.seconds.toFixed(2)} s`, 5 / drawn.seconds, 'of 5 s')

  const sent = await sendFor(round, seconds)
  line(`invitations written to the outbox`, `${sent.written.toFixed(0)}/s`, sent.written / 30, "of the platform's 30/s")
  line(`pushed over ${seconds} s, Telegram's limits kept`, `${sent.rate.toFixed(1)}/s`, sent.rate / 30, 'of 30/s')
  console.log(`  refused with 429: ${sent.refused}; most in any second: ${sent.peak}`)

  const chat = await answerByChat(round, 400)
  console.log(`whole turns in the chat (inbox, engine, ballot, reply): ${chat.toFixed(0)} answers/s`)
  const bare = await bareInserts(db)
  const single = await castAll(round, 1, 2000)
  line('ballots cast, one a transaction', `${single.toFixed(0)}/s`, single / 1000, 'of 1,000/s')
  const cast = await castAll(round, 100)
  line('ballots cast, 100 a transaction', `${cast.toFixed(0)}/s`, cast / 1000, 'of 1,000/s')
  console.log(
    `  ${(cast / bare).toFixed(2)} of bare inserts of three rows through the same client (${bare.toFixed(0)}/s)`,
  )

  const counted = await countBallots(round)
  line(`results of ${counted.ballots} ballots`, `${counted.seconds.toFixed(2)} s`, 1 / counted.seconds, 'of 1 s')
} finally {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
}

function line(what: string, figure: string, ratio: number, of: string): void {
  console.log(`${what}: ${figure} (${ratio.toFixed(2)} × ${of})`)
}

async function applyAll(to: Database, events: readonly DomainEvent[]): Promise<void> {
  await to.write((tx) =>
    carryOut(tx, [surveysModule], { events, drafts: [] }, { now, inboxId: null, actor: 'bench' }, null),
  )
}

/** What the client and the disk allow: three small rows for each ballot, 100 ballots a transaction. */
async function bareInserts(to: Database): Promise<number> {
  const started = performance.now()
  const BALLOTS = 2000
  for (let at = 0; at < BALLOTS; at += 100)
    await to.write(async (tx) => {
      for (let one = 0; one < 300; one += 1)
        await tx.$executeRaw`INSERT INTO "AccessLog" ("at", "actor", "action", "subject", "detail") VALUES (0, 'bench', 'x', 'y', 'z')`
    })
  return (BALLOTS * 1000) / (performance.now() - started)
}
