import { z } from 'zod'
import { rolesOf } from '../../../community/actors.js'
import { communityView } from '../../../community/settings.js'
import type { Tx } from '../../../db/transaction.js'
import { localDate } from '../../../kernel/local-time.js'
import { type CommunityView, command, type Decision, type Turn } from '../../../kernel/module.js'
import { recorded, unrecorded } from '../events.js'
import { isDistrictOfficer, officerReach } from '../reach.js'
import { communitiesIn, nextSurveyNumber } from '../store.js'
import { ASPECTS, communityEvaluation, departmentEvaluation } from '../templates.js'
import { texts } from '../texts.js'
import type { SurveyView } from '../types.js'
import { reply, say, textOf } from './shared.js'
import { draftedEvent, newSeed, newSurvey, previewDraft, type Sizes, sizesOf } from './write.js'

const evaluateInput = z.object({
  /** A community by name or code; without one the speaker's. */
  place: z.string().nullable(),
  total: z.number().int().positive().nullable(),
  perGrid: z.number().int().positive().nullable(),
  days: z.number().int().positive().nullable(),
  seed: z.string().nullable(),
})
type EvaluateInput = z.infer<typeof evaluateInput>
type Drafted = { readonly survey: SurveyView; readonly sizes: Sizes } | null

const numberIn = (text: string, pattern: RegExp): number | null => Number(pattern.exec(text)?.[1] ?? 0) || null

/** 发起评议: the independent surveyor's round over one community, whole or sampled. */
export const evaluate = command<EvaluateInput, Drafted>({
  name: 'surveys.evaluate',
  help: { say: '发起评议 百合社区 抽样 60 种子 abc', does: '第三方发起群众评议社区', roles: ['surveyor'] },
  roles: ['surveyor'],
  input: evaluateInput,
  match: (turn) => {
    const [, rest] = /^(?:发起评议|发起群众评议|群众评议)\s*(.*)$/.exec(textOf(turn) ?? '') ?? []
    if (rest === undefined) return null
    return {
      place: /^(?!抽|每网格|种子|\d+\s*天)(\S+)/.exec(rest)?.[1] ?? null,
      total: numberIn(rest, /抽样?\s*(\d+)/),
      perGrid: numberIn(rest, /每网格\s*(\d+)/),
      days: numberIn(rest, /(\d+)\s*天/),
      seed: /种子\s*(\S+)/.exec(rest)?.[1] ?? null,
    }
  },
  load: async (tx, turn, { place, total, perGrid, days, seed }) => {
    const community = place ? await communityInReach(tx, turn, place) : turn.community
    if (!community) return null
    const sample = perGrid ? { perGrid } : total ? { total } : undefined
    const year = localDate(turn.now, community.timezone).slice(0, 4)
    const definition = communityEvaluation(community.name, year, { sample, days: days ?? undefined })
    const base = {
      ...{ number: await nextSurveyNumber(tx, community), communityId: community.id, owner: 'surveyor' as const },
      ...{ scopeKind: 'community' as const, scopeId: community.id, series: `community:${community.id}` },
      seed: seed ?? newSeed(),
    }
    const survey = newSurvey(definition, base, turn.now)
    return { survey, sizes: await sizesOf(tx, survey, turn.now) }
  },
  decide: (drafted, turn) => withPreview(drafted, turn, texts.noCommunity),
})

/** A community by its name or code, where the surveyor's grant reaches. */
async function communityInReach(tx: Tx, turn: Turn, place: string): Promise<CommunityView | null> {
  const row = await tx.community.findFirst({ where: { OR: [{ name: place }, { code: place.toUpperCase() }] } })
  if (!row || turn.actor.personId === null) return null
  const roles = await rolesOf(tx, turn.actor.personId, row, turn.now)
  return roles.includes('surveyor') ? communityView(row) : null
}

function withPreview(drafted: Drafted, turn: Turn, otherwise: string): Decision {
  if (!drafted) return reply(turn, otherwise)
  const { survey, sizes } = drafted
  return {
    events: [draftedEvent(survey, turn.actor.personId ?? 0)],
    drafts: [previewDraft(survey, sizes, turn, `${texts.saved(survey)}\n\n`)],
  }
}

const districtOf = async (tx: Tx, turn: Turn): Promise<number | null> => {
  if (!turn.community) return null
  const row = await tx.subdistrict.findUnique({ where: { id: turn.community.subdistrictId } })
  return row?.districtId ?? null
}

const departmentsInput = z.object({ days: z.number().int().positive().nullable() })

/** 发起部门评议: every department by ten aspects, one ballot a community, in the officer's subdistrict or district. */
export const evaluateDepartments = command<z.infer<typeof departmentsInput>, Drafted>({
  name: 'surveys.evaluate-departments',
  help: { say: '发起部门评议 10天', does: '请各社区按十个方面给部门打分', roles: ['officer'] },
  roles: ['officer'],
  input: departmentsInput,
  match: (turn) => {
    const [, rest] = /^(?:发起)?(?:社区)?(?:部门评议|评议部门)(?:开始)?\s+?(.*)$/.exec(`${textOf(turn) ?? ''} `) ?? []
    return rest === undefined || !/^发起/.test(textOf(turn) ?? '') ? null : { days: numberIn(rest, /(\d+)\s*天/) }
  },
  load: async (tx, turn, { days }) => {
    const { community } = turn
    const districtId = await districtOf(tx, turn)
    if (!community || districtId === null) return null
    const departments = await tx.department.findMany({ where: { districtId, active: true }, orderBy: { id: 'asc' } })
    if (departments.length === 0) return null
    const wide = await isDistrictOfficer(tx, turn, districtId)
    const scope = wide
      ? { scopeKind: 'district' as const, scopeId: districtId }
      : { scopeKind: 'subdistrict' as const, scopeId: community.subdistrictId }
    const [home = community] = await communitiesIn(tx, scope)
    const year = localDate(turn.now, community.timezone).slice(0, 4)
    const definition = departmentEvaluation(`${year}年社区评议部门`, departments, ASPECTS, days ?? undefined)
    const base = {
      ...{ number: await nextSurveyNumber(tx, home), communityId: home.id, owner: 'officer' as const, ...scope },
      ...{ series: `departments:${scope.scopeKind}:${scope.scopeId}`, seed: newSeed() },
    }
    const survey = newSurvey(definition, base, turn.now)
    return { survey, sizes: await sizesOf(tx, survey, turn.now) }
  },
  decide: (drafted, turn) => withPreview(drafted, turn, texts.noDepartments),
})

const namesInput = z.object({ names: z.array(z.string().min(2).max(30)), active: z.boolean() })

/** 部门名录: whom the communities evaluate. */
export const departments = command<z.infer<typeof namesInput>, { districtId: number | null; known: readonly string[] }>(
  {
    name: 'surveys.departments',
    help: { say: '部门名录 添加 民政局、住建局', does: '看、添加或停用受评部门', roles: ['officer'] },
    roles: ['officer'],
    input: namesInput,
    match: (turn) => {
      const [, verb, rest = ''] = /^部门名录\s*(添加|加|停用|去掉)?\s*([\s\S]*)$/.exec(textOf(turn) ?? '') ?? []
      if (!/^部门名录/.test(textOf(turn) ?? '')) return null
      const names = rest.split(/[\s、，,;；]+/).filter((name) => name.length >= 2 && name.length <= 30)
      return { names, active: verb !== '停用' && verb !== '去掉' }
    },
    load: async (tx, turn) => {
      const districtId = await districtOf(tx, turn)
      const rows = districtId
        ? await tx.department.findMany({ where: { districtId, active: true }, orderBy: { id: 'asc' } })
        : []
      return { districtId, known: rows.map((row) => row.name) }
    },
    decide: ({ districtId, known }, turn, { names, active }) => {
      if (districtId === null || !turn.community) return reply(turn, texts.noCommunity)
      const after = active ? [...new Set([...known, ...names])] : known.filter((name) => !names.includes(name))
      const events = names.map((name) => ({
        ...unrecorded('department_listed', turn.community?.id ?? 0, `department:${name}`, { districtId, name, active }),
      }))
      return { events, drafts: [say(turn, texts.departments(after))] }
    },
  },
)

const doneInput = z.object({ number: z.string(), note: z.string() })
type Item = Awaited<ReturnType<Tx['rectification']['findUnique']>>
type ItemState = { readonly item: Item; readonly department: string; readonly rerating: Drafted }

async function itemOf(tx: Tx, turn: Turn, reference: string): Promise<ItemState> {
  const number = reference.includes('-')
    ? reference.toUpperCase()
    : `${turn.community?.code ?? ''}-${reference.toUpperCase()}`
  const item = await tx.rectification.findUnique({ where: { number } })
  const department = item && (await tx.department.findUnique({ where: { id: item.departmentId } }))
  const reach = await officerReach(tx, turn)
  if (!item || !department || !reach.includes(item.communityId)) return { item: null, department: '', rerating: null }
  const round = await tx.survey.findUniqueOrThrow({ where: { id: item.surveyId } })
  const home = await tx.community.findUniqueOrThrow({ where: { id: round.communityId } })
  const definition = departmentEvaluation(`复评：${department.name}·${item.aspect}`, [department], [item.aspect], 5)
  const base = {
    ...{ number: await nextSurveyNumber(tx, home), communityId: home.id, owner: 'officer' as const, seed: newSeed() },
    ...{ scopeKind: round.scopeKind as SurveyView['scopeKind'], scopeId: round.scopeId, series: `rerating:${number}` },
  }
  const survey = newSurvey(definition, base, turn.now)
  return { item, department: department.name, rerating: { survey, sizes: await sizesOf(tx, survey, turn.now) } }
}

/** 整改完成: the department has mended it; the communities are asked again. */
export const mended = command<z.infer<typeof doneInput>, ItemState>({
  name: 'surveys.mended',
  help: { say: '整改完成 BH-Z1 已取消重复报表', does: '登记整改结果，再请社区复评', roles: ['officer'] },
  roles: ['officer'],
  input: doneInput,
  match: (turn) => {
    const [, number, note = ''] =
      /^整改完成\s*([A-Za-z]{0,10}-?[Zz]\d{1,4})\s*([\s\S]*)$/.exec(textOf(turn) ?? '') ?? []
    return number ? { number, note: note.trim() } : null
  },
  load: (tx, turn, { number }) => itemOf(tx, turn, number),
  decide: ({ item, department, rerating }, turn, { note }) => {
    if (!item || !rerating) return reply(turn, texts.noItem)
    if (item.status !== 'open') return reply(turn, texts.itemPast(item.number))
    if (note === '') return reply(turn, texts.sayHowMended)
    const { survey } = rerating
    const page = 'rectifications'
    const subject = `rectification:${item.number}`
    const done = recorded('rectification_done', survey, `${department}·${item.aspect} 整改完成：${note}`, {
      ...{ number: item.number, note },
    })
    const again = recorded('rectification_rerating', survey, `${item.number} 请社区复评`, {
      ...{ numbers: [item.number], surveyNumber: survey.number },
    })
    return {
      events: [{ ...done, subject, page }, draftedEvent(survey, turn.actor.personId ?? 0), { ...again, subject, page }],
      drafts: [previewDraft(survey, rerating.sizes, turn, `${texts.mended(item.number)}\n\n`)],
    }
  },
})

export const items = command<object, readonly string[]>({
  name: 'surveys.items',
  help: { say: '整改', does: '看部门整改事项和期限', roles: ['officer'] },
  roles: ['officer'],
  input: z.object({}),
  match: (turn) => (/^整改(事项|列表|清单)?[。？?]?$/.test(textOf(turn) ?? '') ? {} : null),
  load: async (tx, turn) => {
    const rows = await tx.rectification.findMany({
      where: { communityId: { in: await officerReach(tx, turn) } },
      orderBy: { id: 'desc' },
      take: 50,
    })
    const names = new Map((await tx.department.findMany()).map((row) => [row.id, row.name]))
    return rows.map((row) => texts.itemRow({ ...row, department: names.get(row.departmentId) ?? '' }))
  },
  decide: (rows, turn) => reply(turn, rows.length === 0 ? texts.noItems : rows.join('\n')),
})
