import type { Tx } from '../db/transaction.js'
import type { Address } from '../kernel/intent.js'

export interface HouseholdView {
  readonly id: number
  readonly gridId: number
  readonly estate: string
  readonly building: string
  readonly unit: string
  readonly room: string
  readonly headName: string
  readonly tier: string
}

const FIELDS = {
  id: true,
  gridId: true,
  estate: true,
  building: true,
  unit: true,
  room: true,
  headName: true,
  tier: true,
} as const

/** Households an address may mean, at most `limit`. A missing part matches any; without building and room there is none. */
export async function findHouseholds(
  tx: Tx,
  communityId: number,
  address: Address,
  limit = 6,
): Promise<HouseholdView[]> {
  if (!address.building || !address.room) return []
  return tx.household.findMany({
    where: {
      communityId,
      building: address.building,
      room: address.room,
      ...(address.unit ? { unit: address.unit } : {}),
    },
    orderBy: { id: 'asc' },
    take: limit,
    select: FIELDS,
  })
}

/** The grid of a building, or of its unit; null when unknown or when the building lies in several grids. */
export async function gridOfBuilding(tx: Tx, communityId: number, address: Address): Promise<number | null> {
  if (!address.building) return null
  const grids = await tx.household.findMany({
    where: { communityId, building: address.building, ...(address.unit ? { unit: address.unit } : {}) },
    distinct: ['gridId'],
    take: 2,
    select: { gridId: true },
  })
  if (grids.length === 1) return grids[0]?.gridId ?? null
  return grids.length === 0 && address.unit ? gridOfBuilding(tx, communityId, { ...address, unit: null }) : null
}

export const householdById = (tx: Tx, id: number): Promise<HouseholdView | null> =>
  tx.household.findUnique({ where: { id }, select: FIELDS })

/** `3幢2单元501`, `3幢2单元`, `3幢`; empty when nothing is known. */
export function addressText(address: Address): string {
  const { building, unit, room } = address
  return `${building ? `${building}幢` : ''}${unit ? `${unit}单元` : ''}${room ? (building || unit ? room : `${room}室`) : ''}`
}
