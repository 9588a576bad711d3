import type { Database } from '../../src/db/client.js'

const CHUNK = 4000

/** A town of blocks of 250 households, each with one member who can be written to. Answers the community's id. */
export async function buildTown(db: Database, households: number, now: Date): Promise<number> {
  const grids = Math.ceil(households / 250)
  return db.write(async (tx) => {
    const district = await tx.district.create({ data: { code: 'BENCH', name: '区' } })
    const subdistrict = await tx.subdistrict.create({ data: { code: 'BENCH', name: '街道', districtId: district.id } })
    const community = await tx.community.create({
      data: { code: 'BN', name: '社区', timezone: 'Asia/Shanghai', settings: {}, subdistrictId: subdistrict.id },
    })
    const communityId = community.id
    const ids = (count: number, first = 1) => Array.from({ length: count }, (_, index) => first + index)
    await tx.grid.createMany({
      data: ids(grids).map((id) => ({
        id,
        code: `BN-${String(id).padStart(3, '0')}`,
        name: `第${id}网格`,
        communityId,
      })),
    })
    for (let at = 0; at < households; at += CHUNK) {
      const part = ids(Math.min(CHUNK, households - at), at + 1)
      await tx.household.createMany({
        data: part.map((id) => ({
          ...{ id, communityId, gridId: Math.ceil(id / 250), building: String(Math.ceil(id / 50)), unit: '1' },
          room: String(id % 50),
        })),
      })
      await tx.person.createMany({
        data: part.map((id) => ({ id, name: `住户${id}`, communityId, householdId: id, createdAt: now })),
      })
      await tx.account.createMany({
        data: part.map((id) => ({
          ...{ id, channel: 'telegram', externalId: String(id), personId: id, privateChat: String(id), createdAt: now },
        })),
      })
    }
    return communityId
  })
}
