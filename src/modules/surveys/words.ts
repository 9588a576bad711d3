import { CATEGORIES, CATEGORY_NAMES, type Category } from '../../kernel/intent.js'
import { maskText } from '../../kernel/masking.js'

/** Free words of one kind: how many, and a few of them with what could name somebody masked. */
export interface WordGroup {
  readonly question: string
  readonly category: Category
  readonly name: string
  readonly count: number
  readonly quotes: readonly string[]
}

const QUOTES = 3
const QUOTE_LENGTH = 60

/** What words are about where nothing else has judged them, such as on the web page. First hit wins. */
const SIGNS: readonly (readonly [Category, RegExp])[] = [
  ['parking', /停车|车位|违停|充电桩|交通|堵/],
  ['safety', /消防|火|燃气|煤气|安全|高空抛物|监控|飞线/],
  ['facility', /电梯|路灯|楼道灯|门禁|单元门|健身|管道|路面|设施|屋顶|漏水/],
  ['utilities', /停水|停电|水压|电压|暖气|网络/],
  ['sanitation', /卫生|垃圾|臭|脏|保洁|绿化|下水|狗屎|蚊/],
  ['neighbour', /噪音|噪声|吵|邻居|狗叫|广场舞|扰民/],
  ['construction', /违建|装修|搭建/],
  ['property', /物业/],
  ['care', /老人|养老|食堂|助餐|残疾|困难|照料/],
  ['health', /看病|医院|体检|卫生站|疫苗/],
  ['culture', /活动|文体|图书|学校|孩子|托管|跳舞/],
  ['employment', /就业|工作|社保|医保/],
  ['civil', /证明|办事|盖章|手续/],
]

/** A guess from plain signs. */
export const categoryOf = (text: string): Category => SIGNS.find(([, sign]) => sign.test(text))?.[0] ?? 'other'

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆汪范石廖贾夏韦方邹熊金邱江童邵毛应竺俞'
const CALLED = new RegExp(
  `[${SURNAMES}](阿姨|大妈|大爷|大伯|伯伯|叔叔?|奶奶|爷爷|婆婆|大姐|大哥|先生|女士|师傅|老师)`,
  'g',
)

/** Homes, and names that somebody gives as their own, beside the numbers that are masked everywhere. */
export const maskWords = (text: string): string =>
  maskText(text)
    .replace(/\d{1,3}\s*[-－—]\s*\d{1,2}\s*[-－—]\s*\d{3,4}/g, '（某户）')
    .replace(/(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(幢|栋|号楼|#)\s*(\S{0,3}单元)?\s*\d{0,4}\s*室?/g, '（某幢）')
    .replace(/\d{3,4}\s*室/g, '（某室）')
    .replace(CALLED, '某$1')
    .replace(/(我叫|我是|本人)\s*[\u4e00-\u9fff]{2,4}(?=[，,。.！!\s、的住]|$)/g, '$1（某人）')

export interface Words {
  readonly id: number
  readonly question: string
  readonly category: string
  readonly text: string
}

/** By question and kind, the most frequent first. No quotes while fewer than `least` people wrote anything. */
export function groupWords(words: readonly Words[], least: number): WordGroup[] {
  const groups = new Map<string, { question: string; category: Category; texts: string[] }>()
  for (const { question, category, text } of words) {
    const known = CATEGORIES.find((one) => one === category) ?? 'other'
    const name = `${question} ${known}`
    const group = groups.get(name) ?? { question, category: known, texts: [] }
    group.texts.push(text)
    groups.set(name, group)
  }
  const mayQuote = words.length >= least
  return [...groups.values()]
    .map(({ question, category, texts }) => ({
      question,
      category,
      name: CATEGORY_NAMES[category],
      count: texts.length,
      quotes: mayQuote ? quotesOf(texts) : [],
    }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'zh'))
}

/** The longest say most; sorted, so that their order says nothing of when they came. Only what is shown is masked. */
function quotesOf(texts: readonly string[]): string[] {
  const quotes = new Set<string>()
  for (const text of [...new Set(texts)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))) {
    if (quotes.size >= QUOTES) break
    const masked = maskWords(text.replace(/\s+/g, ' '))
    quotes.add(masked.length > QUOTE_LENGTH ? `${masked.slice(0, QUOTE_LENGTH)}…` : masked)
  }
  return [...quotes]
}

/** One quote of each group that no group before it has said in the same words. */
export function quotedOnce(groups: readonly WordGroup[]): { readonly name: string; readonly quote: string }[] {
  const said = new Set<string>()
  return groups.flatMap(({ name, quotes }) => {
    const quote = quotes.find((one) => !said.has(one))
    if (quote === undefined) return []
    said.add(quote)
    return [{ name, quote }]
  })
}
