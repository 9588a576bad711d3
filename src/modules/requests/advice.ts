/** What to do in danger until somebody comes; the first that fits. Wording follows public fire and gas safety advice. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/煤气|燃气|天然气|煤汽|gas\b/i, '请先开窗、别开关电器、离开楼道，并拨打燃气抢修或119。'],
  [/火|冒烟|浓烟|烟雾|烧起来|smoke|fire\b/i, '请马上离开，走楼梯别坐电梯，并拨打119。'],
  [/困.{0,6}(电梯|里面)|电梯.{0,10}困|trapped/i, '请别扒门，按轿厢里的报警按钮等人来；身体不适请拨打120。'],
  [/电线|漏电|触电|火花|打火/, '请别靠近、别用手碰，能断总闸先断总闸，并拨打95598。'],
  [/不见了|走失|走丢|找不到/, '请同时拨打110，带上近照，留一个人在家等。'],
  [/晕|摔|倒在|昏|叫不醒|没反应|流血|心脏|抽搐/, '请先别移动病人，并拨打120。'],
  [/跳楼|轻生|不想活|自杀/, '请陪住他、别刺激他，并拨打110。'],
  [/水管|爆管|水漫|淹|进水/, '请先关总阀、断开附近的电。'],
  [/掉下来|坠落|砸|吊在|快倒/, '请绕开下方，别让老人孩子靠近。'],
]

export function urgentAdvice(text: string): string {
  return ADVICE.find(([pattern]) => pattern.test(text))?.[1] ?? '请先保证自己安全，必要时拨打110、119或120。'
}
