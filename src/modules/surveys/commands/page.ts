import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { command, type Decision, type Turn } from '../../../kernel/module.js'
import { completed, readForm } from '../decide-page.js'
import { unrecorded } from '../events.js'
import { progressByToken } from '../store.js'
import { texts } from '../texts.js'
import { pageTexts } from '../texts-page.js'
import { mustSayWhy } from './asking.js'
import { castBallot, saved } from './casting.js'
import { phrase, reply, say, subjectOf } from './shared.js'
import { loadStart, type StartState, whichSurvey } from './start.js'

const LINK_MINUTES = 10
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Links an account may ask for in an hour. */
const LINKS_AN_HOUR = 6

const refInput = z.object({ number: z.string().nullish() })

interface State extends StartState {
  /** Where the service is opened in a browser. */
  readonly url: string | null
  readonly asked: number
  readonly link: string
}

async function load(tx: Tx, turn: Turn, input: z.infer<typeof refInput>): Promise<State> {
  const since = new Date(turn.now.getTime() - HOUR_MS)
  const where = { accountId: turn.actor.accountId, createdAt: { gt: since } }
  const address = await tx.serviceAddress.findFirst()
  return {
    ...(await loadStart(tx, turn, input)),
    url: address?.url ?? null,
    asked: await tx.surveyDoor.count({ where }),
    link: randomBytes(32).toString('base64url'),
  }
}

/** 网页答题: a link to the ballot's page, in private, for a few minutes and one browser. Only its hash is kept. */
export const web = command<z.infer<typeof refInput>, State>({
  name: 'surveys.web',
  help: { say: '网页答题 W3', does: '私聊给一个链接，在网页上填问卷或评议表', roles: ['resident', 'manager'] },
  roles: 'anyone',
  input: refInput,
  match: (turn) => phrase(turn, '网页答题|网页填写|网页问卷|网页评议|在?网页上?填'),
  load,
  decide: (state, turn) => {
    const { survey, entry, url } = state
    if (!survey) return whichSurvey(state, turn, 'surveys.web')
    const scrubInbox = survey.anonymous
    if (turn.place.kind !== 'private') return { ...reply(turn, pageTexts.usePrivate(survey)), scrubInbox }
    if (survey.status !== 'running') return reply(turn, texts.over(survey))
    if (!entry) return reply(turn, texts.notInvited(survey))
    if (entry.state === 'a')
      return { ...reply(turn, survey.kind === 'departments' ? texts.alreadyCommunity : texts.already), scrubInbox }
    if (!url) return reply(turn, pageTexts.notServed)
    if (state.asked >= LINKS_AN_HOUR) return reply(turn, pageTexts.tooOften)
    const { accountId } = turn.actor
    const token = state.progress?.token ?? state.token
    const { subjectId, cell } = entry
    // The key of a talk: what was asked goes from the outbox when the ballot is cast, the link with it.
    const outboxKey = `ballot:${token}:${turn.inboxId}`
    const subject = `survey:${survey.number}`
    const begun = { token, surveyId: survey.id, accountId, subjectId, cell }
    const door = {
      ...{ surveyId: survey.id, accountId, subjectId, progress: token, outboxKey },
      tokenHash: createHash('sha256').update(state.link).digest('hex'),
      expiresAt: new Date(turn.now.getTime() + LINK_MINUTES * MINUTE_MS).toISOString(),
    }
    const words = pageTexts.link(survey, `${url}/ballot/in/${state.link}`, LINK_MINUTES)
    return {
      events: [
        unrecorded('progressed', survey.communityId, subject, {
          ...{ ...begun, answers: state.progress?.answers ?? {}, faults: 0 },
        }),
        unrecorded('door_asked', survey.communityId, subject, door),
      ],
      drafts: [say(turn, words, { key: outboxKey })],
      scrubInbox,
    }
  },
})

const pageInput = z.object({
  token: z.string(),
  fields: z.record(z.string(), z.array(z.string())),
  cast: z.boolean(),
})

/** What the page sends: saved as it is, or cast when nothing is missing. */
export const page = command<z.infer<typeof pageInput>, Awaited<ReturnType<typeof progressByToken>>>({
  name: 'surveys.page',
  roles: 'anyone',
  input: pageInput,
  match: () => null,
  load: (tx, _turn, { token }) => progressByToken(tx, token),
  decide: (state, turn, { fields, cast }): Decision => {
    if (!state) return reply(turn, pageTexts.gone)
    const { survey, progress, entry } = state
    if (survey.status !== 'running') return reply(turn, texts.over(survey))
    if (entry?.state === 'a') return reply(turn, survey.kind === 'departments' ? texts.alreadyCommunity : texts.already)
    if (progress.accountId !== turn.actor.accountId || subjectOf(survey, turn) !== progress.subjectId)
      return reply(turn, pageTexts.notYours)
    const answers = readForm(survey.definition, fields)
    const full = cast ? completed(survey.definition, answers, mustSayWhy(survey)) : null
    if (full) return castBallot(survey, progress, full, turn)
    return {
      events: [saved(survey, progress, answers, 0)],
      drafts: [say(turn, cast ? pageTexts.incomplete : pageTexts.saved)],
    }
  },
})
