import { shortTime } from '../kernel/local-time.js'
import type { Role } from '../kernel/module.js'

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  resident: '居民',
  worker: '社区工作人员',
  coordinator: '协管员',
  manager: '社区主任',
  officer: '街道干部',
  surveyor: '第三方调查员',
}

/** To somebody who may not use a command; names the way to get the right. */
export function refusedText(roles: readonly Role[] | 'anyone'): string {
  const names = roles === 'anyone' ? '' : [...new Set(roles.map((role) => ROLE_NAMES[role]))].join('、')
  return `这一步只有${names}能做。如果您是新同事，请私聊我发“绑定 工号 姓名”，由主任确认。`
}

export const EXPIRED_BUTTON = '这个按钮已经过期了。请发“进度”看最新情况，或直接说您想办的事。'

/** To a bare number that would do the same once more. */
export const repeatedChoiceText = (label: string): string =>
  `“${label}”刚才已经选过了，没有再做一遍。要换别的，直接说就行；真要再来一次，请引用那条消息回数字。`

/** To a bare number long after the choices were shown; the choices follow again. */
export const lateChoiceText = (at: Date, timezone: string): string =>
  `您回的数字，是指我 ${shortTime(at, timezone)} 问的这几项吗？是的话再选一次；不是就直接说您想办的事。`

export const NOT_UNDERSTOOD =
  '没听明白。您可以直接说哪里出了什么问题（如“3幢2单元电梯坏了”）；写“报事”开头就一定登记。发“帮助”看我能做什么。'

export const STRANGE_CHOICE = '这一步现在做不了了，可能别人已经处理。请发“进度”看最新情况。'

/** To the sender when a message could not be handled; the operator sees the error itself. */
export const SET_ASIDE = '抱歉，这条消息我处理时出了错，已经交给管理员查看。急事请直接联系社区。'
