export const ROLES = ['resident', 'worker', 'coordinator', 'manager', 'officer', 'surveyor'] as const
export type Role = (typeof ROLES)[number]

/** Who speaks: an account on a platform and, where bound, the person behind it. */
export interface Actor {
  readonly accountId: number
  readonly channel: string
  readonly externalId: string
  readonly name: string
  readonly personId: number | null
  readonly householdId: number | null
  /** Roles that hold in the community of this turn, or everywhere the person has one when there is no community. */
  readonly roles: readonly Role[]
}
