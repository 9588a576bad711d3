import { z } from 'zod'
import { command } from '../../../kernel/module.js'
import { unrecorded } from '../events.js'
import { texts } from '../texts.js'
import { reply, say, textOf } from './shared.js'

const input = z.object({ organisation: z.string(), staffNo: z.string(), name: z.string() })

interface State {
  readonly districtId: number | null
  /** Who has this number already. */
  readonly holder: { readonly name: string; readonly isStaff: boolean; readonly isSurveyor: boolean } | null
}

/** 登记第三方: an officer names the organisation that evaluates, and who speaks for it. Nobody's own staff can be it. */
export const hire = command<z.infer<typeof input>, State>({
  name: 'surveys.hire',
  help: { say: '登记第三方 甬城调查 S01 李明', does: '登记独立调查机构和它的调查员', roles: ['officer'] },
  roles: ['officer'],
  input,
  match: (turn) => {
    const text = textOf(turn) ?? ''
    if (!/^登记第三方/.test(text)) return null
    const [organisation = '', staffNo = '', name = ''] = text.replace(/^登记第三方\s*/, '').split(/\s+/)
    return { organisation, staffNo: staffNo.toUpperCase(), name }
  },
  load: async (tx, turn, { staffNo }) => {
    const subdistrictId = turn.community?.subdistrictId
    const row = subdistrictId ? await tx.subdistrict.findUnique({ where: { id: subdistrictId } }) : null
    const person = staffNo === '' ? null : await tx.person.findUnique({ where: { staffNo }, include: { roles: true } })
    const staff = person?.roles.some(
      ({ role, endsAt }) => role !== 'resident' && role !== 'surveyor' && endsAt === null,
    )
    const holder = person && {
      ...{ name: person.name, isStaff: staff ?? false },
      isSurveyor: person.roles.some(({ role }) => role === 'surveyor'),
    }
    return { districtId: row?.districtId ?? null, holder }
  },
  decide: ({ districtId, holder }, turn, { organisation, staffNo, name }) => {
    if (!turn.community || districtId === null) return reply(turn, texts.noCommunity)
    if (organisation === '' || name === '' || !/^[A-Z0-9]{2,20}$/.test(staffNo)) return reply(turn, texts.hireHow)
    if (holder?.isStaff) return reply(turn, texts.ownStaff(holder.name))
    if (holder && (!holder.isSurveyor || holder.name !== name))
      return reply(turn, texts.staffNoTaken(staffNo, holder.name))
    const event = {
      ...unrecorded('surveyor_hired', turn.community.id, `surveyor:${staffNo}`, {
        districtId,
        organisation,
        staffNo,
        name,
      }),
      page: 'evaluations',
      text: `登记第三方调查机构：${organisation}（${name}）`,
    }
    return { events: [event], drafts: [say(turn, texts.hired(organisation, staffNo, name))] }
  },
})
