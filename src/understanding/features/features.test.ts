import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { normalise } from '../text/normalise.js'
import { CONCEPTS, findConcepts } from './concepts.js'
import { GatedPatterns } from './gated-patterns.js'
import { alternativesOf } from './pattern-signs.js'
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
  findConcepts(codesOf(text), 0, text.length, found)
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

const codesOf = (text: string) => Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
const matched = (gated: GatedPatterns, text: string) => [...gated.match(text, codesOf(text), 0, text.length)]
const signs = (gate: ReadonlySet<string> | null) => (gate === null ? null : [...gate].join(''))

describe('gates', () => {
  test.each<[RegExp, string[][]]>([
    [
      /电梯|升降/,
      [
        ['电', '梯'],
        ['升', '降'],
      ],
    ],
    [/[吵闹]了?/, [['吵闹']]],
    [/(?:谢|赞)?好/, [['好']]],
    [/(?:谢谢|感激).{0,3}(?:你|您)+/, [['谢感', '你您']]],
    [/^\d+/, [['0123456789']]],
    [/a.{0,3}/, [['a']]],
    [/(?<=我)的/, [['的']]],
    [/[^好]([一-龥])不\1/, [['不']]],
    [/x|.*/, [['x'], []]],
  ])('%s', (pattern, gates) => {
    expect(alternativesOf(pattern.source).map((alternative) => alternative.gates.map(signs))).toEqual(gates)
  })

  test.each<[RegExp, (string | null)[]]>([
    [/^(?:请|麻烦|[你您]好)来|谁/, ['请麻你您', null]],
    [/^(?:请)?来/, ['请来']],
    [/^(?:请|.{1,4}师傅)来/, [null]],
    [/^[^请]来/, [null]],
    [/^好?(?:的|嘞)/, ['好的嘞']],
  ])('%s begins with', (pattern, starts) => {
    expect(alternativesOf(pattern.source).map((alternative) => signs(alternative.starts))).toEqual(starts)
  })

  test.each<[RegExp, (string | null)[]]>([
    [/(?:吗|好么|[不伐])$/, ['吗么不伐']],
    [/(?:吧|谢谢)[ !]*$/, [' !吧谢']],
    [/(?:了|.)[ !]*$/, [null]],
    [/吧.{0,3}$/, [null]],
    [/吗/, [null]],
  ])('%s ends with', (pattern, ends) => {
    expect(alternativesOf(pattern.source).map((alternative) => signs(alternative.ends))).toEqual(ends)
  })

  test.each<[RegExp, (string[] | null)[]]>([
    [/又|老是/, [['又'], ['老是']]],
    [/(?:打|没)[分人]?了/, [['打分了', '打人了', '打了', '没分了', '没人了', '没了']]],
    [/^又/, [null]],
    [/又.{0,3}坏/, [null]],
    [/\d+/, [null]],
    [/又?/, [null]],
  ])('%s as words', (pattern, words) => {
    expect(alternativesOf(pattern.source).map((alternative) => alternative.words)).toEqual(words)
  })

  test('signs count only in the order of the pattern', () => {
    const gated = new GatedPatterns([/还.{0,9}没/, /^(?:请|求).{0,9}修/])
    expect(matched(gated, '请人还是没来修')).toEqual([1, 1])
    expect(matched(gated, '没还 修好请')).toEqual([0, 0])
  })

  test('only a first alternative may refer back', () => {
    expect(() => new GatedPatterns([/能|(.)不\1/])).toThrow('refer back')
  })

  test('a gate never hides a match', () => {
    const gated = new GatedPatterns(PATTERNS.map(([, pattern]) => pattern))
    for (const text of texts) {
      const shaped = shape(normalise(text))
      const all = PATTERNS.map(([, pattern]) => (pattern.test(shaped) ? 1 : 0))
      expect(matched(gated, shaped), text).toEqual(all)
    }
  })

  test('names are unique', () => {
    expect(new Set(PATTERNS.map(([name]) => name)).size).toBe(PATTERNS.length)
    expect(new Set(CONCEPTS).size).toBe(CONCEPTS.length)
  })
})
