import type { WordingFault } from '../../kernel/wording.js'

function faultText(fault: WordingFault): string {
  switch (fault.kind) {
    case 'empty':
      return '不能是空的；要恢复原样请点“用默认”'
    case 'too_long':
      return '太长了，最多 200 字'
    case 'control':
      return '里面有看不见的符号，请重新打一遍'
    case 'unknown_slot':
      return `没有 ${fault.what} 这一项，花括号里只能用列出来的`
    case 'missing':
      return `要保留“${fault.what}”`
  }
}

export const texts = {
  usePrivate: '为了安全，请私聊我发“登录”。',
  notStaff: '工作台是给社区工作人员用的。您的诉求直接对我说就行，发“进度”可以看到办到哪一步了。',
  tooOften: '刚发过好几个登录链接了，请用最近那个，或过一会儿再试。',
  notServed: '工作台还没有设好网址，请联系管理员（设置 LINLI_URL）。',
  link: (url: string, minutes: number) =>
    `点开登录工作台，${minutes} 分钟内有效，只能用一次：\n${url}\n请不要转给别人：谁打开就是谁登录。`,
  linkUsed: '登录链接已使用。',
  signedIn: (agent: string, time: string) => `您已在网页登录（${agent}，${time}）。不是您本人？点下面的按钮。`,
  signOutAll: '不是我，全部退出',
  signedOutAll: (count: number) =>
    count > 0 ? `已让 ${count} 个网页登录全部退出。如果不是您操作的，请告诉社区主任。` : '现在没有网页登录着。',

  noCommunity: '没有找到您管理的社区。',
  unknownSetting: '没有这个设置项。',
  badValue: (label: string, why: string) => `「${label}」的值不合适：${why}`,
  atMost: (most: number) => `最多 ${most}`,
  atLeast: (least: number, inclusive: boolean) => (inclusive ? `最少 ${least}` : `要大于 ${least}`),
  wholeNumber: '要填整数',
  wrongKind: '不是这一项能填的',
  sameValue: (label: string) => `「${label}」本来就是这个值。`,
  changed: (label: string) => `已改好「${label}」，马上生效。`,
  changedEntry: (label: string, before: string, after: string, reason: string) =>
    `修改设置「${label}」：${before} → ${after}${reason ? `（${reason}）` : ''}`,
  standard: '默认',
  badWords: (title: string, fault: WordingFault) => `「${title}」没有保存：${faultText(fault)}。`,
  sameWords: (title: string) => `「${title}」本来就是这么说的。`,
  changedWords: (title: string) => `已改好「${title}」，从下一条起就这么说。`,
  standardWords: (title: string) => `「${title}」已恢复默认说法。`,

  roles: { worker: '社工', coordinator: '协管员', manager: '社区主任' } as const,
  hasRole: (name: string, role: string) => `${name}本来就是${role}。`,
  roleGiven: (name: string, role: string) => `${name}从现在起是${role}。`,
  roleGivenEntry: (name: string, role: string) => `${name}任${role}`,
  roleEnded: (name: string, role: string) => `${name}从现在起不再是${role}，网页登录马上失效。`,
  roleEndedEntry: (name: string, role: string) => `${name}不再任${role}`,
  lastManager: '社区至少要有一位主任。请先让接手的人当主任，再免去这一位。',
  gridsFirst: (name: string, grids: readonly string[]) => `${name}还负责${grids.join('、')}，请先把网格交给别人。`,

  noAccount: '没有这个账号，或它没有绑定。',
  ownAccount: '不能解除自己正在用的账号。',
  unbound: (name: string) => `已解除“${name}”的绑定，对方要重新发“绑定”并确认。`,
  unboundEntry: (name: string) => `解除账号绑定：${name}`,
  unboundTold: '您的账号绑定被社区解除了。如有疑问请联系社区；要重新绑定，请私聊我发“绑定”。',

  noGrid: '没有这个网格。',
  noColleague: '没有这位同事，或他不是这个社区的工作人员。',
  sameHolder: (grid: string, name: string) => `${grid}本来就由${name}负责。`,
  assigned: (grid: string, name: string) => `${grid}从现在起由${name}负责。`,
  assignedEntry: (grid: string, from: string, to: string) => `${grid}责任人：${from} → ${to}`,
  assignedTold: (grid: string) => `从现在起${grid}由您负责，这个网格的新诉求会派给您。`,
  nobody: '无人',
} as const
