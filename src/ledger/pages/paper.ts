/** Paper ledgers of one field, each with the page that takes its place. */
export interface PaperArea {
  readonly area: string
  readonly papers: readonly Paper[]
}

export interface Paper {
  readonly name: string
  /** The page that replaces it; null while none does. */
  readonly page: string | null
  /** Registers of people in need of special protection: kept by the departments, never by a bot. */
  readonly sensitive?: true
}

const by = (page: string | null, names: string): Paper[] => names.split(' ').map((name) => ({ name, page }))
const sensitive = (names: string): Paper[] => names.split(' ').map((name) => ({ name, page: null, sensitive: true }))

/**
 * What communities kept on paper before, put together from the menus of community information systems of the time. Places
 * differ: a community's own pages name what else they replace.
 */
export const PAPER_AREAS: readonly PaperArea[] = [
  {
    area: '诉求与事件',
    papers: by(
      'requests',
      '居民来电来访登记簿 群众反映问题处理簿 事件登记簿 事件督办记录 热线工单办理簿 信访接待登记簿 物业纠纷登记簿 邻里调解记录 隐患排查登记簿 消防巡查记录 环境卫生检查记录 违建巡查记录 公共设施报修簿 停车秩序登记簿 意见建议登记簿',
    ),
  },
  {
    area: '走访',
    papers: by(
      'visits',
      '民情日记 入户走访登记簿 走访统计月报 包片联户记录 困难家庭走访记录 独居老人探访记录 残疾人走访记录 新入住家庭走访记录 节日慰问记录 入户率统计表',
    ),
  },
  {
    area: '网格与基础信息',
    papers: by(
      'people',
      '网格划分登记簿 网格员变更记录 小区楼幢登记簿 房屋登记簿 家庭户登记簿 居民联系簿 群主与联络员登记簿',
    ),
  },
  {
    area: '评议与满意度',
    papers: [
      ...by('satisfaction', '办件满意度回访簿 回访电话记录'),
      ...by('surveys', '居民评议社区记录 评议部门打分表 问卷发放回收登记'),
      ...by('titles', '和谐社区称号管理簿'),
      ...by('rectifications', '评议整改台账 整改回复登记簿'),
    ],
  },
  {
    area: '台账管理',
    papers: by('ledger', '台账目录 台账更正记录 台账移交清册 检查查阅登记簿 资料归档清单'),
  },
  {
    area: '工作准入',
    papers: by('admission', '部门任务登记簿 报表登记簿 创建评比登记簿 挂牌清理登记簿 临时任务登记簿'),
  },
  {
    area: '用章与服务办事',
    papers: [
      ...by('seals', '用章登记簿 证明出具存根'),
      ...by('service-desk', '一站式受理登记簿 代办登记簿 值班记录 材料转交登记簿'),
    ],
  },
  {
    area: '经费与购买服务',
    papers: [...by('purchasing', '购买服务项目簿 项目评估记录'), ...by('resources', '工作经费使用簿 服务用房登记簿')],
  },
  {
    area: '队伍考核',
    papers: by('assessment', '社工考核记录 月度积分登记簿 请假调班登记簿 培训签到簿'),
  },
  {
    area: '党群与活动',
    papers: by(
      null,
      '党组织情况簿 党员名册 组织生活记录 主题党日记录 党员承诺登记表 党员培训登记表 工会情况簿 团员名册 妇联工作簿 志愿者名册 志愿服务记录 文体活动记录',
    ),
  },
  {
    area: '民政与保障',
    papers: by(
      null,
      '低保家庭簿 优抚对象簿 高龄津贴发放簿 老年人名册 残疾人名册 孤儿及困境儿童簿 社会保险登记簿 医疗保险登记簿 求职登记簿 招聘信息簿 失业登记簿 小额贷款登记簿 创业扶持登记簿',
    ),
  },
  {
    area: '计生与流动人口',
    papers: by(null, '育龄妇女登记簿 生育登记簿 流动人口登记簿 药具发放簿'),
  },
  {
    area: '安全与应急',
    papers: by(
      null,
      '企业安全检查簿 食品安全检查簿 校园周边检查簿 巡防队登记簿 技防设备登记簿 应急预案簿 应急队伍名册 避难场所登记簿',
    ),
  },
  {
    area: '单位与设施',
    papers: by(null, '辖区单位登记簿 沿街店铺登记簿 学校医院登记簿 社会组织登记簿 市政设施登记簿 养老机构登记簿'),
  },
  {
    area: '特殊人群',
    papers: sensitive('社区矫正对象簿 戒毒康复人员簿 刑满释放人员簿 精神障碍患者簿 涉邪教人员簿 重点青少年簿'),
  },
]
