import { BOT_NAME } from '../../channels/sandbox/texts.js'
import type { SandboxFaultKind } from '../../channels/sandbox/types.js'

export const texts = {
  botName: BOT_NAME,
  title: '邻里 · 社区群里的办事助手',
  description: '在浏览器里试用邻里：以居民或社工的身份在群里说话，看诉求怎样登记、派单、办结、回访。',
  needsScript: '这个页面要用 JavaScript 才能聊天，请在浏览器里允许它。 / This page needs JavaScript.',
  loading: '正在打开…',
} as const

export const roleLabels = {
  resident: '居民',
  worker: '社工',
  coordinator: '协管员',
  manager: '社区主任',
  officer: '街道干部',
  surveyor: '第三方调查员',
  stranger: '未登记的人',
} as const

export type FaultCode =
  | SandboxFaultKind
  | 'bad_request'
  | 'too_large'
  | 'not_a_picture'
  | 'foreign_origin'
  | 'not_found'
  | 'no_clock'
  | 'not_stored'

/** What a person reads when something was not taken: Chinese, English. */
export const faults: Readonly<Record<FaultCode, readonly [string, string]>> = {
  unknown_person: ['没有这个人，请重新选择身份。', 'There is no such person; choose somebody else to speak as.'],
  unknown_conversation: ['没有这个会话，请刷新页面。', 'There is no such conversation; reload the page.'],
  not_a_member: ['这个人不在这个群里，不能在这里说话。', 'This person is not in this conversation.'],
  not_yours: ['只能修改自己最近说的话。', 'Only your own recent messages can be changed.'],
  bad_media: ['图片没有找到，请重新选择。', 'The picture was not found; choose it again.'],
  offline: ['服务正在停止或启动，请稍后再试。', 'The service is stopping or starting; try again shortly.'],
  bad_request: ['请求的内容不对，请检查后再试。', 'The request is not understood; check it and try again.'],
  too_large: [
    '内容太大了：文字最多 4000 字，图片最多 1 MB。',
    'Too large: at most 4,000 characters or a picture of 1 MB.',
  ],
  not_a_picture: ['只能发送 PNG、JPEG 或 WebP 图片。', 'Only PNG, JPEG or WebP pictures can be sent.'],
  foreign_origin: ['只接受从本站页面发来的请求。', 'Only requests from this site’s own pages are taken.'],
  not_found: ['没有找到。', 'Not found.'],
  no_clock: ['这里的时钟不能调。', 'The clock cannot be moved here.'],
  not_stored: ['消息没有存下来，请再试一次。', 'The message was not stored; please try again.'],
}
