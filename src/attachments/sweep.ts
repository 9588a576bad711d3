import type { Database } from '../db/client.js'
import type { FileFolder } from '../files/index.js'

const BATCH = 200

/**
 * Removes files that no attachment names any more: of somebody who asked to be forgotten, of a request whose time is over.
 * The file goes first, then its row, so that a crash in between leaves a row to try again by. Answers how many.
 */
export async function sweepFiles(db: Database, files: FileFolder): Promise<number> {
  const orphans = await db.sql.rows<{ sha256: string }>(
    `SELECT sha256 FROM "KeptFile" f WHERE NOT EXISTS (SELECT 1 FROM "Attachment" a WHERE a.sha256 = f.sha256) LIMIT ?`,
    [BATCH],
  )
  for (const { sha256 } of orphans) {
    await files.remove(sha256)
    await db.turn((sql) =>
      sql.run(
        `DELETE FROM "KeptFile" WHERE sha256 = ? AND NOT EXISTS (SELECT 1 FROM "Attachment" WHERE "Attachment".sha256 = ?)`,
        [sha256, sha256],
      ),
    )
  }
  return orphans.length
}

/** Removes what stands aside for attachments that do not wait for it: they were kept, refused or erased as a life ended. */
export async function sweepAside(db: Database, files: FileFolder): Promise<void> {
  for (const key of await files.keys()) {
    const row = await db.sql.row(`SELECT 1 AS one FROM "Attachment" WHERE id = ? AND status = 'waiting'`, [Number(key)])
    if (!row) await files.discard(key)
  }
}
