import type { Tx } from '../../db/transaction.js'
import type { PersonEntry, RosterRole } from './roster.js'
import type { KnownCommunity, WriteOptions } from './write-options.js'

const known = {
  id: true,
  name: true,
  phone: true,
  communityId: true,
  roles: { select: { id: true, role: true, scopeKind: true, scopeId: true, endsAt: true } },
} as const

type KnownPerson = NonNullable<Awaited<ReturnType<typeof findPerson>>>

/** Writes people with their roles and accounts. */
export async function writePeople(
  tx: Tx,
  entries: readonly PersonEntry[],
  communities: ReadonlyMap<string, KnownCommunity>,
  { now, onProgress }: WriteOptions,
): Promise<void> {
  for (const [index, entry] of entries.entries()) {
    const community = communities.get(entry.community)
    if (!community) continue
    const before = await findPerson(tx, entry, community.id)
    const personId = before ? await update(tx, before, entry, community, now) : await create(tx, entry, community, now)
    await bind(tx, 'telegram', entry.telegram, personId, now)
    await bind(tx, 'wechat', entry.wechat, personId, now)
    if (index % 500 === 499) onProgress?.({ step: 'write', sheet: '人员', done: index + 1, total: entries.length })
  }
}

function findPerson(tx: Tx, entry: PersonEntry, communityId: number) {
  if (entry.staffNo !== null) return tx.person.findUnique({ where: { staffNo: entry.staffNo }, select: known })
  const where = { staffNo: null, communityId, name: entry.name, phone: entry.phone }
  return tx.person.findFirst({ where, select: known })
}

async function create(tx: Tx, entry: PersonEntry, community: KnownCommunity, now: Date): Promise<number> {
  const { id } = await tx.person.create({
    data: {
      name: entry.name,
      phone: entry.phone,
      staffNo: entry.staffNo,
      communityId: community.id,
      createdAt: now,
      roles: { create: entry.roles.map((role) => ({ ...grantOf(role, community), startsAt: now })) },
    },
    select: { id: true },
  })
  return id
}

async function update(
  tx: Tx,
  before: KnownPerson,
  entry: PersonEntry,
  community: KnownCommunity,
  now: Date,
): Promise<number> {
  const phone = entry.phone || before.phone
  if (before.name !== entry.name || before.phone !== phone || before.communityId !== community.id)
    await tx.person.update({
      where: { id: before.id },
      data: { name: entry.name, phone, communityId: community.id },
    })
  const wanted = entry.roles.map((role) => grantOf(role, community))
  const same = (a: (typeof wanted)[number], b: Omit<(typeof before.roles)[number], 'id' | 'endsAt'>) =>
    a.role === b.role && a.scopeKind === b.scopeKind && a.scopeId === b.scopeId
  for (const grant of wanted) {
    const held = before.roles.find((role) => same(grant, role))
    if (!held) await tx.roleGrant.create({ data: { ...grant, personId: before.id, startsAt: now } })
    else if (held.endsAt !== null && held.endsAt <= now)
      await tx.roleGrant.update({ where: { id: held.id }, data: { startsAt: now, endsAt: null } })
  }
  // A resident's role comes from a confirmed binding as well: the staff list does not take it away.
  const gone = before.roles.filter(
    (role) => role.role !== 'resident' && role.endsAt === null && !wanted.some((grant) => same(grant, role)),
  )
  if (gone.length)
    await tx.roleGrant.updateMany({ where: { id: { in: gone.map((role) => role.id) } }, data: { endsAt: now } })
  return before.id
}

function grantOf({ role, scope }: RosterRole, community: KnownCommunity) {
  const scopeIds = { community: community.id, subdistrict: community.subdistrictId, district: community.districtId }
  return { role, scopeKind: scope, scopeId: scopeIds[scope] }
}

/**
 * Binds a platform account to a person. Telegram ids never change, so another account that an earlier roster named is a
 * slip of the pen and loses the person's rights; WeChat ids change at login, so there the others stay.
 */
async function bind(tx: Tx, channel: string, externalId: string, personId: number, now: Date): Promise<void> {
  if (externalId === '') return
  if (channel === 'telegram')
    await tx.account.updateMany({
      where: { channel, personId, externalId: { not: externalId } },
      data: { personId: null },
    })
  await tx.account.upsert({
    where: { channel_externalId: { channel, externalId } },
    create: { channel, externalId, personId, createdAt: now },
    update: { personId },
  })
}
