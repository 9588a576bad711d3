/** Talk that asks for nothing: it is stored and left alone. */
export const CHATTER = [
  '早上好各位邻居',
  '今天天气真不错，适合晒被子',
  '哈哈哈哈太好笑了',
  '谢谢大家',
  '有没有一起去菜场的',
  '昨天那个电视剧你们看了吗',
  '孩子终于放假了',
  '恭喜恭喜',
] as const

const FAULTS = [
  '厨房下水道堵了，水漫出来了',
  '卫生间天花板漏水，楼上不管',
  '入户门禁坏了，刷卡没反应',
  '楼道灯不亮，老人摔了',
] as const

/** Requests of different households, each with its address: every one becomes a ledger page of its own. */
export const REQUESTS: readonly string[] = Array.from({ length: 20 }, (_, building) => building + 1).flatMap(
  (building) =>
    ['1', '2'].flatMap((unit) =>
      ['101', '301', '502'].flatMap((room) => FAULTS.map((fault) => `${building}幢${unit}单元${room} ${fault}`)),
    ),
)
