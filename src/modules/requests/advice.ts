import { type OwnWords, type Wording, worded } from '../../kernel/wording.js'
import { adviceWordings as words } from './wordings.js'

/** What to do in danger until somebody comes; the first that fits. */
const ADVICE: readonly (readonly [RegExp, Wording<never>])[] = [
  [/煤气|燃气|天然气|煤汽|gas\b/i, words.gas],
  [/火|冒烟|浓烟|烟雾|烧起来|smoke|fire\b/i, words.fire],
  [/困.{0,6}(电梯|里面)|电梯.{0,10}困|trapped/i, words.lift],
  [/电线|漏电|触电|火花|打火/, words.electric],
  [/不见了|走失|走丢|找不到/, words.missing],
  [/晕|摔|倒在|昏|叫不醒|没反应|流血|心脏|抽搐/, words.ill],
  [/跳楼|轻生|不想活|自杀/, words.life],
  [/水管|爆管|水漫|淹|进水/, words.water],
  [/掉下来|坠落|砸|吊在|快倒/, words.falling],
]

export const urgentAdvice = (text: string, own: OwnWords): string =>
  worded(ADVICE.find(([pattern]) => pattern.test(text))?.[1] ?? words.other, own, {})
