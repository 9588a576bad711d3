import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Reader, Tx } from '../db/transaction.js'
import { logAccess } from './access.js'
import { sha256 } from './seal.js'

/** What an inspector may see: some pages of one community over one span, always masked. */
export interface InspectionScope {
  readonly communityId: number
  readonly pages: readonly string[]
  readonly from: Date
  readonly to: Date
}

export interface NewInspectionLink extends InspectionScope {
  /** `hashInspectionToken` of the token: whoever reads the database or the ledger cannot open the link. */
  readonly tokenHash: string
  /** For whom. */
  readonly label: string
  readonly createdById: number | null
  readonly expiresAt: Date
}

export interface Inspection extends InspectionScope {
  readonly id: number
  readonly label: string
  readonly expiresAt: Date
}

/** 128 random bits, as they stand in the link. */
export const newInspectionToken = (): string => randomBytes(16).toString('base64url')

export const hashInspectionToken = sha256

const pagesSchema = z.array(z.string())

/** Stores a link. Answers its id. */
export async function createInspectionLink(tx: Tx, link: NewInspectionLink, now: Date): Promise<number> {
  const row = await tx.inspectionLink.create({
    data: {
      communityId: link.communityId,
      tokenHash: link.tokenHash,
      label: link.label,
      pages: [...link.pages],
      periodFrom: link.from,
      periodTo: link.to,
      createdById: link.createdById,
      createdAt: now,
      expiresAt: link.expiresAt,
    },
  })
  return row.id
}

/**
 * What a token opens now, noting the view in the access log; null when it is unknown, expired, revoked or not for this
 * page. `viewer` tells where the view came from, such as an address; it is kept as given.
 */
export async function resolveInspection(
  tx: Tx,
  token: string,
  view: { readonly page: string | null; readonly viewer: string; readonly now: Date },
): Promise<Inspection | null> {
  const { now, page, viewer } = view
  const row = await tx.inspectionLink.findUnique({ where: { tokenHash: sha256(token) } })
  if (!row || row.revokedAt || row.expiresAt <= now) return null
  const pages = pagesSchema.parse(row.pages)
  if (page !== null && !pages.includes(page)) return null
  await tx.inspectionLink.update({ where: { id: row.id }, data: { views: { increment: 1 }, lastViewAt: now } })
  await logAccess(tx, {
    at: now,
    actor: `link:${row.id}`,
    action: 'inspect',
    subject: `community:${row.communityId}`,
    detail: [page ?? 'overview', viewer].join(' ').slice(0, 300),
  })
  const { id, label, communityId, periodFrom: from, periodTo: to, expiresAt } = row
  return { id, label, communityId, pages, from, to, expiresAt }
}

/** Ends a link of the community at once. Answers false when there was none to end. */
export async function revokeInspectionLink(tx: Tx, communityId: number, id: number, now: Date): Promise<boolean> {
  const ended = await tx.inspectionLink.updateMany({
    where: { id, communityId, revokedAt: null },
    data: { revokedAt: now },
  })
  return ended.count === 1
}

/** Links of a community that still open something. */
export const openInspectionLinks = (read: Reader | Tx, communityId: number, now: Date) =>
  read.inspectionLink.findMany({
    where: { communityId, revokedAt: null, expiresAt: { gt: now } },
    orderBy: { id: 'asc' },
  })
