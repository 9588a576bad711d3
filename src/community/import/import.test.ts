import { describe, expect, it } from 'vitest'
import { soundRoster, withCell } from '../../../test/support/roster-files.js'
import { NOW, useRosterWorld } from '../../../test/support/roster-world.js'
import { faultText } from './index.js'

const LATER = new Date('2026-12-01T01:00:00Z')

const world = useRosterWorld()

async function everything() {
  const { read } = world.db
  return {
    districts: await read.district.findMany(),
    subdistricts: await read.subdistrict.findMany(),
    communities: await read.community.findMany(),
    grids: await read.grid.findMany(),
    assignments: await read.gridAssignment.findMany(),
    people: await read.person.findMany(),
    roles: await read.roleGrant.findMany(),
    accounts: await read.account.findMany(),
    households: await read.household.findMany({ orderBy: { id: 'asc' } }),
    chats: await read.chat.findMany(),
  }
}

describe('a sound roster', () => {
  it('is written whole', async () => {
    const { written, faults } = await world.load(soundRoster)
    expect(faults.map(faultText)).toEqual([])
    expect(written).toEqual({ communities: 1, grids: 2, people: 4, households: 3, chats: 2 })
    const community = await world.db.read.community.findUniqueOrThrow({
      where: { code: 'CX' },
      include: { subdistrict: { include: { district: true } } },
    })
    expect([community.subdistrict.name, community.subdistrict.district.name]).toEqual(['白杨街道', '杭州市钱塘区'])
    expect(await world.household('3', '501')).toMatchObject({
      unit: '2',
      estate: '翠苑',
      tier: 'key',
      phone: '13800000009',
    })
    expect(await world.household('3', '502')).toMatchObject({ tier: 'ordinary', occupancy: 'rented', unit: '2' })
    expect(await world.household('12', 'A12')).toMatchObject({
      tier: 'high_risk',
      occupancy: 'vacant',
      grid: { code: 'CX-2' },
    })
    expect((await world.household('3', '501')).members.map((person) => person.name)).toEqual(['李桂花'])
  })

  it('gives roles in their scopes, accounts and groups', async () => {
    await world.load(soundRoster)
    const people = await world.db.read.person.findMany({
      include: { roles: true, accounts: true },
      orderBy: { id: 'asc' },
    })
    expect(
      people.map(({ name, roles, accounts }) => [
        name,
        roles.map((grant) => `${grant.role}@${grant.scopeKind}`).join(),
        accounts.map((account) => `${account.channel}:${account.externalId}`).join(),
      ]),
    ).toEqual([
      ['王小梅', 'worker@community', 'telegram:5550001'],
      ['赵刚', 'manager@community,worker@community', 'wechat:wxid_zhao'],
      ['孙科长', 'officer@subdistrict', ''],
      ['李桂花', 'resident@community', 'telegram:5550009'],
    ])
    const chats = await world.db.read.chat.findMany({ orderBy: { id: 'asc' } })
    expect(chats.map(({ channel, externalId, kind, gridId }) => [channel, externalId, kind, gridId !== null])).toEqual([
      ['telegram', '-1001234567890', 'residents', true],
      ['wechat', '2233@chatroom', 'workers', false],
    ])
  })

  it('changes nothing when it is imported again', async () => {
    await world.load(soundRoster)
    const before = await everything()
    await world.load(soundRoster, LATER)
    expect(await everything()).toEqual(before)
  })

  it('updates what changed, and keeps who answered for a grid before', async () => {
    await world.load(soundRoster)
    await world.load(withCell('网格', 2, '社工工号', '002'), LATER)
    const spans = await world.db.read.gridAssignment.findMany({
      where: { grid: { code: 'CX-1' } },
      include: { person: true },
      orderBy: { id: 'asc' },
    })
    expect(spans.map(({ person, startsAt, endsAt }) => [person.name, startsAt, endsAt])).toEqual([
      ['王小梅', NOW, LATER],
      ['赵刚', LATER, null],
    ])
    await world.load(withCell('网格', 2, '社工工号', '无'), LATER)
    expect(await world.db.read.gridAssignment.count({ where: { grid: { code: 'CX-1' }, endsAt: null } })).toBe(0)
  })

  it('ends a role that the roster no longer gives, and gives it again', async () => {
    await world.load(soundRoster)
    await world.load(withCell('人员', 2, '角色', '协管员'), LATER)
    const roles = () =>
      world.db.read.roleGrant.findMany({ where: { person: { staffNo: '001' }, endsAt: null }, select: { role: true } })
    expect(await roles()).toEqual([{ role: 'coordinator' }])
    await world.load(soundRoster, LATER)
    expect(await roles()).toEqual([{ role: 'worker' }])
  })

  it('gives one role for two words of it', async () => {
    await world.load(withCell('人员', 2, '角色', '主任，书记'))
    expect(await world.db.read.roleGrant.count({ where: { person: { staffNo: '001' }, role: 'manager' } })).toBe(1)
  })

  it('takes a mistyped Telegram id away from the person again', async () => {
    await world.load(soundRoster)
    await world.load(withCell('人员', 2, 'telegram', '5550077'))
    const bound = await world.db.read.account.findMany({ where: { person: { staffNo: '001' } } })
    expect(bound.map((account) => account.externalId)).toEqual(['5550077'])
  })

  it('does not let an empty cell wipe out what is known', async () => {
    await world.load(soundRoster)
    const [first = []] = soundRoster.住户 ?? []
    await world.load({ 住户: [first.map((cell, index) => (index > 4 ? '' : cell))] })
    expect(await world.household('3', '501')).toMatchObject({ headName: '李桂花', phone: '13800000009', tier: 'key' })
  })

  it('may come as single sheets, referring to what the database knows', async () => {
    await world.load(soundRoster)
    const { written, faults } = await world.load({ 住户: [['CX-2', '翠苑', '9', '1', '101', '新户', '', '', '']] })
    expect(faults).toEqual([])
    expect(written?.households).toBe(1)
    expect((await world.household('9', '101')).grid.code).toBe('CX-2')
  })
})
