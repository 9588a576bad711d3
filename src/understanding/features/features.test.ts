import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { normalise } from '../text/normalise.js'
import { CONCEPTS, findConcepts } from './concepts.js'
import { GatedPatterns, gateOf, wordsOf } from './gate.js'
import { PATTERNS } from './patterns.js'
import { readable, STAND_INS, shape } from './shape.js'

const texts = readFileSync(new URL('../../../training/styles.tsv', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => line.split('\t')[4] ?? '')
  .filter((text) => text !== '')

describe('normalise', () => {
  test.each([
    ['３幢２單元', '3幢2单元'],
    ['電梯壞了', '电梯坏了'],
    ['什么时候', '什么时候'],
    ['什麼時候', '什么时候'],
    ['漏\u200b水', '漏水'],
    ['①号楼', '1号楼'],
    ['Tower B', 'Tower B'],
    ['', ''],
  ])('%s', (text, plain) => {
    expect(normalise(text)).toBe(plain)
  })
})

describe('shape', () => {
  test.each([
    ['8:30来', `${STAND_INS.clock}来`],
    ['@王管家 在吗', `${STAND_INS.mention} 在吗`],
    ['[图片]', STAND_INS.picture],
    ['好😂😂', `好${STAND_INS.emoji}`],
    ['第12天', `第${STAND_INS.fewDigits}天`],
    ['打119', '打119'],
    ['13812341234', STAND_INS.manyDigits],
    ['水，，，没了。', '水 没了 '],
    ['快！！！！', '快!!'],
    ['哈哈哈哈哈', '哈哈'],
    ['https://x.cn/a?b=1', STAND_INS.link],
    ['Hello', 'hello'],
  ])('%s', (text, shaped) => {
    expect(shape(normalise(text))).toBe(shaped)
  })

  test('stand-ins are readable', () => {
    expect(readable(`${STAND_INS.clock}来`)).toBe('‹时刻›来')
  })
})

const find = (text: string, found: number[]) => {
  findConcepts(
    Uint16Array.from(text, (sign) => sign.charCodeAt(0)),
    0,
    text.length,
    found,
  )
}

describe('concepts', () => {
  test('words of one idea are one feature, each once, in order', () => {
    const found: number[] = []
    find('升降机坏了 电梯又坏了', found)
    expect(found.map((c) => CONCEPTS[c]).slice(0, 2)).toEqual(['电梯', '故障'])
    expect(new Set(found).size).toBe(found.length)
  })

  test('the list is emptied first', () => {
    const found = [1, 2, 3]
    find('', found)
    expect(found).toEqual([])
  })
})

describe('gates', () => {
  test.each<[RegExp, string[] | null]>([
    [/电梯|升降/, ['电', '升']],
    [/[吵闹]了?/, ['吵', '闹']],
    [/(?:谢|赞)?好/, ['好']],
    [/^\d+/, [...'0123456789']],
    [/a.{0,3}/, ['a']],
    [/(?<=我)的/, ['的']],
    [/x|.*/, null],
  ])('%s', (pattern, signs) => {
    const gate = gateOf(pattern)
    expect(gate === null ? null : [...gate]).toEqual(signs)
  })

  test.each<[RegExp, string[] | null]>([
    [/又|老是/, ['又', '老是']],
    [/(?:打|没)[分人]?了/, ['打分了', '打人了', '打了', '没分了', '没人了', '没了']],
    [/^又/, null],
    [/又.{0,3}坏/, null],
    [/\d+/, null],
    [/又?/, null],
  ])('%s as words', (pattern, words) => {
    expect(wordsOf(pattern.source)).toEqual(words)
  })

  test('a gate never hides a match', () => {
    const gated = new GatedPatterns(PATTERNS.map(([, pattern]) => pattern))
    for (const text of texts) {
      const shaped = shape(normalise(text))
      const all = PATTERNS.map(([, pattern]) => (pattern.test(shaped) ? 1 : 0))
      expect([...gated.match(shaped)], text).toEqual(all)
    }
  })

  test('names are unique', () => {
    expect(new Set(PATTERNS.map(([name]) => name)).size).toBe(PATTERNS.length)
    expect(new Set(CONCEPTS).size).toBe(CONCEPTS.length)
  })
})
