import { expect, test } from 'vitest'
import { compareReports, findSameProblem, PROPOSE_MERGE, type Report } from './same-problem.js'

const HOUR = 3_600_000
const report = (text: string, change: Partial<Report> = {}): Report => ({
  text,
  category: 'facility',
  address: { building: '3', unit: '2', room: null },
  at: 0,
  ...change,
})
const lift = report('3幢2单元电梯又坏了，按了没反应')

test('same place, same category, an hour apart, common words: proposed, with what was seen', () => {
  const match = compareReports(lift, report('我们单元电梯一早就停了，坏了谁修', { at: HOUR }))
  expect(match.score).toBeGreaterThanOrEqual(PROPOSE_MERGE)
  expect(match.saw).toEqual(['同一地点 3幢2单元', '同一类别', '都提到“电梯”', '相隔1小时'])
})

test('another building is another problem, however alike the words', () => {
  const other = { ...lift, address: { building: '5', unit: '2', room: null } }
  expect(compareReports(lift, other)).toEqual({ score: 0, saw: [] })
})

test.each<[string, Report]>([
  ['another category', report('3幢2单元楼上半夜吵得睡不着', { category: 'neighbour' })],
  ['the same words weeks later', { ...lift, at: 30 * 24 * HOUR }],
  [
    'nothing in common but the category',
    report('门厅玻璃碎了', { address: { building: null, unit: null, room: null } }),
  ],
  ['another unit and other words', report('1单元路灯不亮', { address: { building: '3', unit: '1', room: null } })],
])('not proposed: %s', (_, other) => {
  expect(compareReports(lift, other).score).toBeLessThan(PROPOSE_MERGE)
})

test('an unplaced me-too with the same words and hour is proposed', () => {
  const water = report('整幢楼停水了，一滴都没有', { category: 'utilities' })
  const too = report('停水了，一滴都没有怎么做饭', {
    category: 'utilities',
    address: { building: null, unit: null, room: null },
    at: HOUR / 2,
  })
  expect(compareReports(water, too).score).toBeGreaterThanOrEqual(PROPOSE_MERGE)
})

test('likeness is symmetric', () => {
  const other = report('电梯门关不上', { at: 5 * HOUR })
  expect(compareReports(lift, other)).toEqual(compareReports(other, lift))
})

test('the most alike comes first, the unlike not at all', () => {
  const same = { ...report('3幢2单元电梯没反应，又坏了', { at: HOUR }), id: 'same' }
  const near = { ...report('电梯门夹人', { at: 20 * HOUR }), id: 'near' }
  const far = { ...report('路灯不亮', { address: { building: '9', unit: null, room: null } }), id: 'far' }
  expect(findSameProblem(lift, [far, near, same], 0.3).map((m) => m.report.id)).toEqual(['same', 'near'])
})
