/**
 * Stand-ins, from the private use area, for things whose exact wording teaches nothing: 8:30 and 9:15 should look
 * alike, as should any two mentions or links.
 */
export const STAND_INS = {
  clock: '\ue000',
  mention: '\ue001',
  picture: '\ue002',
  emoji: '\ue003',
  link: '\ue004',
  fewDigits: '\ue005',
  someDigits: '\ue006',
  manyDigits: '\ue007',
  address: '\ue008',
} as const

const NAMES: Readonly<Record<string, string>> = {
  [STAND_INS.clock]: '‹时刻›',
  [STAND_INS.mention]: '‹@›',
  [STAND_INS.picture]: '‹图›',
  [STAND_INS.emoji]: '‹表情›',
  [STAND_INS.link]: '‹链接›',
  [STAND_INS.fewDigits]: '‹数›',
  [STAND_INS.someDigits]: '‹数›',
  [STAND_INS.manyDigits]: '‹长号›',
  [STAND_INS.address]: '‹地址›',
}
/** Numbers that mean something by themselves: emergency and complaint lines. */
const KEPT_NUMBERS = /^(?:110|119|120|122|12315|12345|12328|10086|10000|95598)$/
const BRACKETED = /\[(?:图片|照片|视频|语音|文件|链接|红包|位置|小程序|接龙)\]|\[[^[\]\s]{1,8}\]/y
const PICTURE = /图片|照片|视频|语音/
const MENTION = /@[^\s,，:：。!！?？@]{1,12}/y
const NUMBER = /\d{1,2}[:：]\d{2}|\d+(?:\.\d+)?/y
const LINK = /https?:\S+/iy
const EMOJI = /\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\u200d|\p{Extended_Pictographic})*/uy

/** Longer texts are read at both ends. */
const MOST_CHARACTERS = 400
const HEAD_CHARACTERS = 260

const PLAIN = 0
const SEPARATOR = 1
const DIGIT = 2
const MARK = 3
const UPPER = 4
/** May begin something longer: a mention, a link, a bracketed picture, an emoji. */
const OPENING = 5

function kinds(): Uint8Array {
  const table = new Uint8Array(0x10000)
  const separator = /[\s,，。;；、:：~～…\-—_]/
  const emoji = /\p{Extended_Pictographic}/u
  for (let unit = 0; unit < 0x10000; unit++) {
    if (unit >= 0x3400 && unit < 0xd800) continue
    const sign = String.fromCharCode(unit)
    if (separator.test(sign)) table[unit] = SEPARATOR
    else if (unit >= 0x30 && unit <= 0x39) table[unit] = DIGIT
    else if ('!?！？'.includes(sign)) table[unit] = MARK
    else if (unit >= 0x41 && unit <= 0x5a) table[unit] = UPPER
    else if ('@['.includes(sign) || emoji.test(sign) || (unit >= 0xd800 && unit < 0xdc00)) table[unit] = OPENING
  }
  for (const sign of 'Hh') table[sign.charCodeAt(0)] = OPENING
  return table
}

const KINDS = kinds()
const SPACE = 0x20

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

/**
 * The text as n-grams see it, one code after another: lower case, separators as one space, numbers and names by their
 * kind, runs of a sign cut to two.
 */
export class Shaper {
  /** ^, the text, $. */
  readonly codes = new Uint16Array(2 * MOST_CHARACTERS + 8)
  /** How many codes, the ends included. */
  length = 0

  constructor() {
    this.codes[0] = 0x5e
  }

  private put(sign: string): void {
    for (let i = 0; i < sign.length; i++) this.codes[this.length++] = sign.charCodeAt(i)
  }

  /** What begins at an opening sign; answers with where it ends, or -1 where nothing does. */
  private opened(text: string, at: number): number {
    const sign = text[at]
    if (sign === 'h' || sign === 'H') {
      const end = endOf(LINK, text, at)
      if (end > 0) this.put(STAND_INS.link)
      return end
    }
    if (sign === '@') {
      const end = endOf(MENTION, text, at)
      if (end > 0) this.put(STAND_INS.mention)
      return end
    }
    if (sign === '[') {
      const end = endOf(BRACKETED, text, at)
      if (end > 0) this.put(PICTURE.test(text.slice(at, end)) ? STAND_INS.picture : STAND_INS.emoji)
      return end
    }
    const end = endOf(EMOJI, text, at)
    if (end > 0) this.put(STAND_INS.emoji)
    return end
  }

  private number(text: string, at: number): number {
    const end = endOf(NUMBER, text, at)
    const length = end - at
    const part = text.slice(at, end)
    if (length >= 3 && KEPT_NUMBERS.test(part)) this.put(part)
    else if (part.includes(':') || part.includes('：')) this.put(STAND_INS.clock)
    else this.put(length <= 2 ? STAND_INS.fewDigits : length <= 4 ? STAND_INS.someDigits : STAND_INS.manyDigits)
    return end
  }

  /** Reads a normalised text into `codes`. */
  read(normalised: string): void {
    const long = normalised.length > MOST_CHARACTERS
    const text = long
      ? `${normalised.slice(0, HEAD_CHARACTERS)} ${normalised.slice(HEAD_CHARACTERS - MOST_CHARACTERS)}`
      : normalised
    const { codes } = this
    const end = text.length
    this.length = 1
    let i = 0
    while (i < end) {
      let code = text.charCodeAt(i)
      const kind = KINDS[code] as number
      if (kind === SEPARATOR) {
        do i++
        while (i < end && KINDS[text.charCodeAt(i)] === SEPARATOR)
        codes[this.length++] = SPACE
        continue
      }
      if (kind === DIGIT) {
        i = this.number(text, i)
        continue
      }
      if (kind === MARK) {
        const start = i
        do i++
        while (i < end && KINDS[text.charCodeAt(i)] === MARK)
        codes[this.length++] = code
        if (i - start > 1) codes[this.length++] = code
        continue
      }
      if (kind === OPENING) {
        const past = this.opened(text, i)
        if (past > 0) {
          i = past
          continue
        }
      }
      if (kind !== PLAIN && code >= 0x41 && code <= 0x5a) code += 0x20
      i++
      const { length } = this
      // A third of the same sign in a row says no more than the second.
      if (length > 2 && codes[length - 1] === code && codes[length - 2] === code) continue
      codes[length] = code
      this.length = length + 1
    }
    codes[this.length++] = 0x24
  }

  /** The shaped text, without its ends. */
  text(): string {
    return String.fromCharCode.apply(null, this.codes.subarray(1, this.length - 1) as unknown as number[])
  }
}

const shaper = new Shaper()

/** The text as n-grams see it. */
export function shape(normalised: string): string {
  shaper.read(normalised)
  return shaper.text()
}

/** A piece of shaped text for people to read. */
export function readable(shaped: string): string {
  let plain = true
  for (let i = 0; i < shaped.length; i++) if ((shaped.charCodeAt(i) & 0xfff0) === 0xe000) plain = false
  return plain ? shaped : shaped.replace(/[\ue000-\ue008]/g, (sign) => NAMES[sign] ?? sign)
}
