import type { HouseholdEntry } from '../community/import/roster.js'
import { demoPeople } from './people.js'

const DEMO_ESTATE = '百合苑'

/** Units, floors and flats a floor of the five buildings of a grid: 250 households. */
const SHAPES = [
  { units: 3, floors: 6 },
  { units: 3, floors: 6 },
  { units: 2, floors: 12 },
  { units: 2, floors: 16 },
  { units: 3, floors: 11 },
] as const
const FLATS_A_FLOOR = 2

const SURNAMES = [...'王李张陈徐周沈林吴胡郑叶毛朱应董邵金虞史严贺乐鲍俞戴柴范冯孔']
const GIVEN = [
  ...'建国 秀英 志强 丽娟 伟民 桂芳 永明 海燕 国良 雅芬 文彬 晓红 振华 美玲 忠义 淑芳'.split(' '),
  ...'俊杰 佳怡 子豪 思琪 立群 亚萍 承志 春兰 浩然 梦洁 根生 惠君 宏达 彩凤 一鸣 若楠'.split(' '),
]

/** The 1,000 households of the demo: 20 buildings, five a grid. The same at every call. */
export function demoHouseholds(gridCodes: readonly string[]): HouseholdEntry[] {
  const known = new Map(
    demoPeople.flatMap((person) => (person.home && person.fullName ? [[person.home.join('-'), person.fullName]] : [])),
  )
  const households: HouseholdEntry[] = []
  for (const [gridIndex, grid] of gridCodes.entries()) {
    for (const [index, { units, floors }] of SHAPES.entries()) {
      const building = String(gridIndex * SHAPES.length + index + 1)
      for (const { unit, room } of flats(units, floors)) {
        const n = households.length
        const occupancy = known.has(`${building}-${unit}-${room}`) ? 'owned' : occupancyOf(n)
        const headName = known.get(`${building}-${unit}-${room}`) ?? nameOf(n)
        households.push({
          grid,
          estate: DEMO_ESTATE,
          building,
          unit,
          room,
          headName: occupancy === 'vacant' ? '' : headName,
          phone: occupancy === 'vacant' ? '' : phoneOf(n),
          tier: occupancy === 'vacant' ? 'ordinary' : tierOf(n),
          occupancy,
        })
      }
    }
  }
  return households
}

function* flats(units: number, floors: number): Generator<{ unit: string; room: string }> {
  for (let unit = 1; unit <= units; unit += 1)
    for (let floor = 1; floor <= floors; floor += 1)
      for (let flat = 1; flat <= FLATS_A_FLOOR; flat += 1)
        yield { unit: String(unit), room: `${floor}${String(flat).padStart(2, '0')}` }
}

/** Spreads a counter over a range without a visible pattern; coprime steps keep it from repeating soon. */
const spread = (n: number, step: number, size: number): number => ((n + 7) * step) % size

const nameOf = (n: number): string =>
  `${SURNAMES[spread(n, 17, SURNAMES.length)]}${GIVEN[(spread(n, 5, GIVEN.length) + Math.floor(n / 32)) % GIVEN.length]}`

/** Numbers of the 170 block with an area code nobody was given. */
const phoneOf = (n: number): string => `1700000${String(n + 1).padStart(4, '0')}`

function tierOf(n: number): 'ordinary' | 'key' | 'high_risk' {
  const die = spread(n, 37, 101)
  if (die < 2) return 'high_risk'
  return die < 12 ? 'key' : 'ordinary'
}

function occupancyOf(n: number): 'owned' | 'rented' | 'vacant' {
  const die = spread(n, 29, 97)
  if (die < 6) return 'vacant'
  return die < 24 ? 'rented' : 'owned'
}
