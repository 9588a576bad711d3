import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Reader, Tx } from '../../../db/transaction.js'
import { command, type Decision, type Draft, type Turn } from '../../../kernel/module.js'
import { hashOf, readDefinition } from '../definition.js'
import { recorded } from '../events.js'
import { drawFrame } from '../frame.js'
import { runsIt } from '../reach.js'
import { candidatesOf, nextSurveyNumber } from '../store.js'
import { texts } from '../texts.js'
import type { Fault } from '../texts-faults.js'
import type { Definition, Owner, SurveyView } from '../types.js'
import { findSurvey, phrase, REFERENCE, reply, say, textOf } from './shared.js'

export const RUNNERS = ['manager', 'officer', 'surveyor'] as const

/** A seed people can read out: eight letters and digits. */
export const newSeed = (): string => randomBytes(5).toString('hex').slice(0, 8)

export interface Sizes {
  readonly eligible: number
  readonly excluded: number
  readonly invited: number
}

/** How many a draft would ask. */
export async function sizesOf(tx: Tx | Reader, survey: SurveyView, now: Date): Promise<Sizes> {
  const { candidates, excluded } = await candidatesOf(tx, survey, now)
  const { cells } = drawFrame(candidates, survey.definition.sample, survey.seed)
  const sum = (pick: (cell: (typeof cells)[number]) => number) => cells.reduce((all, cell) => all + pick(cell), 0)
  return { eligible: sum((cell) => cell.eligible), excluded, invited: sum((cell) => cell.invited) }
}

/** The preview with its buttons. */
export function previewDraft(survey: SurveyView, sizes: Sizes, turn: Turn, before = ''): Draft {
  const input = { number: survey.number, hash: survey.definitionHash }
  return say(turn, `${before}${texts.preview(survey)}\n${texts.previewed(survey, sizes)}`, {
    choices: [
      { label: texts.publish, command: 'surveys.publish', input },
      { label: '作废', command: 'surveys.cancel', input: { number: survey.number } },
    ],
  })
}

/** A draft that stands in no table yet, as it will be. */
export function newSurvey(
  definition: Definition,
  base: Pick<SurveyView, 'number' | 'communityId' | 'scopeKind' | 'scopeId' | 'series' | 'owner' | 'seed'>,
  now: Date,
): SurveyView {
  const { title, kind, anonymous } = definition
  return {
    ...base,
    ...{ id: 0, title, kind, anonymous, definition, definitionHash: hashOf(definition), status: 'draft', version: 1 },
    ...{
      eligible: 0,
      excluded: 0,
      invited: 0,
      frame: [],
      createdAt: now,
      startedAt: null,
      endsAt: null,
      closedAt: null,
    },
  }
}

/** The event that writes a new draft down. */
export const draftedEvent = (survey: SurveyView, personId: number) =>
  recorded('drafted', survey, `起草“${survey.title}”`, {
    ...{ number: survey.number, kind: survey.kind, communityId: survey.communityId, scopeKind: survey.scopeKind },
    ...{ scopeId: survey.scopeId, series: survey.series, owner: survey.owner, definition: survey.definition },
    ...{ hash: survey.definitionHash, seed: survey.seed, personId },
  })

const writeInput = z.object({ words: z.string() })
type Writing =
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }
  | { readonly kind: 'survey'; readonly survey: SurveyView; readonly sizes: Sizes }
  | null

/** 发起问卷: a survey in plain lines or YAML becomes a draft with its preview. */
export const write = command<z.infer<typeof writeInput>, Writing>({
  name: 'surveys.write',
  help: { say: '发起问卷 标题⏎1. 题目 单选：甲/乙', does: '写一份问卷，先看预览再发布；也可粘贴 YAML', roles: RUNNERS },
  roles: RUNNERS,
  input: writeInput,
  match: (turn) => {
    const found = /^(?:发起|新建|创建)问卷[:：]?\s*([\s\S]*)$/.exec(textOf(turn) ?? '')
    return found ? { words: found[1] ?? '' } : null
  },
  load: async (tx, turn, { words }) => {
    if (!turn.community || words.trim() === '') return null
    const read = readDefinition(words)
    if ('faults' in read) return { kind: 'faults', faults: read.faults }
    const { definition } = read
    const owner: Owner = definition.kind === 'community' ? 'surveyor' : ownerOf(turn)
    const { community } = turn
    const survey = newSurvey(
      definition,
      {
        ...{ number: await nextSurveyNumber(tx, community), communityId: community.id, owner, seed: newSeed() },
        ...{ scopeKind: 'community', scopeId: community.id },
        series:
          definition.kind === 'community' ? `community:${community.id}` : `poll:${community.id}:${definition.title}`,
      },
      turn.now,
    )
    return { kind: 'survey', survey, sizes: await sizesOf(tx, survey, turn.now) }
  },
  decide: (state, turn) => {
    if (!state) return reply(turn, texts.howTo)
    if (state.kind === 'faults') return reply(turn, texts.faulty(state.faults))
    const { survey, sizes } = state
    if (survey.kind === 'departments') return reply(turn, texts.useDepartments)
    if (!turn.actor.roles.includes(survey.owner)) return reply(turn, texts.notYours(survey))
    return {
      events: [draftedEvent(survey, turn.actor.personId ?? 0)],
      drafts: [previewDraft(survey, sizes, turn, `${texts.saved(survey)}\n\n`)],
    }
  },
})

const ownerOf = ({ actor: { roles } }: Turn): Owner => RUNNERS.find((role) => roles.includes(role)) ?? 'manager'

const reviseInput = z.object({ number: z.string().nullish(), words: z.string() })

/** 修改问卷: a new version of a draft; a running survey never changes. */
export const revise = command<
  z.infer<typeof reviseInput>,
  { survey: SurveyView | null; mine: boolean; writing: Writing }
>({
  name: 'surveys.revise',
  help: { say: '修改问卷 W3⏎（新的全文）', does: '改草稿；发布后不能改', roles: RUNNERS },
  roles: RUNNERS,
  input: reviseInput,
  match: (turn) => {
    const found = new RegExp(`^修改问卷${REFERENCE}[:：]?\\s*\\n?([\\s\\S]*)$`).exec(textOf(turn) ?? '')
    return found ? { number: found[1] ?? null, words: found[2] ?? '' } : null
  },
  load: async (tx, turn, { number, words }) => {
    const survey = await findSurvey(tx, turn, number, ['draft'])
    const mine = survey !== null && (await runsIt(tx, turn, survey))
    if (!survey || words.trim() === '') return { survey, mine, writing: null }
    const read = readDefinition(words)
    if ('faults' in read) return { survey, mine, writing: { kind: 'faults', faults: read.faults } }
    const { title, anonymous } = read.definition
    const changed: SurveyView = {
      ...{ ...survey, title, anonymous, definition: read.definition, version: survey.version + 1 },
      definitionHash: hashOf(read.definition),
    }
    return { survey, mine, writing: { kind: 'survey', survey: changed, sizes: await sizesOf(tx, changed, turn.now) } }
  },
  decide: ({ survey, mine, writing }, turn): Decision => {
    if (!survey) return reply(turn, texts.none)
    if (!mine) return reply(turn, texts.notYours(survey))
    if (survey.status !== 'draft') return reply(turn, texts.frozen(survey))
    if (!writing) return reply(turn, texts.howTo)
    if (writing.kind === 'faults') return reply(turn, texts.faulty(writing.faults))
    const { definition, definitionHash: hash, kind } = writing.survey
    if (definition.kind !== kind) return reply(turn, texts.sameKind)
    const event = recorded('revised', survey, `“${definition.title}”改为第 ${writing.survey.version} 版`, {
      ...{ number: survey.number, definition, hash, personId: turn.actor.personId ?? 0 },
    })
    return {
      events: [event],
      drafts: [previewDraft(writing.survey, writing.sizes, turn, `${texts.saved(writing.survey)}\n\n`)],
    }
  },
})

const refInput = z.object({ number: z.string().nullish() })

export const preview = command<z.infer<typeof refInput>, { survey: SurveyView | null; sizes: Sizes | null }>({
  name: 'surveys.preview',
  help: { say: '问卷预览 W3', does: '看题目、对象和户数', roles: RUNNERS },
  roles: RUNNERS,
  input: refInput,
  match: (turn) => phrase(turn, '问卷预览|预览问卷'),
  load: async (tx, turn, { number }) => {
    const survey = await findSurvey(tx, turn, number, ['draft', 'running'])
    const mine = survey?.status === 'draft' && (await runsIt(tx, turn, survey))
    return { survey, sizes: mine ? await sizesOf(tx, survey, turn.now) : null }
  },
  decide: ({ survey, sizes }, turn) => {
    if (!survey) return reply(turn, texts.none)
    return sizes ? { events: [], drafts: [previewDraft(survey, sizes, turn)] } : reply(turn, texts.preview(survey))
  },
})

export const cancel = command<z.infer<typeof refInput>, { survey: SurveyView | null; mine: boolean }>({
  name: 'surveys.cancel',
  help: { say: '作废问卷 W3', does: '作废还没发布的草稿', roles: RUNNERS },
  roles: RUNNERS,
  input: refInput,
  match: (turn) => phrase(turn, '作废问卷|问卷作废'),
  load: async (tx, turn, { number }) => {
    const survey = await findSurvey(tx, turn, number, ['draft'])
    return { survey, mine: survey !== null && (await runsIt(tx, turn, survey)) }
  },
  decide: ({ survey, mine }, turn) => {
    if (!survey) return reply(turn, texts.none)
    if (!mine) return reply(turn, texts.notYours(survey))
    if (survey.status !== 'draft') return reply(turn, texts.frozen(survey))
    const event = recorded('cancelled', survey, `作废草稿“${survey.title}”`, { number: survey.number })
    return { events: [event], drafts: [say(turn, texts.cancelled(survey))] }
  },
})
