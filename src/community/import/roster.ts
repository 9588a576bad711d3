import type { Role } from '../../kernel/module.js'

/** A checked roster: what the five sheets say, in the project's own words. References are codes, not row ids. */
export interface Roster {
  readonly communities: readonly CommunityEntry[]
  readonly grids: readonly GridEntry[]
  readonly people: readonly PersonEntry[]
  readonly households: readonly HouseholdEntry[]
  readonly chats: readonly ChatEntry[]
}

export interface CommunityEntry {
  readonly code: string
  readonly name: string
  readonly subdistrict: string
  readonly district: string
}

export interface GridEntry {
  readonly code: string
  readonly name: string
  readonly community: string
  /** Who answers for it: a staff number; null ends the present span; undefined leaves it as it is. */
  readonly staffNo: string | null | undefined
}

/** Where a role holds; the ids are those of the community, or of its subdistrict or district. */
type RoleScope = 'community' | 'subdistrict' | 'district'

export interface RosterRole {
  readonly role: Role
  readonly scope: RoleScope
}

export interface PersonEntry {
  /** Null for residents, who are known by community, name and phone. */
  readonly staffNo: string | null
  readonly name: string
  readonly phone: string
  readonly community: string
  readonly roles: readonly RosterRole[]
  /** Platform ids; empty where the sheet is silent. */
  readonly telegram: string
  readonly wechat: string
}

export interface HouseholdEntry {
  readonly grid: string
  readonly estate: string
  readonly building: string
  readonly unit: string
  readonly room: string
  readonly headName: string
  readonly phone: string
  /** Undefined where the sheet is silent: a new household is ordinary, a known one keeps its tier. */
  readonly tier: 'ordinary' | 'key' | 'high_risk' | undefined
  readonly occupancy: 'owned' | 'rented' | 'vacant' | undefined
}

export interface ChatEntry {
  readonly channel: string
  readonly externalId: string
  readonly name: string
  readonly kind: 'residents' | 'workers' | 'subdistrict'
  readonly community: string
  readonly grid: string | null
}

export type RosterCounts = Readonly<Record<keyof Roster, number>>

/** Long work tells how far it is. */
export type OnProgress = (progress: {
  readonly step: 'read' | 'check' | 'write'
  readonly sheet: string
  readonly done: number
  readonly total?: number
}) => void
