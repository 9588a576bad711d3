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
const PARTS =
  /https?:\S+|\[(?:图片|照片|视频|语音|文件|链接|红包|位置|小程序|接龙)\]|\[[^[\]\s]{1,8}\]|@[^\s,，:：。!！?？@]{1,12}|\d{1,2}[:：]\d{2}|\d+(?:\.\d+)?|\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\u200d|\p{Extended_Pictographic})*|[\s,，。;；、:：~～…\-—_]+|([!?])[!?！？]+|(.)\2{2,}/gu
const NEEDS_SHAPING = /[^\u4e00-\u9fffa-z]|(.)\1\1/

function standIn(part: string, mark: string | undefined, repeated: string | undefined): string {
  const first = part.charCodeAt(0)
  if (mark !== undefined) return mark + mark
  if (first >= 0x30 && first <= 0x39) {
    if (KEPT_NUMBERS.test(part)) return part
    if (/[:：]/.test(part)) return STAND_INS.clock
    return part.length <= 2 ? STAND_INS.fewDigits : part.length <= 4 ? STAND_INS.someDigits : STAND_INS.manyDigits
  }
  if (part.startsWith('http')) return STAND_INS.link
  if (part.startsWith('[')) return /图片|照片|视频|语音/.test(part) ? STAND_INS.picture : STAND_INS.emoji
  if (part.startsWith('@')) return STAND_INS.mention
  if (/^[\s,，。;；、:：~～…\-—_]/.test(part)) return ' '
  if (repeated !== undefined && first < 0xd800) return repeated + repeated
  return STAND_INS.emoji
}

/** The text as n-grams see it: lower case, separators as one space, numbers and names by their kind. */
export function shape(normalised: string): string {
  const lower = normalised.toLowerCase()
  return NEEDS_SHAPING.test(lower) ? lower.replace(PARTS, standIn) : lower
}

/** A piece of shaped text for people to read. */
export function readable(shaped: string): string {
  return shaped.replace(/[\ue000-\ue008]/g, (sign) => NAMES[sign] ?? sign)
}
