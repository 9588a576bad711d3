import type { Context } from 'hono'
import type { Reader } from '../db/transaction.js'
import { type FileFolder, kindOfType } from '../files/index.js'

/** An attachment of a subject with what it turned out to be; `sha256` only where the bytes are kept. */
export interface KeptAttachment {
  readonly id: number
  readonly status: string
  readonly reason: string | null
  readonly createdAt: Date
  readonly accountId: number | null
  readonly sha256: string | null
  /** What the platform called it. */
  readonly mime: string
  /** By its content. */
  readonly type: string | null
  readonly bytes: number | null
}

/** All attachments of a request or visit, the oldest first. */
export async function attachmentsOf(read: Reader, subject: string): Promise<KeptAttachment[]> {
  const rows = await read.attachment.findMany({ where: { subject }, orderBy: { id: 'asc' } })
  const files = await read.keptFile.findMany({ where: { sha256: { in: rows.flatMap((row) => row.sha256 ?? []) } } })
  const byHash = new Map(files.map((file) => [file.sha256, file]))
  return rows.map(({ id, status, reason, createdAt, accountId, sha256, mime }) => {
    const file = sha256 === null ? undefined : byHash.get(sha256)
    const { type = null, bytes = null } = file ?? {}
    return { id, status, reason, createdAt, accountId, mime, sha256: file ? sha256 : null, type, bytes }
  })
}

/** The bytes of one attachment of a subject; null when there is no such one, or its bytes are not here. */
export async function openAttachment(
  read: Reader,
  files: FileFolder | undefined,
  subject: string,
  id: string,
): Promise<{ readonly attachment: KeptAttachment; readonly bytes: Uint8Array<ArrayBuffer> } | null> {
  if (!/^\d{1,9}$/.test(id)) return null
  const attachment = (await attachmentsOf(read, subject)).find((one) => one.id === Number(id))
  const bytes = attachment?.sha256 && files ? await files.read(attachment.sha256) : null
  return attachment && bytes ? { attachment, bytes } : null
}

/**
 * Answers with bytes that somebody sent us: only pictures are shown, everything else is saved under a name of ours; nothing
 * of it is ever run, guessed at, or kept by a cache.
 */
export function keptFile(c: Context, name: string, { type }: KeptAttachment, bytes: Uint8Array<ArrayBuffer>): Response {
  const kind = type === null ? null : kindOfType(type)
  const file = encodeURIComponent(kind ? `${name}.${kind.extension}` : name)
  c.header('content-disposition', `${kind?.shown ? 'inline' : 'attachment'}; filename*=UTF-8''${file}`)
  c.header('content-security-policy', "default-src 'none'; sandbox")
  c.header('x-content-type-options', 'nosniff')
  c.header('cache-control', 'no-store')
  return c.body(bytes, 200, { 'content-type': kind?.type ?? 'application/octet-stream' })
}
