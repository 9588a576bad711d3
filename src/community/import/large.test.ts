import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { soundRoster, writeXlsx } from '../../../test/support/roster-files.js'
import { NOW, useRosterWorld } from '../../../test/support/roster-world.js'
import { importRoster } from './index.js'

const world = useRosterWorld()

describe('a large roster', () => {
  it('of 20,000 households is written in one go, with progress', async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => [
      n % 2 ? 'CX-1' : 'CX-2',
      '翠苑',
      Math.floor(n / 400) + 1,
      Math.floor((n % 400) / 100) + 1,
      101 + (n % 100),
      `户主${n}`,
      `1390000${String(n % 10_000).padStart(4, '0')}`,
      n % 9 ? '普通' : '',
      '自住',
    ])
    const source = await writeXlsx(world.path('large.xlsx'), { ...soundRoster, 住户: rows })
    expect((await readFile(source)).length).toBeGreaterThan(512 * 1024)
    const steps: number[] = []
    const { written } = await importRoster(world.db, source, {
      now: NOW,
      onProgress: ({ step, done }) => void (step === 'write' && steps.push(done)),
    })
    expect(written?.households).toBe(20_000)
    expect(await world.db.read.household.count()).toBe(20_000)
    expect(steps.length).toBeGreaterThan(20)
    expect(steps.at(-1)).toBe(20_000)
  }, 60_000)
})
