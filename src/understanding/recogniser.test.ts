import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { DEFAULT_THRESHOLDS, thresholdsSchema } from '../kernel/thresholds.js'
import { loadRecogniser, triage } from './index.js'
import { encodeWeights, loadWeights } from './model/weights.js'

const { understand } = loadRecogniser()

describe('plain cases', () => {
  test.each([
    ['3幢2单元电梯又坏了，麻烦物业派人来修', 'request', 'facility'],
    ['楼上半夜拖椅子，社区能不能出面协调', 'request', 'neighbour'],
    ['请问居住证续签要带什么材料', 'consult', 'civil'],
    ['上周报修的路灯怎么还没人来修', 'chase', 'facility'],
    ['早上好大家', 'chatter', null],
    ['哈哈哈哈笑死', 'chatter', null],
    ['出闲置婴儿车，自提，要的私我', 'chatter', null],
    ['【温馨提示】各位业主，明天上午九点清洗水箱，暂停供水，敬请谅解。物业服务中心', 'chatter', null],
    ['已经修好了，不用派人来了', 'withdraw', null],
  ])('%s', (text, intent, category) => {
    const understood = understand(text)
    expect(understood.intent).toBe(intent)
    expect(understood.category).toBe(category)
  })

  test.each(['7幢楼道煤气味很重！！快来人！', '电梯卡在半空，里面困了人，快救人！'])('danger: %s', (text) => {
    expect(understand(text)).toMatchObject({ intent: 'request', urgent: true })
  })

  test.each(['着火了着火了，我的基金', '今天菜场的鱼新鲜', ''])('no danger: %s', (text) => {
    expect(understand(text).urgent).toBe(false)
  })
})

describe('an address and nothing else', () => {
  test.each(['12幢1单元301', '我家在3-2-501', '三幢二单元', 'B座1204'])('%s is neither report nor cry', (text) => {
    const understood = understand(text)
    expect(understood).toMatchObject({ intent: 'chatter', urgent: false })
    expect(triage(understood)).toBe('silent')
  })

  test.each(['fire 12-3-501', '3幢停水', '3-2-501漏水'])('%s says more', (text) => {
    expect(triage(understand(text))).not.toBe('silent')
  })
})

describe('what is logged by its probability alone', () => {
  test.each([
    ['3幢2单元电梯坏了', 'facility'],
    ['没水了', 'utilities'],
  ])('%s has its likely category, whatever the likeliest intent', (text, category) => {
    const understood = understand(text)
    expect(understood.requestProbability).toBeGreaterThan(0.3)
    expect(understood.likelyCategory).toBe(category)
  })
})

describe('marks and nothing else', () => {
  test.each(['9 8 4 9 9 9 8 8 7 9', '9，8，10', '2', '8.5', '１０', '9 8 10 9！', 'a1', 'A、C'])(
    '%s is neither report nor cry',
    (text) => {
      const understood = understand(text, { chatKind: 'private' })
      expect(understood).toMatchObject({ intent: 'chatter', urgent: false })
      expect(triage(understood)).toBe('silent')
    },
  )

  test('but one more joins in', () => {
    expect(understand('+1').intent).toBe('metoo')
  })
})

describe('what comes with a verdict', () => {
  test('reasons, strongest first, and probabilities', () => {
    const { reasons, confidence, requestProbability } = understand('3幢的电梯坏了，麻烦来修')
    expect(reasons.length).toBeGreaterThan(0)
    const weights = reasons.map((reason) => reason.weight)
    expect(weights).toEqual([...weights].sort((a, b) => b - a))
    for (const value of [...Object.values(confidence), requestProbability]) {
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(1)
    }
  })

  test('the same message gives the same verdict, whatever came before', () => {
    const first = understand('水管爆了快来人')
    understand('x'.repeat(5000))
    expect(understand('水管爆了快来人')).toEqual(first)
  })

  test.each(['\ud800', '\u0000', '🏠'.repeat(400), '1-'.repeat(2000), '（'.repeat(3000), '一'.repeat(9000)])(
    'odd text does no harm %#',
    (text) => {
      expect(understand(text).reasons).toBeInstanceOf(Array)
    },
  )
})

describe('the conversation', () => {
  const line = '电梯今天会有人来修'
  test('a worker says so: less a request', () => {
    expect(understand(line, { senderRole: 'worker' }).requestProbability).toBeLessThan(
      understand(line).requestProbability,
    )
  })

  test('someone with an open request rather chases', () => {
    const plain = understand('怎么样了')
    const open = understand('怎么样了', { hasOpenRequest: true })
    expect(open.requestProbability).toBeLessThanOrEqual(plain.requestProbability)
    expect(open.reasons[0]?.feature).toBe('有未办结的诉求')
  })
})

describe('triage', () => {
  const base = understand('今天菜场的鱼新鲜')
  const given = (requestProbability: number, urgent = false) => triage({ ...base, requestProbability, urgent })

  test.each([
    [0.9, false, 'log'],
    [0.7, false, 'log'],
    [0.65, false, 'ask_worker'],
    [0.45, false, 'ask_worker'],
    [0.1, false, 'silent'],
    [0.5, true, 'log'],
    [0.01, true, 'ask_worker'],
  ] as const)('p=%d urgent=%s: %s', (probability, urgent, expected) => {
    expect(given(probability, urgent)).toBe(expected)
  })

  test('what may be dangerous is asked about even if it looks like talk', () => {
    const confidence = { ...base.confidence, urgent: 0.8 }
    expect(triage({ ...base, confidence, requestProbability: 0.01, urgent: false })).toBe('ask_worker')
  })

  test('a community may set its own', () => {
    const cautious = thresholdsSchema.parse({ log: 0.95, ask: 0.5 })
    expect(triage({ ...base, requestProbability: 0.9, urgent: false }, cautious)).toBe('ask_worker')
    expect(cautious.urgentAsk).toBe(DEFAULT_THRESHOLDS.urgentAsk)
  })

  test.each([{ log: 1.2 }, { log: 0.2, ask: 0.5 }, { urgentAsk: -1 }])('refuses %j', (thresholds) => {
    expect(thresholdsSchema.safeParse(thresholds).success).toBe(false)
  })
})

describe('weights', () => {
  test('a file cut short is refused', () => {
    const folder = mkdtempSync(join(tmpdir(), 'weights-'))
    const file = join(folder, 'w.bin')
    const whole = encodeWeights(loadWeights())
    writeFileSync(file, whole)
    expect(loadWeights(pathToFileURL(file)).header).toEqual(loadWeights().header)
    writeFileSync(file, whole.slice(0, -1))
    expect(() => loadWeights(pathToFileURL(file))).toThrow(/bytes instead of/)
    rmSync(folder, { recursive: true })
  })

  test('stay under five megabytes', () => {
    expect(encodeWeights(loadWeights()).length).toBeLessThan(5_000_000)
  })
})
