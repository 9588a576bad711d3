import { afterAll, describe, expect, it } from 'vitest'
import { communityView } from '../../src/community/settings.js'
import { openDatabase } from '../../src/db/client.js'
import { seedDemo } from '../../src/demo/index.js'
import { carryOut } from '../../src/engine/decision.js'
import type { Decision } from '../../src/kernel/module.js'
import { cast } from '../../src/modules/surveys/ballot-box.js'
import { closeRound } from '../../src/modules/surveys/close-round.js'
import { prepareClosing } from '../../src/modules/surveys/closing.js'
import { draftedEvent, newSurvey } from '../../src/modules/surveys/commands/write.js'
import { recorded } from '../../src/modules/surveys/events.js'
import { drawFrame } from '../../src/modules/surveys/frame.js'
import { surveysModule } from '../../src/modules/surveys/index.js'
import { candidatesOf, surveyByNumber } from '../../src/modules/surveys/store.js'
import { communityEvaluation } from '../../src/modules/surveys/templates.js'
import { startPostgres } from '../postgresql/server.js'

const server = await startPostgres()
afterAll(() => server?.stop())

const NOW = new Date('2026-11-23T02:00:00Z')

describe.skipIf(!server)('a round on PostgreSQL', { timeout: 120_000 }, () => {
  it('is drawn, pushed, answered, mixed and counted as on SQLite', async () => {
    const db = await openDatabase((await server?.createDatabase()) ?? '')
    await seedDemo(db, NOW)
    const community = communityView(await db.read.community.findFirstOrThrow())
    const run = (decision: Decision) =>
      db.write((tx) => carryOut(tx, [surveysModule], decision, { now: NOW, inboxId: null, actor: 'test' }, null))
    const scope = { scopeKind: 'community' as const, scopeId: community.id, series: `community:${community.id}` }
    const base = { number: 'BH-W1', communityId: community.id, owner: 'surveyor' as const, seed: 's', ...scope }
    const draft = newSurvey(communityEvaluation(community.name, '2026', { sample: { total: 60 } }), base, NOW)
    await run({ events: [draftedEvent(draft, 1)], drafts: [] })

    const { candidates, excluded } = await candidatesOf(db.read, draft, NOW)
    const { cells, invited } = drawFrame(candidates, draft.definition.sample, 's')
    const started = recorded('started', draft, '', {
      ...{ number: 'BH-W1', hash: draft.definitionHash, seed: 's', eligible: candidates.length, excluded },
      ...{ invited: invited.length, cells: [...cells], endsAt: '2026-12-01T12:00:00.000Z' },
    })
    await run({ events: [started], drafts: [] })
    const survey = await surveyByNumber(db.read, 'BH-W1')
    if (!survey) throw new Error('not written')
    const roll = await db.read.surveyRoll.findMany({ where: { surveyId: survey.id }, orderBy: { id: 'asc' } })
    expect(roll).toHaveLength(60)

    const person = await db.read.person.findFirstOrThrow({ where: { name: '张爱丽' } })
    await db.write((tx) => tx.person.update({ where: { id: person.id }, data: { householdId: roll[0]?.subjectId } }))
    const push = surveysModule.jobs.find((job) => job.name === 'surveys.push')
    const pushed = await db.write((tx) => push?.plan(tx, community, NOW, NOW) ?? Promise.reject())
    expect(pushed.drafts).toHaveLength(1)
    await run(pushed)

    await db.write(async (tx) => {
      for (const { subjectId, cell } of roll.slice(0, 40)) {
        const words = [{ question: 'opinion', category: 'parking', text: '车位少' }]
        const choices = '[5,4,4,null]'
        await cast(
          tx,
          { surveyId: survey.id, subjectId, anonymous: true, cell, choices, words, day: '2026-11-23', token: null },
          NOW,
        )
      }
    })
    await expect(
      db.write((tx) =>
        cast(
          tx,
          {
            ...{ surveyId: survey.id, subjectId: roll[0]?.subjectId ?? 0, anonymous: true, cell: '', choices: '[]' },
            ...{ words: [], day: '2026-11-23', token: null },
          },
          NOW,
        ),
      ),
    ).rejects.toThrow('no open place')

    await run(closeRound(await db.write((tx) => prepareClosing(tx, survey, community, NOW))))
    const row = await db.read.survey.findUniqueOrThrow({ where: { id: survey.id } })
    expect(row.results).toMatchObject({ answered: 40, invited: 60 })
    // All in one go: no row version tells when a ballot came.
    const versions = await db.read.$queryRaw<
      { n: bigint }[]
    >`SELECT COUNT(DISTINCT xmin::text) AS "n" FROM "SurveyBallot"`
    expect(Number(versions[0]?.n)).toBe(1)
    expect(await db.read.surveyBallot.count()).toBe(40)
    await db.close()
  })
})
