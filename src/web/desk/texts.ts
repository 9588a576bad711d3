import type { Role } from '../../kernel/module.js'

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  resident: '居民',
  worker: '社工',
  coordinator: '协管员',
  manager: '社区主任',
  officer: '街道干部',
  surveyor: '第三方调查员',
}

export const STATUS_NAMES: Readonly<Record<string, string>> = {
  new: '待派单',
  assigned: '待接单',
  in_progress: '处理中',
  waiting: '等待中',
  closed: '已办结',
}

export const RESOLUTION_NAMES: Readonly<Record<string, string>> = {
  solved: '已解决',
  cannot: '无法解决',
  not_ours: '不属于社区',
  withdrawn: '居民撤回',
  duplicate: '重复',
  not_a_request: '不是诉求',
}

export const SCORE_NAMES: Readonly<Record<string, string>> = {
  satisfied: '满意',
  fairly: '基本满意',
  unsatisfied: '不满意',
}

export const TIER_NAMES: Readonly<Record<string, string>> = { ordinary: '普通', key: '重点', high_risk: '高风险' }
export const OCCUPANCY_NAMES: Readonly<Record<string, string>> = { owned: '自住', rented: '出租', vacant: '空置' }
export const VISIT_NAMES: Readonly<Record<string, string>> = {
  met: '见到',
  not_home: '未遇',
  refused: '拒访',
  phone: '电话',
  chat: '聊天',
}
export const CHAT_KIND_NAMES: Readonly<Record<string, string>> = {
  residents: '居民群',
  workers: '工作群',
  subdistrict: '街道群',
  unknown: '未指定',
}
export const CHANNEL_NAMES: Readonly<Record<string, string>> = {
  telegram: 'Telegram',
  wechat: '微信',
  sandbox: '演示',
  web: '网页',
}

export const SURVEY_STATUS: Readonly<Record<string, string>> = {
  draft: '草稿',
  running: '进行中',
  closed: '已结束',
  cancelled: '已作废',
}
export const SURVEY_KINDS: Readonly<Record<string, string>> = {
  community: '居民评社区',
  departments: '社区评部门',
  poll: '社区问卷',
}

/** To whom a request that is not ours belongs; the worker picks one or writes it. */
export const WHOSE = ['物业报修', '自行维修，可推荐师傅', '业委会'] as const

export const texts = {
  attachments: {
    title: '图片和文件',
    waiting: (what: string) => `${what}还没有从聊天平台取来`,
    refused: (what: string, why: string) => `${what}未能保存${why ? `：${why}` : ''}`,
    expired: (what: string) => `${what}保存期满，已删除`,
    takenDown: (what: string) => `不是诉求，${what}已删除`,
    lost: (what: string) => `${what}不在存放的地方，请管理员从备份恢复`,
    noRight: (what: string) => `${what}只有社区工作人员能看`,
  },
  brand: '邻里',
  desk: '工作台',
  skip: '跳到正文',
  nav: {
    today: '今天',
    requests: '诉求',
    map: '网格',
    visits: '走访',
    surveys: '问卷',
    ledger: '台账',
    people: '人员与群',
    settings: '设置',
    access: '查看记录',
    inspections: '检查链接',
  },
  more: '更多',
  communities: '社区',
  me: '我的登录',
  signOut: '退出',
  done: '已办好。',
  nothingDone: '没有变化。',
  alreadyDone: '这一步刚才已经办过了。',
  noCommand: '没有这个操作。',
  mayNot: '您没有做这一步的权限。',
  badForm: '有一项没有填对，请核对后再提交。',
  badFormTitle: '有一项没有填对',
  badFormDetail: '刚才的操作没有执行。请用浏览器的“返回”回到上一页，核对后再提交。',
  staleTitle: '这个页面放得太久了',
  staleDetail: '刚才的操作没有执行。请返回上一页，刷新后再提交。',
  tooFastTitle: '操作太快了',
  tooFastDetail: '请稍等几秒再试，刚才的操作没有执行。',
  pageNameTaken: '已经有一页叫这个名字，请换一个。',
  toDesk: '回工作台',
  masked: '您看到的姓名和电话已隐去。',
  live: { logged: '新诉求', closed: '已办结', changed: '有新动态', open: '查看' },
  empty: '没有内容',
  next: '下一页',
  first: '回到第一页',
} as const
