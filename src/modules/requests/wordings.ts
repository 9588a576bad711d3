import { type Wording, wording } from '../../kernel/wording.js'

const matter = { 事项: '0007 公共设施·3幢2单元' }

/** What this module says that a community may say in its own words. */
export const wordings = {
  logged: wording({
    key: 'requests-logged',
    title: '登记后的回复',
    when: '登记一件诉求后，在群里或私聊回复居民',
    standard: '已登记 {编号}（{事项}），网格员{网格员}会在{时限}联系您。',
    slots: { 编号: 'BH-202611-0007', 事项: '3幢2单元·公共设施', 网格员: '王芳', 时限: '明天下班前' },
    keeps: ['{编号}'],
  }),
  loggedUnassigned: wording({
    key: 'requests-logged-unassigned',
    title: '登记后的回复（还没有责任人）',
    when: '地址不清楚，还没有派给网格员时',
    standard: '已登记 {编号}（{事项}），社区会尽快安排人跟进。',
    slots: { 编号: 'BH-202611-0007', 事项: '公共设施' },
    keeps: ['{编号}'],
  }),
  consult: wording({
    key: 'requests-consult',
    title: '咨询的回复',
    when: '居民问怎么办事，登记成咨询后',
    standard: '您的咨询已记下 {编号}，{谁}会尽快答复您。',
    slots: { 编号: 'BH-202611-0007', 谁: '网格员王芳' },
    keeps: ['{编号}'],
  }),
  askWhere: wording({
    key: 'requests-ask-where',
    title: '请居民补地址',
    when: '没有说清楚是哪里，接在登记回复后面',
    standard: '请补一句是几幢几单元，好让师傅直接过去。',
    slots: {},
    keeps: [],
  }),
  accepted: wording({
    key: 'requests-accepted',
    title: '接单通知',
    when: '社工接单后，私聊告诉居民',
    standard: '您报的{事项}，{谁}已接单，会尽快联系您。',
    slots: { ...matter, 谁: '王芳' },
    keeps: ['{事项}'],
  }),
  solved: wording({
    key: 'requests-solved',
    title: '办结通知：已解决',
    when: '办结后告诉居民，下面带评价按钮',
    standard: '您报的{事项}已办结：{说明}。解决了吗？',
    slots: { ...matter, 说明: '已更换门机皮带' },
    keeps: ['{事项}', '{说明}'],
  }),
  cannot: wording({
    key: 'requests-cannot',
    title: '办结通知：办不了',
    when: '办不了时告诉居民，下面带评价按钮',
    standard: '您报的{事项}暂时办不了：{说明}。给您添麻烦了，这样处理可以吗？',
    slots: { ...matter, 说明: '要等明年大修' },
    keeps: ['{事项}', '{说明}'],
  }),
  notOurs: wording({
    key: 'requests-not-ours',
    title: '办结通知：不归社区管',
    when: '不受理时告诉居民该找谁',
    standard: '您报的{事项}不归社区管，请找：{找谁}。这样清楚吗？',
    slots: { ...matter, 找谁: '物业报修' },
    keeps: ['{事项}', '{找谁}'],
  }),
  thanks: wording({
    key: 'requests-thanks',
    title: '评价后的感谢',
    when: '居民点了满意之后',
    standard: '谢谢您的评价。',
    slots: {},
    keeps: [],
  }),
} as const

const advice = (name: string, danger: string, standard: string, ...keeps: string[]): Wording<never> =>
  wording({
    key: `requests-advice-${name}`,
    title: `紧急提示：${danger}`,
    when: '登记紧急诉求时，马上告诉居民先怎么做。电话号码要留着',
    standard,
    slots: {},
    keeps,
  })

/** What to do in danger until somebody comes; wording follows public fire and gas safety advice. */
export const adviceWordings = {
  gas: advice('gas', '燃气', '请先开窗、别开关电器、离开楼道，并拨打燃气抢修或119。', '119'),
  fire: advice('fire', '起火', '请马上离开，走楼梯别坐电梯，并拨打119。', '119'),
  lift: advice('lift', '电梯困人', '请别扒门，按轿厢里的报警按钮等人来；身体不适请拨打120。', '120'),
  electric: advice('electric', '漏电', '请别靠近、别用手碰，能断总闸先断总闸，并拨打95598。', '95598'),
  missing: advice('missing', '走失', '请同时拨打110，带上近照，留一个人在家等。', '110'),
  ill: advice('ill', '急病摔伤', '请先别移动病人，并拨打120。', '120'),
  life: advice('life', '轻生', '请陪住他、别刺激他，并拨打110。', '110'),
  water: advice('water', '爆管进水', '请先关总阀、断开附近的电。'),
  falling: advice('falling', '高空坠物', '请绕开下方，别让老人孩子靠近。'),
  other: advice('other', '其他', '请先保证自己安全，必要时拨打110、119或120。', '110', '119', '120'),
} as const
