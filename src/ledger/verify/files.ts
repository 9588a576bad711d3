import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Reader, Tx } from '../../db/transaction.js'
import type { FileFolder } from '../../files/index.js'
import { ownerOf } from '../subjects.js'

export interface FilesReport {
  readonly files: number
  readonly faults: readonly { readonly communityId: number; readonly words: string }[]
}

const BATCH = 200
const keptSchema = z.object({ id: z.number(), sha256: z.string() })

const FAULTS = {
  missing: (what: string) => `${what} 的附件不在存放的地方`,
  changed: (what: string) => `${what} 的附件被改过：内容和校验值不符`,
  unlike: (what: string) => `${what} 的附件不是台账登记的那一个`,
  unlisted: (what: string) => `${what} 的附件在台账里没有登记`,
} as const

/** Compares the bytes of each attachment that is kept with its hash, and its hash with the entry in the ledger. */
export async function verifyFiles(
  read: Reader,
  files: FileFolder,
  { communityIds, onProgress }: { communityIds?: readonly number[]; onProgress?: (files: number) => void } = {},
): Promise<FilesReport> {
  const faults: { communityId: number; words: string }[] = []
  let count = 0
  for (let after = 0; ; ) {
    const rows = await read.attachment.findMany({
      where: { status: 'kept', id: { gt: after } },
      orderBy: { id: 'asc' },
      take: BATCH,
      select: { id: true, subject: true, sha256: true },
    })
    for (const row of rows) {
      // Only reads; the reading client has all that is asked of a transaction here.
      const owner = await ownerOf(read as Tx, row.subject)
      if (!owner || (communityIds && !communityIds.includes(owner.communityId))) continue
      count += 1
      const fault = await faultOf(read, files, row)
      if (fault) faults.push({ communityId: owner.communityId, words: FAULTS[fault](row.subject) })
    }
    onProgress?.(count)
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return { files: count, faults }
    after = last.id
  }
}

async function faultOf(
  read: Reader,
  files: FileFolder,
  { id, subject, sha256 }: { id: number; subject: string; sha256: string | null },
): Promise<keyof typeof FAULTS | null> {
  const bytes = sha256 === null ? null : await files.read(sha256)
  if (!bytes) return 'missing'
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return 'changed'
  const entries = await read.ledgerEntry.findMany({ where: { subject, type: 'attachment.kept' } })
  // What an erased entry said is gone; that it was made stays.
  if (entries.some((entry) => entry.erasedAt !== null)) return null
  const own = entries.map((entry) => keptSchema.parse(entry.data)).find((data) => data.id === id)
  if (!own) return 'unlisted'
  return own.sha256 === sha256 ? null : 'unlike'
}
