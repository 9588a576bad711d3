import type { Role } from '../../kernel/module.js'
import { type OwnWords, worded } from '../../kernel/wording.js'
import { wordings } from './wordings.js'

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  resident: '居民',
  worker: '社工',
  coordinator: '协管员',
  manager: '社区主任',
  officer: '街道干部',
  surveyor: '第三方调查员',
}

export const CHAT_NAMES = { residents: '居民群', workers: '社工群', subdistrict: '街道群' } as const

export const texts = {
  hello: (own: OwnWords, name: string) => worded(wordings.hello, own, { 称呼: name ? `，${name}` : '' }),
  helpTitle: '您可以这样说：',
  helpPlain: '小区里的事，直接说就行，例如“3幢2单元电梯坏了”。',
  groupHello: '大家好，我是邻里。请社区主任在这里发“绑定本群 居民群”（或 社工群、街道群），我就开始工作。',
  bindUsage: '请写“绑定 幢-单元-室 姓名”，如“绑定 3-2-501 张三”。工作人员请写“绑定 工号 姓名”。',
  bindPrivately: '为了您的隐私，请私聊我发“绑定”。',
  noHousehold: (place: string) => `没有找到${place}这一户。请核对幢、单元、室；刚交房的请联系社工登记。`,
  severalHouseholds: '不止一户对得上，请把单元也写上，如“绑定 3-2-501 姓名”。',
  noStaff: '没有找到这个工号和姓名，请核对，或让主任在花名册里登记。',
  claimed: (who: string) => `收到，已请${who}确认，确认后我会告诉您。`,
  claimQuestion: (name: string, account: string, place: string) =>
    `【待确认】“${account}”说自己是${place}的${name}，对吗？`,
  staffQuestion: (name: string, account: string, staffNo: string) =>
    `【待确认】“${account}”说自己是工号 ${staffNo} 的${name}，确认后他可以办理诉求。是本人吗？`,
  confirmed: (what: string) => `已确认，${what}。`,
  confirmedToPerson: (own: OwnWords, place: string) => worded(wordings.bound, own, { 住址: place }),
  confirmedToStaff: (name: string) => `绑定好了，${name}。发“待办”看手上的诉求，发“帮助”看全部说法。`,
  refused: '好，没有绑定。',
  refusedToPerson: '社区没有确认这次绑定。请核对门牌和姓名后再试，或联系您的网格员。',
  settled: '这条已经处理过了。',
  alreadyBound: (place: string) => `您已经绑定了${place}。要换的话，新的门牌一样发“绑定”，确认后就换。`,
  chatBound: (kind: string, community: string) => `好，这里是${community}的${kind}。`,
  chatUsage: '请写“绑定本群 居民群”，也可以是 社工群、街道群；居民群可以带上网格，如“绑定本群 居民群 第一网格”。',
  chatPrivate: '“绑定本群”要在群里说。',
  noGrid: (name: string) => `没有叫“${name}”的网格。`,
  reclaimAsk: '这个群原来是哪一个？（微信重新登录后群号会变，选对了记录就接上）',
  reclaimNone: '没有可以接上的群。新群请发“绑定本群 居民群”。',
  reclaimed: (name: string) => `接上了，这里就是“${name}”。`,
  unbound: (channel: string, id: string) =>
    `我还不认识您。居民请发“绑定 3-2-501 姓名”，工作人员请发“绑定 工号 姓名”。您的账号编号是 ${channel} ${id}，管理员可以把它填进花名册。`,
  nobodyToConfirm: (channel: string, id: string) =>
    `还没有主任能在这里确认。请把您的账号编号 ${channel} ${id} 交给系统管理员，填进花名册“人员”表的 ${channel} 一栏，导入后就好。`,
  who: (name: string, roles: string, place: string) =>
    `您是${name}${roles ? `（${roles}）` : ''}${place ? `，${place}` : ''}。`,
} as const
