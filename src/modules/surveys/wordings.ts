import { wording } from '../../kernel/wording.js'

/**
 * What this module says that a community may say in its own words. Only of its own polls: the independent evaluation speaks
 * as the project does, so that nobody can colour the question.
 */
export const wordings = {
  call: wording({
    key: 'surveys-call',
    title: '问卷开始的群通知',
    when: '社区自己的问卷发布时，在居民群说一次，下面带“去回答”按钮。独立的群众评议不用这句',
    standard: '问卷“{标题}”开始了，每户一票，{记名}，{用时}。请点下面的按钮，或点我的头像私聊发“答题 {编号}”。',
    slots: { 标题: '停车改造意见', 记名: '无记名', 用时: '约2分钟', 编号: 'W3' },
    keeps: ['{标题}', '{记名}', '{编号}'],
  }),
} as const
