import type { Database } from '../../src/db/client.js'
import type { openConnection } from '../../src/db/sqlite-adapter.js'
import { searchEntries } from '../../src/ledger/search/find.js'
import { groupsOf, type SearchQuery } from '../../src/ledger/search/query.js'
import { fold } from '../../src/ledger/search/tokens.js'
import { at, cost, ms, timed } from './figures.js'
import { kinds, queriesOf, type Scope } from './queries.js'

type Plain = ReturnType<typeof openConnection>

const COUNTS: Readonly<Record<Scope, number>> = { community: 100, subdistrict: 60, district: 100 }
/** Each of these reads the whole table. */
const WITH_LIKE = 4
const SHOWN = 20
const COMPARED_HITS = 5000

/**
 * What searches take, by kind and scope, beside the bare index and LIKE. The clock of the first time shows what the
 * machine did beside; the processor time of the best of three what the search costs.
 */
export async function measureSearch(db: Database, plain: Plain): Promise<void> {
  for (const scope of ['community', 'subdistrict', 'district'] as const) {
    for (const kind of kinds) for (const query of queriesOf(kind, scope, 10, 3)) await searchEntries(db.read, query)
    const clockOfAll: number[] = []
    const ownOfAll: number[] = []
    for (const kind of kinds) {
      const clock: number[] = []
      const own: number[] = []
      const bare: number[] = []
      const like: number[] = []
      let hits = 0
      for (const query of queriesOf(kind, scope, COUNTS[scope], 11)) {
        clock.push(
          await timed(async () => {
            hits += (await searchEntries(db.read, query)).length
          }),
        )
        own.push(await cost(() => searchEntries(db.read, query)))
        bare.push(await cost(() => bareSearch(plain, query)))
      }
      for (const query of queriesOf(kind, scope, WITH_LIKE, 11))
        like.push(await cost(() => likeSearch(plain, query, SHOWN)))
      clockOfAll.push(...clock)
      ownOfAll.push(...own)
      console.log(
        `search   ${scope.padEnd(11)} ${kind.padEnd(14)} ${String(hits).padStart(5)} hits | p50 ${ms(at(own, 0.5))} p99 ${ms(at(own, 0.99))} ms (clock p50 ${ms(at(clock, 0.5))} p99 ${ms(at(clock, 0.99))}) | bare index p50 ${ms(at(bare, 0.5))} p99 ${ms(at(bare, 0.99))} | LIKE p50 ${ms(at(like, 0.5))} max ${ms(at(like, 1))}: ${(at(like, 0.5) / at(own, 0.5)).toFixed(1)} ×`,
      )
    }
    console.log(
      `search   ${scope}, all ${ownOfAll.length}: p50 ${ms(at(ownOfAll, 0.5))} p99 ${ms(at(ownOfAll, 0.99))} max ${ms(at(ownOfAll, 1))} ms, ${ownOfAll.filter((one) => one > 5).length} above 5 ms (clock p50 ${ms(at(clockOfAll, 0.5))} p99 ${ms(at(clockOfAll, 0.99))})`,
    )
  }
}

/** The floor: the index asked for every word at once and the rows by their keys, prepared, without a check of the text. */
function bareSearch(plain: Plain, query: SearchQuery): unknown {
  const match = groupsOf(query, query.terms.map(fold))
    .map(({ words }) => `(${words.join(' OR ')})`)
    .join(' AND ')
  return plain
    .prepare(
      `SELECT e.* FROM (SELECT rowid AS key FROM "EntrySearch" WHERE "EntrySearch" MATCH ? ORDER BY rowid DESC LIMIT ${SHOWN}) f
       JOIN "LedgerEntry" e ON e.id = f.key`,
    )
    .raw(true)
    .all([match])
}

/** The same question without an index of words, newest first as well. */
function likeSearch(plain: Plain, query: SearchQuery, limit: number): number[] {
  const pattern = (term: string) => `%${term.replace(/[\\%_]/g, '\\$&')}%`
  const { communityIds, gridIds, page, category, status, workerId, from, to } = query
  const among = (ids: readonly number[]) => `(${ids.join(', ')})`
  const parts: [string, unknown[]][] = [
    ...query.terms.map((term): [string, unknown[]] => [
      `(text LIKE ? ESCAPE '\\' OR subject LIKE ? ESCAPE '\\')`,
      [pattern(term), pattern(term)],
    ]),
    ...(communityIds ? ([[`communityId IN ${among(communityIds)}`, []]] as [string, unknown[]][]) : []),
    ...(gridIds ? ([[`gridId IN ${among(gridIds)}`, []]] as [string, unknown[]][]) : []),
    ...(page ? ([['page = ?', [page]]] as [string, unknown[]][]) : []),
    ...(category ? ([[`data ->> 'category' = ?`, [category]]] as [string, unknown[]][]) : []),
    ...(status ? ([[`data ->> 'status' = ?`, [status]]] as [string, unknown[]][]) : []),
    ...(workerId ? ([['workerId = ?', [workerId]]] as [string, unknown[]][]) : []),
    ...(from ? ([['at >= ?', [from.getTime()]]] as [string, unknown[]][]) : []),
    ...(to ? ([['at < ?', [to.getTime()]]] as [string, unknown[]][]) : []),
  ]
  const where = parts.map(([words]) => words).join(' AND ')
  const rows = plain
    .prepare(`SELECT id FROM "LedgerEntry" WHERE ${where} ORDER BY id DESC LIMIT ${limit}`)
    .raw(true)
    .all(parts.flatMap(([, values]) => values)) as number[][]
  return rows.map(([id = 0]) => id)
}

/** Every hit that LIKE finds, in its order, and no other. Answers whether it is so. */
export async function compareWithLike(db: Database, plain: Plain): Promise<boolean> {
  let missed = 0
  let extra = 0
  let found = 0
  let compared = 0
  for (const scope of ['community', 'district'] as const)
    for (const kind of kinds)
      for (const query of queriesOf(kind, scope, WITH_LIKE, 29)) {
        const wanted = new Set(likeSearch(plain, query, COMPARED_HITS))
        const hits = await searchEntries(db.read, { ...query, limit: COMPARED_HITS })
        for (const hit of hits) if (!wanted.delete(hit.id)) extra += 1
        missed += wanted.size
        found += hits.length
        compared += 1
      }
  console.log(
    `compared ${compared} queries with LIKE, up to ${COMPARED_HITS} hits each: ${found} hits, ${missed} missed, ${extra} that LIKE has not`,
  )
  return missed + extra === 0
}
