import { openDatabase } from '../../src/db/client.js'
import { openConnection } from '../../src/db/sqlite-adapter.js'
import { canonicalJson, contentSeal, GENESIS, type SealedEntry, sealOf } from '../../src/ledger/seal.js'
import { keepSearch } from '../../src/ledger/search/upkeep.js'
import { entryTokens, INDEX_VERSION } from '../../src/ledger/search/write.js'

export const COMMUNITIES = 500
const START = Date.UTC(2025, 0, 1)
const YEARS_MS = 2 * 365 * 86_400_000

const THINGS =
  '电梯 楼道灯 水管 垃圾桶 充电桩 停车位 绿化带 消防通道 井盖 门禁 燃气 路灯 健身器材 化粪池 宠物 广场舞 快递柜 围墙'.split(
    ' ',
  )
const STATES = '又坏了 不亮 漏水 没人清 被占用 太吵 堵住了 松动 有异味 掉漆 老化 打不开'.split(' ')
const ACTIONS = '已报物业 明天上门 已更换 已清理 请居民体谅 转街道处理 现场看过 联系了师傅'.split(' ')
const CATEGORIES = 'facility utilities sanitation neighbour parking safety property care'.split(' ')
const SURNAMES = [...'王李张陈徐周沈林吴胡郑叶毛朱应董邵金虞史严贺乐鲍俞戴柴范冯孔']
const GIVEN = [...'建国秀英志强丽娟伟民桂芳永明海燕雅芬文彬晓红振华美玲忠义淑芳俊杰佳怡子豪思琪']

/** A generator of its own, so that every run fills the same words. */
export function createDice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

/** The words of an entry, as modules write them. */
export function wordsOf(dice: (sides: number) => number): string {
  const pick = (list: readonly string[]) => list[dice(list.length)] ?? ''
  const name = pick(SURNAMES) + pick(GIVEN) + pick(GIVEN)
  const place = `${dice(30) + 1}幢${dice(4) + 1}单元${(dice(18) + 1) * 100 + dice(4) + 1}`
  return `${name}反映${place}${pick(THINGS)}${pick(STATES)}，${pick(ACTIONS)}（${dice(100_000)}）`
}

/** Fills a database with communities and `count` sealed, counted and, if wished, indexed entries. Answers seconds. */
export async function fill(file: string, count: number, searched: boolean): Promise<number> {
  const started = performance.now()
  await (await openDatabase(`file:${file}`)).close()
  const db = openConnection(file)
  db.exec('PRAGMA synchronous = OFF')
  db.exec('BEGIN')
  addPlaces(db)
  const insert = db.prepare(
    `INSERT INTO "LedgerEntry" (communityId, seq, page, type, subject, gridId, householdId, workerId, actor, text, data,
       inboxId, correctsSeq, at, contentHash, salt, prevHash, hash) VALUES (?,?,?,?,?,?,NULL,?,?,?,?,NULL,NULL,?,?,?,?,?)`,
  )
  const index = db.prepare('INSERT INTO "EntrySearch" (rowid, words) VALUES (?, ?)')
  const chains = Array.from({ length: COMMUNITIES + 1 }, () => ({ seq: 0, hash: GENESIS }))
  const dice = createDice(7)
  for (let id = 1; id <= count; id += 1) {
    const communityId = dice(COMMUNITIES) + 1
    const chain = chains[communityId] ?? { seq: 0, hash: GENESIS }
    const visit = dice(2) === 1
    const number = `C${communityId}-${id}`
    const data = { category: CATEGORIES[dice(CATEGORIES.length)] ?? '', number, status: visit ? 'met' : 'new' }
    const text = wordsOf(dice)
    const salt = id.toString(16).padStart(32, '0')
    const at = new Date(START + Math.floor((id / count) * YEARS_MS))
    const entry: SealedEntry = {
      communityId,
      seq: chain.seq + 1,
      page: visit ? 'visits' : 'requests',
      type: visit ? 'visit.logged' : (['request.logged', 'request.accepted', 'request.closed'][dice(3)] ?? ''),
      subject: `request:${number}`,
      gridId: communityId * 4 + dice(4),
      householdId: null,
      workerId: communityId * 4 + dice(4),
      actor: `account:${dice(1000)}`,
      contentHash: contentSeal(salt, text, data),
      inboxId: null,
      correctsSeq: null,
      at: at.toISOString(),
      prevHash: chain.hash,
    }
    const hash = sealOf(entry)
    const { seq, page, type, subject, gridId, workerId, actor, contentHash, prevHash } = entry
    insert.run([
      communityId,
      seq,
      page,
      type,
      subject,
      gridId,
      workerId,
      actor,
      text,
      canonicalJson(data),
      at.getTime(),
      contentHash,
      salt,
      prevHash,
      hash,
    ])
    if (searched) index.run([BigInt(id), entryTokens({ ...entry, id, text, data, at })])
    chains[communityId] = { seq, hash }
    if (id % 20_000 === 0) db.exec('COMMIT; BEGIN')
  }
  const head = db.prepare('INSERT INTO "LedgerHead" (communityId, seq, hash) VALUES (?, ?, ?)')
  for (const [communityId, chain] of chains.entries()) if (chain.seq > 0) head.run([communityId, chain.seq, chain.hash])
  countAll(db)
  db.exec(`UPDATE "SearchState" SET value = ${INDEX_VERSION} WHERE name = 'version'`)
  db.exec('COMMIT')
  db.close()
  const filled = await openDatabase(`file:${file}`)
  // As the service does every few minutes.
  await keepSearch(filled)
  await filled.close()
  return (performance.now() - started) / 1000
}

/**
 * The same number of entries without words, seals and index, and their counts: all that pages of a district look at. SQL
 * writes them, so that five millions take a minute.
 */
export async function fillCounts(file: string, count: number): Promise<number> {
  const started = performance.now()
  await (await openDatabase(`file:${file}`)).close()
  const db = openConnection(file)
  db.exec('PRAGMA synchronous = OFF')
  db.exec('BEGIN')
  addPlaces(db)
  // No page of a district looks at the indexes of the entries, and they would take the most time.
  for (const index of ['communityId_seq_key', 'subject_id_idx', 'communityId_page_at_idx'])
    db.exec(`DROP INDEX "LedgerEntry_${index}"`)
  db.exec(`WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ${count})
    INSERT INTO "LedgerEntry" (id, communityId, seq, page, type, subject, gridId, actor, text, data, at, contentHash, prevHash, hash)
    SELECT id, id % ${COMMUNITIES} + 1, id / ${COMMUNITIES} + 1,
      CASE id % 2 WHEN 0 THEN 'visits' ELSE 'requests' END,
      CASE id % 2 WHEN 0 THEN 'visit.logged' ELSE 'request.' || CASE id % 3 WHEN 0 THEN 'logged' WHEN 1 THEN 'accepted' ELSE 'closed' END END,
      'request:' || id, (id % ${COMMUNITIES} + 1) * 4 + id / ${COMMUNITIES} % 4, 'account:1', '', '{}',
      ${START} + CAST(id * (${YEARS_MS} / ${count}.0) AS INTEGER), '', '', id FROM n`)
  countAll(db)
  db.exec('COMMIT')
  db.close()
  return (performance.now() - started) / 1000
}

function addPlaces(db: ReturnType<typeof openConnection>): void {
  db.exec(`INSERT INTO "District" (id, code, name) VALUES (1, 'D', '区')`)
  for (let id = 1; id <= COMMUNITIES; id += 1) {
    if (id <= 50)
      db.exec(`INSERT INTO "Subdistrict" (id, code, name, districtId) VALUES (${id}, 'S${id}', '街道${id}', 1)`)
    db.exec(
      `INSERT INTO "Community" (id, code, name, timezone, settings, subdistrictId) VALUES (${id}, 'C${id}', '社区${id}', 'Asia/Shanghai', '{}', ${((id - 1) % 50) + 1})`,
    )
  }
}

/** One reading of the entries, by grid; the wider scopes are sums of that. */
function countAll(db: ReturnType<typeof openConnection>): void {
  const month = `strftime('%Y-%m', at / 1000 + 28800, 'unixepoch')`
  db.exec(`CREATE TEMP TABLE counted AS SELECT communityId, gridId, ${month} AS month, page, type, count(*) AS count
    FROM "LedgerEntry" GROUP BY 1, 2, 3, 4, 5`)
  const scopes = [
    ['grid', '"gridId"', ''],
    ['community', '"communityId"', ''],
    ['subdistrict', 'c."subdistrictId"', 'JOIN "Community" c ON c.id = "communityId"'],
    ['district', '1', ''],
  ]
  for (const [kind, id, join] of scopes)
    db.exec(
      `INSERT INTO "LedgerRollup" SELECT '${kind}', ${id}, month, page, type, sum(count) FROM counted ${join} GROUP BY 2, 3, 4, 5`,
    )
}
