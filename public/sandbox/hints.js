// @ts-check

/** @typedef {import('./api.js').Person} Person */
/** @typedef {{ say: string, does: string, where: 'group' | 'private' }} Hint */

/**
 * Building and unit of a home such as 3幢2单元501.
 * @param {string} home
 */
const stair = (home) => home.match(/^\d+幢(\d+单元)?/)?.[0] ?? '3幢2单元'

/** @param {string} home */
const building = (home) => home.match(/^\d+幢/)?.[0] ?? '3幢'

/**
 * What this person could say, with a request number from the conversation.
 * @param {Person} person
 * @param {string} number last four digits of a request
 * @returns {Hint[]}
 */
export function hintsFor({ role, home }, number) {
  switch (role) {
    case 'resident':
      return [
        {
          say: `${stair(home)}电梯又坏了，我妈八十多岁下不来楼`,
          does: '随口一说，也认得出是诉求',
          where: 'group',
        },
        { say: '早啊大家，今天鸡蛋便宜', does: '闲聊，邻里不插嘴', where: 'group' },
        { say: `${building(home)}楼道煤气味很重！！`, does: '危险的事马上通知', where: 'group' },
        { say: '@邻里 报事 楼下路灯三天不亮了', does: '点名报事，一定登记', where: 'group' },
        { say: '进度', does: '问问办到哪了', where: 'private' },
        { say: '催单', does: '等久了，催一催', where: 'private' },
        { say: '帮助', does: '还能说些什么', where: 'private' },
      ]
    case 'worker':
    case 'coordinator':
      return [
        { say: `办结 ${number} 已更换门机皮带，试运行正常`, does: '办好了，写一句怎么办的', where: 'private' },
        { say: `进展 ${number} 维保下午到`, does: '记一笔，让居民放心', where: 'private' },
        { say: `转派 ${number} 李强`, does: '请同事接手', where: 'private' },
        { say: `详情 ${number}`, does: '来龙去脉', where: 'private' },
        { say: `不受理 ${number} 属于业主自用水管`, does: '不归社区，说明该找谁', where: 'private' },
        { say: '待办', does: '手上有哪些', where: 'private' },
        { say: '帮助', does: '还能说些什么', where: 'private' },
      ]
    case 'manager':
      return [
        { say: '待办', does: '全社区在办的诉求', where: 'private' },
        { say: `转派 ${number} 王芳`, does: '改由谁负责', where: 'private' },
        {
          say: '发起问卷 停车改造（5天）\n1. 同意吗 单选：同意/不同意\n2. 还有什么建议 填空',
          does: '问问大家',
          where: 'private',
        },
        { say: '网页答题', does: '在网页上给部门打分', where: 'private' },
        { say: '帮助', does: '还能说些什么', where: 'private' },
      ]
    case 'officer':
      return [
        { say: '发起部门评议 10天', does: '请各社区给部门打分', where: 'private' },
        { say: '评议进度', does: '几个社区投了票', where: 'private' },
        { say: '评议结果', does: '结束后看名次和分项', where: 'private' },
        { say: '我是谁', does: '邻里怎么认我', where: 'private' },
        { say: '帮助', does: '还能说些什么', where: 'private' },
      ]
    case 'surveyor':
      return [
        { say: '发起评议 百合社区', does: '独立的第三方请居民评议社区', where: 'private' },
        { say: '评议进度', does: '邀请多少，答了多少', where: 'private' },
        { say: '结束问卷', does: '提前结束，图和结果发到群里', where: 'private' },
        { say: '评议结果', does: '结束后看全部数字', where: 'private' },
        { say: '帮助', does: '还能说些什么', where: 'private' },
      ]
    default:
      return [
        { say: `办结 ${number}`, does: '不是社工，办不了', where: 'group' },
        { say: '绑定 3-2-502 王小明', does: '告诉邻里您住哪', where: 'private' },
        { say: '帮助', does: '能说些什么', where: 'private' },
      ]
  }
}

/** Who handles the request of the tour. */
export const TOUR_WORKER = 'worker-wangfang'

/** @typedef {{ as: string, where: string, say?: string, title: string, does: string }} Step */

/**
 * One request from its first word to the resident's verdict, played by two people.
 * @param {string} number last four digits of a request
 * @returns {Step[]}
 */
export const tourSteps = (number) => [
  {
    as: 'resident-aili',
    where: 'group:residents-1',
    say: '3幢2单元电梯又坏了，我妈八十多岁下不来楼',
    title: '爱丽在居民群里抱怨',
    does: '邻里回一句编号，并派给网格员',
  },
  { as: TOUR_WORKER, where: 'group:workers', title: '王芳接单', does: '在工作群的卡片上点“接单”' },
  {
    as: TOUR_WORKER,
    where: `private:${TOUR_WORKER}`,
    say: `办结 ${number} 已更换门机皮带，试运行正常`,
    title: '王芳办结',
    does: '说一句怎么办的',
  },
  { as: 'resident-aili', where: 'private:resident-aili', title: '爱丽评价', does: '一点就好；没解决会转回去' },
]
