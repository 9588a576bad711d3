import type { PersonEntry, Roster } from '../community/import/roster.js'
import { writeRoster } from '../community/import/write.js'
import type { Database } from '../db/client.js'
import type { Tx } from '../db/transaction.js'
import { demoHouseholds } from './estate.js'
import { type DemoPerson, demoPeople, GROUPS } from './people.js'

const DEMO_COMMUNITY = 'BH'
const CHANNEL = 'sandbox'
const TIMEZONE = 'Asia/Shanghai'
const GRID_CODES = ['BH-01', 'BH-02', 'BH-03', 'BH-04'] as const
const GRID_NAMES = ['第一网格', '第二网格', '第三网格', '第四网格'] as const

const NEIGHBOURS = [
  ['YL', '玉兰社区'],
  ['GH', '桂花社区'],
  ['HH', '荷花社区'],
  ['MH', '梅花社区'],
  ['JH', '菊花社区'],
  ['LH', '兰花社区'],
] as const
const DEPARTMENTS = ['民政局', '住建局', '城管局', '人社局', '卫健局', '公安分局']

/**
 * Writes a made-up community, so that a first run has somebody to talk to. Does nothing, and answers false, when the
 * database holds any community, person or message. With `district` there are neighbouring communities and departments too, for
 * what many communities do together.
 */
export async function seedDemo(db: Database, now: Date, more: { readonly district?: boolean } = {}): Promise<boolean> {
  return db.write(async (tx) => {
    const inUse = (await tx.community.count()) + (await tx.person.count()) + (await tx.inboxMessage.count())
    if (inUse > 0) return false
    await writeRoster(tx, demoRoster(), { now, timezone: TIMEZONE })
    for (const person of demoPeople) await openAccount(tx, person, now)
    await hireSurveyor(tx)
    if (more.district) await seedDistrict(tx)
    return true
  })
}

/** The organisation the surveyor speaks for. */
async function hireSurveyor(tx: Tx): Promise<void> {
  const person = await tx.person.findFirstOrThrow({ where: { roles: { some: { role: 'surveyor' } } } })
  const { id: districtId } = await tx.district.findFirstOrThrow()
  await tx.surveyor.create({ data: { name: '甬城调查', districtId, personId: person.id } })
}

async function seedDistrict(tx: Tx): Promise<void> {
  const { subdistrictId, subdistrict } = await tx.community.findFirstOrThrow({ include: { subdistrict: true } })
  const base = { timezone: TIMEZONE, settings: {}, subdistrictId }
  for (const [code, name] of NEIGHBOURS) await tx.community.create({ data: { ...base, code, name } })
  const { districtId } = subdistrict
  await tx.department.createMany({ data: DEPARTMENTS.map((name) => ({ districtId, name })) })
}

function demoRoster(): Roster {
  const chat = (externalId: string, name: string, kind: 'residents' | 'workers' | 'subdistrict') => ({
    channel: CHANNEL,
    externalId,
    name,
    kind,
    community: DEMO_COMMUNITY,
    grid: null,
  })
  return {
    communities: [{ code: DEMO_COMMUNITY, name: '百合社区', subdistrict: '百丈街道', district: '宁波市鄞州区' }],
    grids: GRID_CODES.map((code, index) => ({
      code,
      name: GRID_NAMES[index] ?? code,
      community: DEMO_COMMUNITY,
      staffNo: `W0${index + 1}`,
    })),
    people: demoPeople.flatMap(entryOf),
    households: demoHouseholds(GRID_CODES),
    chats: [
      chat(GROUPS.first, '百合一区居民群', 'residents'),
      chat(GROUPS.second, '百合二区居民群', 'residents'),
      chat(GROUPS.workers, '百合社区工作群', 'workers'),
      chat(GROUPS.subdistrict, '百丈街道联络群', 'subdistrict'),
    ],
  }
}

function entryOf({ fullName, staffNo, role }: DemoPerson): PersonEntry[] {
  if (fullName === null || role === null) return []
  const scope = role === 'officer' ? 'subdistrict' : role === 'surveyor' ? 'district' : 'community'
  const roles = [{ role, scope } as const]
  return [{ staffNo, name: fullName, phone: '', community: DEMO_COMMUNITY, roles, telegram: '', wechat: '' }]
}

/** The sandbox account, bound to the person and home, with the conversations they have opened. */
async function openAccount(tx: Tx, demo: DemoPerson, now: Date): Promise<void> {
  const person = demo.fullName === null ? null : await tx.person.findFirst({ where: { name: demo.fullName } })
  if (person && demo.home) {
    const [building, unit, room] = demo.home
    const household = await tx.household.findFirstOrThrow({ where: { building, unit, room } })
    const data = { householdId: household.id, phone: household.phone }
    await tx.person.update({ where: { id: person.id }, data })
  }
  const [first] = demo.groups
  const group = first ? await tx.chat.findFirst({ where: { channel: CHANNEL, externalId: first } }) : null
  const privateChat = demo.hasPrivateChat ? `private:${demo.id}` : null
  await tx.account.create({
    data: {
      channel: CHANNEL,
      externalId: demo.id,
      displayName: demo.name,
      personId: person?.id ?? null,
      privateChat,
      lastGroupId: group?.id ?? null,
      createdAt: now,
    },
  })
  if (privateChat)
    await tx.chat.create({
      data: { channel: CHANNEL, externalId: privateChat, kind: 'private', name: demo.name, createdAt: now },
    })
}
