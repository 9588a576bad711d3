import { randomBytes } from 'node:crypto'
import type { Reader } from '../db/transaction.js'
import { OperatorError } from '../kernel/errors.js'
import { hashToken } from '../web/api/token.js'
import { communityByCode, withDatabase } from './session.js'
import { texts } from './texts.js'

const DAY_MS = 86_400_000

interface TokenOptions {
  readonly role: string
  readonly community?: string
  readonly subdistrict?: string
  readonly district?: string
  /** A department of the district: sees its own evaluations and nothing else. */
  readonly department?: string
  readonly name?: string
  /** Days it is valid. */
  readonly days?: number
}

/** Prints the token alone on standard output; the database keeps its hash. */
export async function createToken(options: TokenOptions): Promise<void> {
  const token = `linli_${randomBytes(32).toString('base64url')}`
  await withDatabase(async (db) => {
    const scope = await scopeOf(db.read, options)
    const now = Date.now()
    const data = {
      name: options.name ?? `${options.role}@${scope.code}`,
      hash: hashToken(token),
      role: options.role,
      scopeKind: scope.kind,
      scopeId: scope.id,
      createdAt: new Date(now),
      expiresAt: options.days === undefined ? null : new Date(now + options.days * DAY_MS),
    }
    await db.write((tx) => tx.apiToken.create({ data }))
  })
  console.error(texts.token.keep)
  console.log(token)
}

async function scopeOf(read: Reader, options: TokenOptions) {
  const { community, subdistrict, district, department } = options
  if (options.role === 'department' && !department) throw new OperatorError(texts.token.needsDepartment)
  if (community) {
    const { id, code } = await communityByCode(read, community)
    return { kind: 'community', id, code }
  }
  if (subdistrict) return pick('subdistrict', subdistrict, await read.subdistrict.findMany())
  if (department) {
    const place = district ? pick('district', district, await read.district.findMany()) : null
    if (!place || options.role !== 'department') throw new OperatorError(texts.token.needsDepartment)
    const known = await read.department.findMany({ where: { districtId: place.id, active: true } })
    return pick(
      'department',
      department,
      known.map(({ id, name }) => ({ id, code: name, name })),
    )
  }
  if (district) return pick('district', district, await read.district.findMany())
  throw new OperatorError(texts.token.needsScope)
}

/** By code, or by a name that only one of them has. */
function pick(kind: string, said: string, all: readonly { id: number; code: string; name: string }[]) {
  const named = all.filter((one) => one.name === said)
  const found = all.find((one) => one.code === said) ?? (named.length === 1 ? named[0] : undefined)
  if (found) return { kind, id: found.id, code: found.code }
  const known = all.map((one) => one.code)
  throw new OperatorError(texts.token.noScope(texts.token.scopes[kind] ?? kind, said, known))
}

export async function listTokens(): Promise<void> {
  await withDatabase(async ({ read }) => {
    const tokens = await read.apiToken.findMany({ orderBy: { id: 'asc' } })
    if (tokens.length === 0) console.error(texts.token.none)
    for (const { id, name, role, scopeKind, scopeId, createdAt, expiresAt, revokedAt } of tokens) {
      const expired = expiresAt !== null && expiresAt.getTime() <= Date.now()
      const state = texts.token.state[revokedAt ? 'revoked' : expired ? 'expired' : 'valid']
      const scope = await codeOf(read, scopeKind, scopeId)
      console.log([id, state, role, scope, day(createdAt), expiresAt ? day(expiresAt) : '-', name].join('\t'))
    }
  })
}

const day = (at: Date): string => at.toISOString().slice(0, 10)

async function codeOf(read: Reader, kind: string, id: number): Promise<string> {
  if (kind === 'department') return (await read.department.findUnique({ where: { id } }))?.name ?? `${kind} ${id}`
  const args = { where: { id }, select: { code: true } }
  const found =
    kind === 'community'
      ? await read.community.findUnique(args)
      : kind === 'subdistrict'
        ? await read.subdistrict.findUnique(args)
        : await read.district.findUnique(args)
  return found?.code ?? `${kind} ${id}`
}

export async function revokeToken(id: number): Promise<void> {
  await withDatabase(async (db) => {
    const revoked = await db.write((tx) =>
      tx.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } }),
    )
    if (revoked.count !== 1) throw new OperatorError(texts.token.unknown(id))
    const token = await db.read.apiToken.findUniqueOrThrow({ where: { id }, select: { name: true } })
    console.log(texts.token.revoked(token.name))
  })
}
