import { Prisma } from '../../db/generated/sqlite/client.js'
import type { Tx } from '../../db/transaction.js'
import type { Cause, DomainEvent } from '../../kernel/module.js'
import { castAll, dissolve, mix, sweep } from './ballot-box.js'
import { type EventData, type EventName, eventData } from './events.js'
import { drawFrame } from './frame.js'
import { candidatesOf, surveyByNumber } from './store.js'

/** Rows of the roll written by one statement. */
const CHUNK = 2000
const HOUR_MS = 3_600_000

type Appliers = { readonly [Name in EventName]: (tx: Tx, data: EventData<Name>, cause: Cause) => Promise<unknown> }

/** Changes the tables by an event of this module. */
export async function applySurveyEvent(tx: Tx, event: DomainEvent, cause: Cause): Promise<void> {
  const name = event.type.slice('survey.'.length) as EventName
  const apply = appliers[name] as (tx: Tx, data: unknown, cause: Cause) => Promise<unknown>
  await apply(tx, eventData[name].parse(event.data), cause)
}

const appliers: Appliers = {
  drafted: async (tx, data, { now }) => {
    const { definition, hash, personId, seed } = data
    const { number, kind, communityId, scopeKind, scopeId, series, owner } = data
    const { title, anonymous } = definition
    const row = await tx.survey.create({
      data: {
        ...{ number, kind, communityId, scopeKind, scopeId, series, owner, title, anonymous, seed, definition },
        definitionHash: hash,
        createdById: personId,
        createdAt: now,
      },
    })
    await tx.surveyVersion.create({ data: { surveyId: row.id, version: 1, definition, hash, personId, at: now } })
  },

  revised: async (tx, { number, definition, hash, personId }, { now }) => {
    const { title, anonymous } = definition
    const row = await tx.survey.update({
      where: { number, status: 'draft' },
      data: { definition, definitionHash: hash, title, anonymous, version: { increment: 1 } },
    })
    const version = { surveyId: row.id, version: row.version, definition, hash, personId, at: now }
    await tx.surveyVersion.create({ data: version })
  },

  /** The draw is done again from the published seed: what the event says is what the roll holds. */
  started: async (tx, { number, seed, cells, eligible, excluded, invited, endsAt }, { now }) => {
    const survey = await surveyByNumber(tx, number)
    if (!survey) throw new Error(`no survey ${number}`)
    const { candidates } = await candidatesOf(tx, survey, now)
    const frame = drawFrame(candidates, survey.definition.sample, seed)
    if (frame.invited.length !== invited) throw new Error(`survey ${number}: the frame changed while it was drawn`)
    const moved = await tx.survey.updateMany({
      where: { number, status: 'draft' },
      data: {
        status: 'running',
        seed,
        frame: cells,
        eligible,
        excluded,
        invited,
        startedAt: now,
        endsAt: new Date(endsAt),
      },
    })
    if (moved.count !== 1) throw new Error(`survey ${number} is no draft any more`)
    for (let at = 0; at < frame.invited.length; at += CHUNK) {
      const rows = frame.invited
        .slice(at, at + CHUNK)
        .map(({ id, cell }) => Prisma.sql`(${survey.id}, ${id}, ${cell}, 'w', '0000-00-00', 0)`)
      await tx.$executeRaw`
        INSERT INTO "SurveyRoll" ("surveyId", "subjectId", "cell", "state", "answeredOn", "pushes")
        VALUES ${Prisma.join(rows)}`
    }
  },

  cancelled: (tx, { number }) =>
    tx.survey.updateMany({ where: { number, status: 'draft' }, data: { status: 'cancelled' } }),

  pushed: (tx, { rollIds, pushes }) => tx.surveyRoll.updateMany({ where: { id: { in: rollIds } }, data: { pushes } }),

  progressed: async (tx, { token, surveyId, accountId, subjectId, cell, answers, faults }, { now }) => {
    const rest = { token, answers, faults, savedAt: now }
    await tx.surveyProgress.upsert({
      where: { surveyId_accountId: { surveyId, accountId } },
      create: { ...rest, surveyId, accountId, subjectId, cell },
      update: rest,
    })
  },

  /** The browser that opens it brings the secret of its forms. */
  door_asked: (tx, { expiresAt, ...data }, { now }) =>
    tx.surveyDoor.create({ data: { ...data, csrf: '', createdAt: now, expiresAt: new Date(expiresAt) } }),

  cast: (tx, { ballots }, { now }) => castAll(tx, ballots, now),

  declined: async (tx, { surveyId, subjectId, day }) => {
    await tx.surveyRoll.updateMany({
      where: { surveyId, subjectId, state: 'w' },
      data: { state: 'd', answeredOn: day },
    })
    await tx.surveyProgress.deleteMany({ where: { surveyId, subjectId } })
    await tx.surveyDoor.deleteMany({ where: { surveyId, subjectId } })
  },

  closed: async (tx, { number, results, dissolve: cells, drop }, { now }) => {
    const row = await tx.survey.findUniqueOrThrow({ where: { number } })
    const moved = await tx.survey.updateMany({
      where: { number, status: 'running' },
      data: { status: 'closed', closedAt: now, results: results as Prisma.InputJsonObject },
    })
    if (moved.count !== 1) throw new Error(`survey ${number} is not running`)
    await tx.surveyProgress.deleteMany({ where: { surveyId: row.id } })
    await tx.surveyDoor.deleteMany({ where: { surveyId: row.id } })
    if (!row.anonymous) return
    if (drop) {
      await tx.surveyBallot.deleteMany({ where: { surveyId: row.id } })
      await tx.surveyWords.deleteMany({ where: { surveyId: row.id } })
    }
    await dissolve(tx, row.id, cells)
    await mix(tx, row.id)
  },

  swept: async (tx, data, { now }) => {
    await tx.surveyProgress.deleteMany({ where: { token: { in: data.stale } } })
    await tx.surveyDoor.deleteMany({
      where: { OR: [{ progress: { in: data.stale } }, { expiresAt: { lt: new Date(now.getTime() - HOUR_MS) } }] },
    })
    for (const surveyId of data.mix) await mix(tx, surveyId)
    await sweep(tx, now)
  },

  title_decided: (tx, data, { now }) => tx.communityTitle.create({ data: { ...data, at: now } }),

  rectification_opened: async (tx, data, { now }) => {
    const survey = await tx.survey.findUniqueOrThrow({ where: { id: data.surveyId } })
    await tx.rectification.create({ data: { ...data, communityId: survey.communityId, openedAt: now } })
  },

  rectification_done: (tx, { number, note }, { now }) =>
    tx.rectification.updateMany({ where: { number, status: 'open' }, data: { status: 'done', note, doneAt: now } }),

  rectification_rerating: async (tx, { numbers, surveyNumber }) => {
    const survey = await tx.survey.findUniqueOrThrow({ where: { number: surveyNumber } })
    await tx.rectification.updateMany({
      where: { number: { in: numbers }, status: 'done' },
      data: { status: 'rerating', reratingSurveyId: survey.id },
    })
  },

  rectification_rerated: (tx, { number, score }) =>
    tx.rectification.updateMany({ where: { number, status: 'rerating' }, data: { status: 'closed', newScore: score } }),

  department_listed: (tx, { districtId, name, active }) =>
    tx.department.upsert({
      where: { districtId_name: { districtId, name } },
      create: { districtId, name, active },
      update: { active },
    }),

  /** The person speaks for the organisation in the whole district; they bind their account as all staff do. */
  surveyor_hired: async (tx, { districtId, organisation, staffNo, name }, { now }) => {
    const person = await tx.person.upsert({
      where: { staffNo },
      create: { staffNo, name, createdAt: now },
      update: {},
    })
    const grant = { personId: person.id, role: 'surveyor', scopeKind: 'district', scopeId: districtId }
    await tx.roleGrant.upsert({
      where: { personId_role_scopeKind_scopeId: grant },
      create: { ...grant, startsAt: now },
      update: { endsAt: null },
    })
    const data = { name: organisation, districtId }
    await tx.surveyor.upsert({ where: { personId: person.id }, create: { ...data, personId: person.id }, update: data })
  },

  request_wanted: (tx, { wordsId }) => tx.surveyWords.updateMany({ where: { id: wordsId }, data: { asWork: true } }),
}
