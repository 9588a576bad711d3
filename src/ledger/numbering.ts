import { sqlOf } from '../db/sql.js'
import type { Tx } from '../db/transaction.js'
import { localMonth } from '../kernel/local-time.js'
import type { CommunityView } from '../kernel/module.js'

/** The next number of a kind, as `社区代码-YYYYMM-0001`, without taking it. */
export async function nextNumber(tx: Tx, community: CommunityView, kind: string, now: Date): Promise<string> {
  const month = localMonth(now, community.timezone)
  const row = await sqlOf(tx).row<{ last: number }>(
    'SELECT last FROM "NumberSequence" WHERE "communityId" = ? AND kind = ? AND month = ?',
    [community.id, kind, month],
  )
  return formatNumber(community.code, month, (row?.last ?? 0) + 1)
}

/**
 * Takes a number that `nextNumber` gave. It moves in the same transaction as what it numbers, so there are no gaps.
 * @throws when another writer took it first: the turn is undone and run again.
 */
export async function takeNumber(tx: Tx, communityId: number, kind: string, number: string): Promise<void> {
  const [month, serial] = number.split('-').slice(-2)
  const last = Number(serial)
  if (!month || !Number.isInteger(last)) throw new Error(`not a number of ours: ${number}`)
  const sql = sqlOf(tx)
  const moved =
    last === 1
      ? await sql.run(
          `INSERT INTO "NumberSequence" ("communityId", kind, month, last) VALUES (?, ?, ?, 1)
           ON CONFLICT ("communityId", kind, month) DO NOTHING`,
          [communityId, kind, month],
        )
      : await sql.run(
          `UPDATE "NumberSequence" SET last = ? WHERE "communityId" = ? AND kind = ? AND month = ? AND last = ?`,
          [last, communityId, kind, month, last - 1],
        )
  if (moved !== 1) throw new Error(`number ${number} was taken by another writer`)
}

const formatNumber = (code: string, month: string, serial: number): string =>
  `${code}-${month}-${String(serial).padStart(4, '0')}`
