import type { CATEGORY_NAMES } from '../../kernel/intent.js'

const list = (names: readonly string[]): string => names.join('、')
const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text)

export const CATEGORY_WORDS = (names: typeof CATEGORY_NAMES): [string, string][] =>
  Object.entries(names).map(([code, name]) => [name, code])

/** Words of a state in a search, with the code requests keep. */
export const STATUS_WORDS: Readonly<Record<string, string>> = {
  待派单: 'new',
  待接单: 'assigned',
  处理中: 'in_progress',
  在办: 'in_progress',
  等待中: 'waiting',
  已办结: 'closed',
  办结: 'closed',
}

export const texts = {
  noCommunity: '还不知道您问的是哪个社区。请在社区的群里问，或先绑定。',
  usePrivate: '请私聊我再发这句话。',
  badMonth: '没看懂是哪个月。请写成 2026-11、11月、上月 或 2026（整年）。',

  exported: (title: string, rows: number, code: string, masked: boolean) =>
    `${title}：共 ${rows} 行，${masked ? '个人信息已打码' : '含完整个人信息，请勿外传'}。校验总码 ${code}，已登记入账，事后可核对是否被改过。`,
  exportTooLarge: (rows: number) =>
    `这一期有 ${rows} 行，文件太大，聊天里发不了。请管理员在电脑上运行 linli export 导出，或按月导出。`,
  workbookTitle: (community: string, period: string) => `${community} 电子台账 ${period}`,

  searchWhat: '请写要查的词，如“查 电梯 3幢”。还可以加月份、类别、状态，如“查 电梯 2026-11 已办结”。',
  searchNone: (words: string) => `台账和诉求里都没有查到“${words}”。换个短一点的词试试。`,
  searchHead: (words: string, requests: number, entries: number, more: boolean) =>
    `查“${words}”：诉求 ${requests} 件，台账 ${entries} 条${more ? '（只列最近的，更多请到网页查）' : ''}`,
  searchRequest: (number: string, place: string, text: string, status: string, at: string) =>
    `· ${number} ${place} “${cut(text, 30)}” ${status} ${at}`,
  searchEntry: (at: string, text: string) => `· ${at} ${cut(text, 60)}`,

  notOver: (month: string, day: string) => `${month} 还没有过完，${day} 起可以封账。`,
  closedAlready: (month: string, fingerprint: string) => `${month} 已经封账，指纹 ${fingerprint}。`,
  nothingToClose: (month: string) => `${month} 以前还没有台账，不用封。`,
  closed: (community: string, month: string, entries: number, fingerprint: string) =>
    `🔒 ${community} ${month} 台账已封账：${entries} 条，指纹 ${fingerprint}。之后的更正会另记一条，原记录不改。`,
  closedEvent: (month: string, first: number, last: number, fingerprint: string) =>
    last < first
      ? `${month} 封账：本月没有条目，指纹 ${fingerprint}`
      : `${month} 封账：第 ${first}–${last} 条，指纹 ${fingerprint}`,

  pagesHead: (pages: number, replaced: number, known: number) =>
    `电子台账 ${pages} 页，代替纸质台账 ${replaced} 本（目录共 ${known} 本）：`,
  page: (title: string, count: number, examples: readonly string[]) =>
    count === 0 ? `· ${title}` : `· ${title}：代替 ${count} 本，如${list(examples)}`,
  pagesLeft: (left: number, sensitive: number) =>
    `还有 ${left} 本未纳入；特殊人群 ${sensitive} 本由主管部门保管，不进群、不进本系统。`,

  pageFaults: (faults: readonly string[]) => ['这样定义不行：', ...faults.map((fault) => `· ${fault}`)].join('\n'),
  pagesFull: (most: number) => `自定义的台账页最多 ${most} 页，请先撤下一页。`,
  pageDefined: (title: string) => `台账页“${title}”已定义，从此自动填。`,
  pageDropped: (title: string) => `台账页“${title}”已撤下，已记的条目不变。`,
  pageUnknown: (name: string) => `没有自定义的台账页 ${name}。`,

  linkMade: (url: string, label: string, titles: readonly string[], period: string, until: string) =>
    `检查链接（${label}）：${url}\n可看：${list(titles)}；期间 ${period}；${until} 前有效，个人信息已打码，每次打开都有记录。\n要提前收回，发“检查链接”看编号，再发“撤销链接 编号”。`,
  linkEvent: (label: string, titles: readonly string[], period: string, until: string) =>
    `开出检查链接给${label}：${list(titles)}，期间 ${period}，${until} 前有效`,
  linkNoAddress: '还没有配置网页地址，开不出链接。请管理员先让网页服务可以从外面打开。',
  linkDays: '链接最长 30 天。请写成“检查链接 市民政局 7天 居民诉求 2026-10”。',
  linkList: '有效的检查链接：',
  link: (id: number, label: string, titles: readonly string[], until: string, views: number) =>
    `· ${id} 号 ${label}：${list(titles)}，${until} 前有效，看过 ${views} 次`,
  noLinks: '现在没有有效的检查链接。要开一个：“检查链接 市民政局 7天 居民诉求 2026-10”。',
  linkRevoked: (id: number) => `${id} 号检查链接已收回，打不开了。`,
  linkRevokedEvent: (id: number) => `收回 ${id} 号检查链接`,
  linkUnknown: (id: number) => `没有 ${id} 号检查链接，或已经收回。`,

  holdings: (lines: readonly string[]) => ['我这里有您的这些信息：', ...lines.map((line) => `· ${line}`)].join('\n'),
  holdName: (names: readonly string[]) => `称呼：${list(names)}`,
  holdPhone: (phone: string) => `电话：${phone}`,
  holdChannels: (channels: readonly string[]) => `联系渠道：${list(channels)}`,
  holdHome: (home: string) => `绑定的门牌：${home}`,
  holdRequests: (count: number, open: number, joined: number) =>
    `诉求：您报的 ${count} 件（在办 ${open} 件），附议 ${joined} 件`,
  holdRatings: (count: number) => `满意度回答：${count} 次`,
  holdMessages: (count: number, days: number) => `聊天消息：${count} 条（与办事无关的 ${days} 天后自动清空文字）`,
  holdAttachments: (count: number) => `随诉求发来的图片和文件：${count} 个`,
  holdEntries: (count: number) => `台账里与您有关的记录：${count} 条`,
  holdViews: (count: number) => `工作人员查看您信息的记录：${count} 次`,
  holdNothing: '除了这个聊天账号，我没有您的其他信息。',
  holdSurveys: '无记名问卷的答案与您没有任何关联，查不到，也不用删。',
  holdRights: '要改，请告诉网格员；要删，发“删除我的信息”。',
  forgetButton: '删除我的信息',

  forgetWhat: (open: number) =>
    [
      '删除后：您的称呼、电话、门牌绑定、聊天原话、发来的图片都会清掉，台账里您说过的话换成“已按本人要求删除”，无法恢复。',
      '依规定要留的（办过什么事、什么时间、哪一幢）会留下，但不再能看出是您。',
      ...(open > 0 ? [`您还有 ${open} 件诉求在办，删除后我们没法再告诉您进展，也不能再催。`] : []),
      '确定吗？',
    ].join('\n'),
  forgetYes: '确认删除',
  forgetNo: '不删了',
  forgetKept: '好的，没有删除。',
  forgetStaff: '您是社区工作人员，工作记录按规定要留存。离任后由主任解除绑定，再来删除个人信息。',
  forgotten: '已删除。以后再找我，我会当您是第一次来的邻居。',
  forgottenEvent: (entries: number) => `按本人要求删除个人信息：台账 ${entries} 条的文字已删除，账号与诉求已匿名`,
} as const
