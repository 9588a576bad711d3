import type { Tx } from '../../db/transaction.js'
import type { CommunityEntry } from './roster.js'
import type { KnownCommunity, WriteOptions } from './write-options.js'

/**
 * Codes of a district and of a subdistrict are made of their names: the roster knows no others, and an operator can type
 * them.
 */
const districtCode = (district: string): string => district
const subdistrictCode = (district: string, subdistrict: string): string => `${district}${subdistrict}`

/** Writes the administrative tree; answers with every community of the database by code. */
export async function writeCommunities(
  tx: Tx,
  entries: readonly CommunityEntry[],
  { timezone }: WriteOptions,
): Promise<ReadonlyMap<string, KnownCommunity>> {
  for (const entry of entries) {
    const district = await tx.district.upsert({
      where: { code: districtCode(entry.district) },
      create: { code: districtCode(entry.district), name: entry.district },
      update: {},
    })
    const code = subdistrictCode(entry.district, entry.subdistrict)
    const subdistrict = await tx.subdistrict.upsert({
      where: { code },
      create: { code, name: entry.subdistrict, districtId: district.id },
      update: {},
    })
    await tx.community.upsert({
      where: { code: entry.code },
      create: { code: entry.code, name: entry.name, timezone, settings: {}, subdistrictId: subdistrict.id },
      update: { name: entry.name, subdistrictId: subdistrict.id },
    })
  }
  const all = await tx.community.findMany({
    select: { id: true, code: true, subdistrictId: true, subdistrict: { select: { districtId: true } } },
  })
  return new Map(
    all.map(({ id, code, subdistrictId, subdistrict }) => [
      code,
      { id, subdistrictId, districtId: subdistrict.districtId },
    ]),
  )
}
