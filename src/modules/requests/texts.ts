import { type Address, CATEGORY_NAMES, type Category } from '../../kernel/intent.js'
import { shortTime } from '../../kernel/local-time.js'
import { maskText } from '../../kernel/masking.js'
import { type OwnWords, worded } from '../../kernel/wording.js'
import { type Kind, type Named, type RequestView, type Resolution, type Status, shortNumber } from './types.js'
import { wordings } from './wordings.js'

export const STATUS_NAMES: Readonly<Record<Status, string>> = {
  new: '待派单',
  assigned: '待接单',
  in_progress: '处理中',
  waiting: '等待中',
  closed: '已办结',
}

export const RESOLUTION_NAMES: Readonly<Record<Resolution, string>> = {
  solved: '已解决',
  cannot: '无法解决',
  not_ours: '不属于社区',
  withdrawn: '居民撤回',
  duplicate: '重复',
  not_a_request: '不是诉求',
}

/** Who to turn to when something is not ours; the worker picks one. */
export const WHOSE = ['物业报修', '自行维修，可推荐师傅', '业委会'] as const

const EXCERPT = 60

/** What a worker's card shows. */
export interface CardFacts {
  readonly kind: Kind
  readonly number: string
  readonly urgent: boolean
  readonly maybeUrgent: boolean
  readonly category: Category
  readonly address: Address
  readonly reporter: string
  /** Local time of the report. */
  readonly at: string
  readonly text: string
  /** Local time by which it is to be taken up. */
  readonly due: string
  /** Reports of the same building and category in the 30 days before. */
  readonly before: number
  /** What came with it, in words; empty where nothing did. */
  readonly attached: string
  /** A request that may be the same problem, and what speaks for it. */
  readonly similar?: { readonly number: string; readonly saw: readonly string[] }
}

export const excerpt = (text: string, most = EXCERPT): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > most ? `${line.slice(0, most)}…` : line
}

/** `3幢2单元501`; in a group without the room. */
export function placeText({ building, unit, room }: Address, full: boolean): string {
  const parts = [building && `${building}幢`, unit && `${unit}单元`, full && room]
  return parts.filter(Boolean).join('')
}

const bracket = (address: Address, category: Category, full: boolean): string =>
  [placeText(address, full), CATEGORY_NAMES[category]].filter(Boolean).join('·')

/** `0007 公共设施·3幢2单元`: how lists and answers name a request. */
export const title = (request: RequestView, full = true): string =>
  `${shortNumber(request.number)} ${bracket(request.address, request.category, full)}`

export const texts = {
  logged: (
    own: OwnWords,
    { number, address, category }: { number: string; address: Address; category: Category },
    worker: Named | null,
    term: string,
    full: boolean,
  ) => {
    const named = { 编号: number, 事项: bracket(address, category, full) }
    return worker
      ? worded(wordings.logged, own, { ...named, 网格员: worker.name, 时限: term })
      : worded(wordings.loggedUnassigned, own, named)
  },
  consultLogged: (own: OwnWords, number: string, worker: Named | null) =>
    worded(wordings.consult, own, { 编号: number, 谁: worker ? `网格员${worker.name}` : '社区工作人员' }),
  urgentLogged: (number: string, told: readonly string[], advice: string) =>
    `已紧急通知${told.length > 0 ? told.join('、') : '社区'}（${number}）。${advice}`,
  askWhere: (own: OwnWords) => worded(wordings.askWhere, own, {}),
  card: (request: CardFacts) => {
    const { kind, urgent, maybeUrgent, number, category, address, reporter, at, text, due, before, attached, similar } =
      request
    const head = urgent
      ? '🔴紧急'
      : maybeUrgent
        ? '⚠️可能紧急，请先看一眼 '
        : kind === 'consult'
          ? '【咨询】'
          : '【待接单】'
    const place = placeText(address, true)
    return [
      `${head}${number} ${CATEGORY_NAMES[category]}${place ? ` | ${place}` : ''}`,
      `报：${reporter} ${at}`,
      `“${excerpt(maskText(text), 200)}”${attached && `\n附：${attached}`}`,
      `${urgent ? '接单' : '接单时限'} ${due}${before > 0 ? ` | 同幢近30天第${before + 1}次` : ''}`,
      ...(similar
        ? [`可能与 ${shortNumber(similar.number)} 是同一件事（${similar.saw.join('，')}），点“并入”合成一件`]
        : []),
    ].join('\n')
  },
  suspicion: (text: string, reporter: string, time: string, category: Category, urgent: boolean) =>
    `${urgent ? '🔴像是紧急情况' : '像是诉求，拿不准'}：“${excerpt(maskText(text), 120)}”（${reporter}，${time}）→ ${CATEGORY_NAMES[category]}？`,
  suspicionGone: '这条已经有人处理过了。',
  dismissed: '好，不登记，我会记住这类话。',
  askedReporter: '已问对方，等他回复。',
  offerToLog: (text: string) => `要我登记成诉求吗？“${excerpt(text, 60)}”`,
  askReporter: (text: string) => `您刚才说“${excerpt(text, 40)}”，需要社区帮忙处理吗？`,
  neededNot: '好的，不打扰您。需要时随时说一声。',

  noSuch: (ref: string | null) =>
    ref
      ? `没找到编号 ${ref} 的诉求。发“待办”看您手上的，或引用那条卡片再说一次。`
      : '您手上没有在办的诉求。发“待办”可以看看。',
  which: (verb: string) => `您想${verb}哪一件？回复编号：`,
  closedAlready: (request: RequestView) =>
    `${shortNumber(request.number)} 已经办结（${RESOLUTION_NAMES[request.resolution ?? 'solved']}），不能再改。`,
  elsewhere: '这件不在您的社区。',

  accepted: (request: RequestView, by: string) => `${shortNumber(request.number)} 由${by}接单。`,
  acceptedAlready: (request: RequestView) => `${shortNumber(request.number)} ${request.worker?.name ?? ''}已经接了。`,
  acceptedToReporter: (own: OwnWords, request: RequestView, by: string) =>
    worded(wordings.accepted, own, { 事项: title(request), 谁: by }),
  acceptedInGroup: (request: RequestView, by: string) => `您报的 ${shortNumber(request.number)} ${by}已接单。`,
  askNote: '请写一句进展，我会转告居民。',
  noted: (request: RequestView) => `已记下 ${shortNumber(request.number)} 的进展，并告诉了居民。`,
  noteToReporter: (request: RequestView, words: string) => `您报的${title(request)}有进展：${words}`,
  askResult: (request: RequestView) => `请写一句 ${shortNumber(request.number)} 是怎么处理的，居民会看到。`,
  askWhy: (request: RequestView) => `请写一句 ${shortNumber(request.number)} 为什么办不了，居民会看到。`,
  askWhose: '请选一项让居民知道该找谁：',
  askWhoseWords: '请写一句该找谁，居民会看到。',
  askTransfer: '转给谁？请发“转派 编号 姓名”，如“转派 0012 李强”。',
  noWorker: (name: string) => `没找到叫“${name}”的社区工作人员，请写全名。`,
  twoWorkers: (name: string) => `有不止一位“${name}”，请写工号或全名。`,
  transferred: (request: RequestView, to: string) => `${shortNumber(request.number)} 已转给${to}。`,
  transferredToReporter: (request: RequestView, to: string) => `您报的${title(request)}转由${to}跟进。`,
  askPause: '请写在等什么，如“暂停 0012 等配件 到11-25”。',
  paused: (request: RequestView, until: string | null) =>
    `${shortNumber(request.number)} 先放着${until ? `，${until} 我会提醒您` : ''}。`,
  pausedToReporter: (request: RequestView, words: string, until: string | null) =>
    `您报的${title(request)}要等一等：${words}${until ? `，预计 ${until} 有结果` : ''}。`,
  resumed: (request: RequestView) => `${shortNumber(request.number)} 继续办理。`,
  closed: (request: RequestView) => `${shortNumber(request.number)} 已办结，已请居民评价。`,
  closedToReporter: (own: OwnWords, request: RequestView, resolution: Resolution, words: string) => {
    const named = { 事项: title(request) }
    switch (resolution) {
      case 'solved':
        return worded(wordings.solved, own, { ...named, 说明: words })
      case 'cannot':
        return worded(wordings.cannot, own, { ...named, 说明: words })
      case 'not_ours':
        return worded(wordings.notOurs, own, { ...named, 找谁: words.replace(/^请?找/, '') })
      default:
        return `您报的${title(request)}已办结：${words}。`
    }
  },
  closedInGroup: (request: RequestView, words: string) =>
    `您报的 ${shortNumber(request.number)} 已办结：${excerpt(words, 40)}。私聊我可以评价，或说“没解决”。`,
  takenDown: (request: RequestView) =>
    `您提到的${title(request)}社区看过，没有作为诉求办理。如果确实需要处理，请再说一声，写“报事”开头就一定登记。`,
  notRequest: (request: RequestView) => `${shortNumber(request.number)} 已撤下，不算诉求，我会记住这类话。`,
  duplicateUsage: '请写并到哪一件，如“合并 0012 到 0007”。',
  sameRequest: '不能并到它自己。',
  merged: (request: RequestView, into: string) =>
    `${shortNumber(request.number)} 已并入 ${shortNumber(into)}，两边的居民都会收到进展。发“拆分 ${shortNumber(request.number)}”可以撤销。`,
  mergedToReporter: (request: RequestView, into: string) =>
    `您报的${title(request)}和 ${shortNumber(into)} 是同一件事，合在一起办，进展照样告诉您。`,
  unmerged: (request: RequestView) => `${shortNumber(request.number)} 已拆开，重新单独办理。`,
  notMerged: (request: RequestView) => `${shortNumber(request.number)} 没有并到别的诉求里。`,
  recategorised: (request: RequestView, category: Category) =>
    `${shortNumber(request.number)} 已改为${CATEGORY_NAMES[category]}。`,
  categories: () => `请写类别，如“改类 0012 环境卫生”。可选：${Object.values(CATEGORY_NAMES).join('、')}`,
  readdressed: (request: RequestView, address: Address, worker: Named | null) =>
    `${shortNumber(request.number)} 地址已改为${placeText(address, true)}${worker ? `，由${worker.name}负责` : ''}。`,
  askAddress: '请写地址，如“改址 0012 3幢2单元501”。',
  tapped: '这一步已经有人做过了。',

  nothingOpen: '您没有在办的诉求。哪里有问题，直接跟我说就行。',
  progressOne: (request: RequestView, timezone: string) =>
    `${title(request)}：${STATUS_NAMES[request.status]}${request.worker ? `，${request.worker.name}负责` : ''}，${
      request.status === 'closed'
        ? `${RESOLUTION_NAMES[request.resolution ?? 'solved']}${request.resolutionNote ? `：${request.resolutionNote}` : ''}`
        : `最迟 ${shortTime(request.closeBy, timezone)} 前办结`
    }。`,
  progressList: (count: number) => `您有${count}件在办：`,
  chaseWhich: '想催哪一件？回复 1、2 …',
  chased: (request: RequestView, worker: Named | null) =>
    `已提醒${worker ? worker.name : '社区'}尽快办 ${shortNumber(request.number)}，${STATUS_NAMES[request.status]}。`,
  chasedToWorker: (request: RequestView, words: string, timezone: string) =>
    `【催单】${title(request)}（${request.reporterName}，第${request.chases + 1}次）“${excerpt(maskText(words), 80)}”\n最迟 ${shortTime(request.closeBy, timezone)}`,
  chasedRecently: (request: RequestView) =>
    `刚刚已经催过了，${request.worker?.name ?? '工作人员'}看得到，有进展马上告诉您。`,
  detailAdded: (request: RequestView) => `已补充到 ${shortNumber(request.number)}。`,
  detailToWorker: (request: RequestView, words: string, attached: string) =>
    `【补充】${title(request)}：${[excerpt(maskText(words), 200), attached && `〔${attached}〕`].filter(Boolean).join(' ') || '〔图片〕'}`,
  withdrawn: (request: RequestView) => `好的，${shortNumber(request.number)} 已按您说的撤回。`,
  withdrawnToWorker: (request: RequestView, words: string) =>
    `【已撤回】${title(request)}，居民说：“${excerpt(maskText(words), 80)}”不用再跑了。`,
  withdrawWhich: '想撤回哪一件？回复 1、2 …',
  metooJoined: (request: RequestView) => `已记上，您也在 ${shortNumber(request.number)} 里，有进展一起告诉您。`,
  metooToWorker: (request: RequestView, households: number) =>
    `【附议】${title(request)}又有邻居反映，现在共 ${households} 户。`,
  metooWhich: '您说的是哪一件？请引用那条登记消息，或发“附议 编号”。',
  contestAsk: '抱歉。请说一句哪里没好，我马上转回网格员，并告诉社区主任。',
  contestOnce: '这件已经重开过一次。请直接联系社区主任，或重新报一件。',
  contestLate: (days: number) => `办结超过${days}天，不能重开了。请重新说一下现在的情况，我另登记一件。`,
  contested: (request: RequestView) => `已重新打开 ${shortNumber(request.number)}，网格员和社区主任都收到了。`,
  contestedToStaff: (request: RequestView, words: string) =>
    `【居民说没解决】${title(request)}：“${excerpt(maskText(words), 120)}”已重新打开，请再跟进。`,
  nothingToContest: '最近没有办结的诉求。哪里有问题，直接跟我说就行。',
  thanks: (own: OwnWords) => worded(wordings.thanks, own, {}),
  fairly: '谢谢。还有哪里不到位，说一句我转告（不回也没关系）。',
  reasonThanks: '记下了，谢谢。',
  rated: (request: RequestView) => `${shortNumber(request.number)} 您已经评价过了，谢谢。`,
  feedbackToWorker: (request: RequestView, words: string) =>
    `【居民反馈】${title(request)}：“${excerpt(maskText(words), 120)}”`,

  dueTitle: { accept: '还没接单', close: '还没办结' } as const,
  overdue: (request: RequestView, what: 'accept' | 'close', timezone: string) => {
    const by = what === 'accept' ? request.acceptBy : request.closeBy
    return `【超时】${title(request)}${texts.dueTitle[what]}（时限 ${shortTime(by, timezone)}，${request.worker?.name ?? '未派人'}）`
  },
  /** To people who look after several communities; without the room. */
  overdueToSubdistrict: (
    request: RequestView,
    what: 'accept' | 'close',
    community: { name: string; timezone: string },
  ) => {
    const by = what === 'accept' ? request.acceptBy : request.closeBy
    const place = bracket(request.address, request.category, false)
    return `【超时】${community.name} ${request.number} ${place}${texts.dueTitle[what]}（时限 ${shortTime(by, community.timezone)}，${request.worker?.name ?? '未派人'}）`
  },
  waitOver: (request: RequestView) => `【到时间了】${title(request)}说好今天有结果，请跟进或再发“暂停”。`,
  todo: (count: number) => `在办 ${count} 件：`,
  todoNone: '手上没有在办的诉求，歇口气。',
  todoLine: (request: RequestView, timezone: string) =>
    `${request.urgent ? '🔴' : ''}${title(request)} ${STATUS_NAMES[request.status]} 最迟${shortTime(request.closeBy, timezone)} “${excerpt(maskText(request.text), 24)}”`,
} as const
