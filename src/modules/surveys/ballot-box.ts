import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { Prisma } from '../../db/generated/sqlite/client.js'
import type { Tx } from '../../db/transaction.js'

const HIGHEST_ID = 2 ** 31 - 1
const CHUNK = 500
const SCRUBBED = 'scrubbed'
const DAY_MS = 86_400_000

export const castSchema = z.object({
  surveyId: z.number(),
  subjectId: z.number(),
  anonymous: z.boolean(),
  cell: z.string(),
  /** JSON of the choices. */
  choices: z.string(),
  words: z.array(z.object({ question: z.string(), category: z.string(), text: z.string() })),
  /** Local day. */
  day: z.string().length(10),
  token: z.string().nullable(),
})
export type Cast = z.infer<typeof castSchema>

/**
 * Takes ballots of one survey and day: marks the roll, and puts what was said under random ids that no other row knows. What
 * led there, half-filled ballots, their questions in the outbox, their buttons and the ways to their page, goes in the same
 * transaction. Several at once are written by as few statements as one.
 * @throws when the roll has no open place for one of them: one ballot a household or community.
 */
export async function castAll(tx: Tx, ballots: readonly Cast[], now: Date): Promise<void> {
  const [first] = ballots
  if (!first) return
  const { surveyId, day } = first
  if (ballots.some((ballot) => ballot.surveyId !== surveyId || ballot.day !== day))
    throw new Error('ballots of several surveys or days cannot be taken together')
  const subjects = ballots.map(({ subjectId }) => subjectId)
  const marked = await tx.$executeRaw`
    UPDATE "SurveyRoll" SET "state" = 'a', "answeredOn" = ${day}
    WHERE "surveyId" = ${surveyId} AND "subjectId" IN (${Prisma.join(subjects)}) AND "state" IN ('w', 'd')`
  if (marked !== ballots.length) throw new Error(`survey ${surveyId}: no open place on the roll`)
  await insert(tx, ballots)
  // Members of one household may have begun two: neither is needed any more.
  const begun = await tx.$queryRaw<{ token: string; accountId: number | bigint }[]>`
    SELECT "token", "accountId" FROM "SurveyProgress"
    WHERE "surveyId" = ${surveyId} AND "subjectId" IN (${Prisma.join(subjects)})`
  if (begun.length === 0) return
  const these = { surveyId, subjectId: { in: subjects } }
  await tx.surveyProgress.deleteMany({ where: these })
  await tx.surveyDoor.deleteMany({ where: these })
  for (const { token, accountId } of begun) {
    const command = { in: ['surveys.answer', 'surveys.words'] }
    await tx.pendingQuestion.deleteMany({ where: { accountId: Number(accountId), command } })
    if (first.anonymous) await forgetTalk(tx, token, now)
  }
}

/** Takes one ballot, as {@link castAll}. */
export const cast = (tx: Tx, ballot: Cast, now: Date): Promise<void> => castAll(tx, [ballot], now)

/** In the order of their ids, which is nobody's order: how rows lie in a page of the file tells nothing either. */
async function insert(tx: Tx, ballots: readonly Cast[]): Promise<void> {
  const signed = ({ anonymous, subjectId }: Cast) => (anonymous ? null : subjectId)
  const words = ballots.flatMap((ballot) => ballot.words.map((one) => ({ ...one, ballot })))
  const ids = await freeIds(tx, ballots.length + words.length)
  const byId = <Row extends { readonly id: number }>(rows: readonly Row[]) => [...rows].sort((a, b) => a.id - b.id)
  const boxed = byId(ballots.map((ballot, index) => ({ id: ids[index] ?? randomId(), ballot })))
  const rows = boxed.map(
    ({ id, ballot }) => Prisma.sql`(${id}, ${ballot.surveyId}, ${ballot.cell}, ${ballot.choices}, ${signed(ballot)})`,
  )
  await tx.$executeRaw`
    INSERT INTO "SurveyBallot" ("id", "surveyId", "cell", "choices", "subjectId") VALUES ${Prisma.join(rows)}`
  if (words.length === 0) return
  const spoken = byId(words.map((one, index) => ({ ...one, id: ids[ballots.length + index] ?? randomId() })))
  const lines = spoken.map(
    ({ id, ballot, question, category, text }) =>
      Prisma.sql`(${id}, ${ballot.surveyId}, ${question}, ${category}, ${text}, ${signed(ballot)}, ${false})`,
  )
  await tx.$executeRaw`
    INSERT INTO "SurveyWords" ("id", "surveyId", "question", "category", "text", "subjectId", "asWork")
    VALUES ${Prisma.join(lines)}`
}

const randomId = (): number => randomInt(1, HIGHEST_ID)

/** Ids that neither ballots nor words use: random, so that they tell no order. */
async function freeIds(tx: Tx, count: number): Promise<number[]> {
  for (;;) {
    const ids = new Set<number>()
    while (ids.size < count) ids.add(randomId())
    const taken = await tx.$queryRaw<{ n: number | bigint }[]>`
      SELECT (SELECT COUNT(*) FROM "SurveyBallot" WHERE "id" IN (${Prisma.join([...ids])}))
        + (SELECT COUNT(*) FROM "SurveyWords" WHERE "id" IN (${Prisma.join([...ids])})) AS "n"`
    if (Number(taken[0]?.n) === 0) return [...ids]
  }
}

/** Outbox keys of one talk are `ballot:<token>:…`; the range uses the index, as LIKE would not. */
const talk = (token: string) => ({ gte: `ballot:${token}:`, lt: `ballot:${token};` })

const TALKS = { gte: 'ballot:', lt: 'ballot;' }

/** Drops what was asked in a talk that ended: which questions came tells what was answered. */
async function forgetTalk(tx: Tx, token: string, now: Date): Promise<void> {
  await tx.offer.deleteMany({ where: { outboxKey: talk(token) } })
  await tx.outboxMessage.updateMany({
    where: { key: talk(token), status: { notIn: ['pending', 'sending'] } },
    data: scrubbed(now),
  })
  await rename(tx, talk(token))
}

/** The token that holds the rows of one talk together goes as well: how many questions were asked tells of the answers. */
const rename = (tx: Tx, { gte, lt }: ReturnType<typeof talk>) =>
  tx.$executeRaw`
    UPDATE "OutboxMessage" SET "key" = 'scrubbed:' || CAST("id" AS TEXT)
    WHERE "key" >= ${gte} AND "key" < ${lt} AND "conversation" = ${SCRUBBED}`

const scrubbed = (now: Date) => {
  const day = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS)
  return {
    conversation: SCRUBBED,
    payload: { text: '' },
    accountId: null,
    externalId: null,
    subject: null,
    createdAt: day,
    notBefore: day,
    claimedAt: day,
    finishedAt: day,
  }
}

/** Scrubs messages of ended talks that were still on their way when their ballot was cast. Answers how many. */
export async function sweep(tx: Tx, now: Date): Promise<number> {
  const rows = await tx.outboxMessage.findMany({
    where: {
      key: TALKS,
      status: { notIn: ['pending', 'sending'] },
    },
    select: { id: true, key: true },
  })
  const tokens = [...new Set(rows.map((row) => row.key.split(':')[1] ?? ''))]
  const open = await tx.surveyProgress.findMany({ where: { token: { in: tokens } }, select: { token: true } })
  const alive = new Set(open.map(({ token }) => token))
  const done = rows.filter((row) => !alive.has(row.key.split(':')[1] ?? '')).map((row) => row.id)
  for (let at = 0; at < done.length; at += CHUNK)
    await tx.outboxMessage.updateMany({ where: { id: { in: done.slice(at, at + CHUNK) } }, data: scrubbed(now) })
  await rename(tx, TALKS)
  return done.length
}

/**
 * Writes all ballots and words of an anonymous survey anew, under new ids and in their order, in one transaction: what the
 * file's layout or the row versions of PostgreSQL still tell of when each came is gone.
 */
export async function mix(tx: Tx, surveyId: number): Promise<void> {
  const ballots = await tx.surveyBallot.findMany({ where: { surveyId } })
  const words = await tx.surveyWords.findMany({ where: { surveyId } })
  await tx.surveyBallot.deleteMany({ where: { surveyId } })
  await tx.surveyWords.deleteMany({ where: { surveyId } })
  await insertMixed(tx, ballots, (data) => tx.surveyBallot.createMany({ data }))
  await insertMixed(tx, words, (data) => tx.surveyWords.createMany({ data }))
}

async function insertMixed<Row extends { id: number }>(
  tx: Tx,
  rows: readonly Row[],
  insert: (rows: Row[]) => Promise<unknown>,
): Promise<void> {
  const found = new Set<number>()
  while (found.size < rows.length)
    for (const id of await freeIds(tx, Math.min(CHUNK, rows.length - found.size))) found.add(id)
  const ids = [...found]
  const renamed = rows.map((row, index) => ({ ...row, id: ids[index] ?? row.id })).sort((a, b) => a.id - b.id)
  for (let at = 0; at < renamed.length; at += CHUNK) await insert(renamed.slice(at, at + CHUNK))
}

/** Empties the cell of ballots whose group is too small, and of as many others as it takes to hide them. */
export async function dissolve(tx: Tx, surveyId: number, cells: readonly string[]): Promise<void> {
  if (cells.length > 0)
    await tx.surveyBallot.updateMany({ where: { surveyId, cell: { in: [...cells] } }, data: { cell: '' } })
}
