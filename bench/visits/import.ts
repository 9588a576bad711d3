import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { importVisits } from '../../src/app.js'
import { communityView } from '../../src/community/settings.js'
import { openDatabase } from '../../src/db/client.js'
import { seedDemo } from '../../src/demo/index.js'
import { NOW } from './fill.js'

const LINES = 100_000

/** Imports 100,000 lines of paper into the demo community; answers with the seconds it took. */
export async function importPaper(folder: string): Promise<number> {
  const db = await openDatabase(`file:${join(folder, 'import.db')}`)
  try {
    await seedDemo(db, NOW)
    const file = join(folder, 'paper.csv')
    const households = await db.read.household.findMany({ orderBy: { id: 'asc' } })
    const out = createWriteStream(file)
    out.write('日期,社工工号,小区,幢,单元,室,方式,问题,措施,结果\n')
    for (let line = 0; line < LINES; line += 1) {
      const { estate, building, unit, room } = households[line % households.length] ?? {}
      const day = new Date(Date.UTC(2026, 9, 31) - Math.floor(line / households.length) * 86_400_000)
      out.write(
        `${day.toISOString().slice(0, 10)},W0${(line % 4) + 1},${estate},${building},${unit},${room},见到,楼道灯坏,已报物业,\n`,
      )
    }
    out.end()
    await finished(out)
    const community = communityView(await db.read.community.findFirstOrThrow())
    const started = performance.now()
    const { written, faults } = await importVisits(db, file, { community, now: NOW })
    if (written?.added !== LINES) throw new Error(`added ${written?.added}, faults ${faults.length}`)
    return (performance.now() - started) / 1000
  } finally {
    await db.close()
  }
}
