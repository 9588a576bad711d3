import { createHash } from 'node:crypto'
import type { Reader } from '../../db/transaction.js'
import type { Role } from '../../kernel/module.js'

/** What a bearer token lets its holder do. */
export interface Caller {
  readonly tokenId: number
  /** For the access log. */
  readonly name: string
  readonly role: Role | 'department'
  /** Set for a department, which sees its own evaluations and nothing else. */
  readonly department: { readonly name: string; readonly districtId: number } | null
  /** Communities of the token's scope, by id. */
  readonly communities: ReadonlyMap<number, { readonly code: string; readonly timezone: string }>
  /** Residents' names and phones in full: only to those who work in the one community. */
  readonly seesPersonal: boolean
}

/** Only this is stored: whoever reads the database cannot use the API. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** The holder of an `Authorization` header; null when the token is missing, unknown, expired or revoked. */
export async function authenticate(read: Reader, header: string | undefined, now: Date): Promise<Caller | null> {
  const token = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(header ?? '')?.[1]
  if (!token) return null
  const row = await read.apiToken.findUnique({ where: { hash: hashToken(token) } })
  if (!row || row.revokedAt || (row.expiresAt && row.expiresAt <= now)) return null
  const ofDepartment = row.scopeKind === 'department'
  const department = ofDepartment ? await read.department.findUnique({ where: { id: row.scopeId } }) : null
  if (ofDepartment && !department?.active) return null
  const communities = ofDepartment
    ? []
    : await read.community.findMany({
        where: scopeFilter(row.scopeKind, row.scopeId),
        select: { id: true, code: true, timezone: true },
      })
  return {
    tokenId: row.id,
    name: row.name,
    role: row.role as Caller['role'],
    department: department && { name: department.name, districtId: department.districtId },
    communities: new Map(communities.map(({ id, code, timezone }) => [id, { code, timezone }])),
    seesPersonal: row.scopeKind === 'community' && (row.role === 'manager' || row.role === 'worker'),
  }
}

function scopeFilter(kind: string, id: number) {
  if (kind === 'community') return { id }
  if (kind === 'subdistrict') return { subdistrictId: id }
  if (kind === 'district') return { subdistrict: { districtId: id } }
  throw new Error(`a token has an unknown kind of scope: ${kind}`)
}
