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

/**
 * Writes a made-up community, so that a first run has somebody to talk to. Does nothing, and answers false, when the
 * database holds any community, person or message.
 */
export async function seedDemo(db: Database, now: Date): Promise<boolean> {
  return db.write(async (tx) => {
    const inUse = (await tx.community.count()) + (await tx.person.count()) + (await tx.inboxMessage.count())
    if (inUse > 0) return false
    await writeRoster(tx, demoRoster(), { now, timezone: TIMEZONE })
    for (const person of demoPeople) await openAccount(tx, person, now)
    return true
  })
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
  const scope = role === 'officer' ? ('subdistrict' as const) : ('community' as const)
  const roles = [{ role, scope }]
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
  const group = await tx.chat.findFirst({ where: { channel: CHANNEL, externalId: demo.groups[0] } })
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
