import { wording } from '../../kernel/wording.js'

/** What this module says that a community may say in its own words. */
export const wordings = {
  hello: wording({
    key: 'people-hello',
    title: '私聊问候',
    when: '居民第一次打开与机器人的私聊',
    standard:
      '您好{称呼}！我是邻里，小区里的事可以直接跟我说：哪里、出了什么问题。发“绑定 3-2-501 姓名”，我就知道您家在哪；发“帮助”看全部说法。',
    slots: { 称呼: '，爱丽' },
    keeps: ['绑定', '帮助'],
  }),
  bound: wording({
    key: 'people-bound',
    title: '绑定成功',
    when: '社工确认居民的门牌后，私聊告诉居民',
    standard: '绑定好了：{住址}。以后说“我家”我就知道是哪里。',
    slots: { 住址: '3幢2单元501' },
    keeps: [],
  }),
} as const
