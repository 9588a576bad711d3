import type { Missing } from './decide-page.js'
import { nick } from './texts.js'
import type { Question, SurveyView } from './types.js'

/** Words around the ballot's page in the browser. */
export const pageTexts = {
  web: '在网页上填',
  link: (survey: SurveyView, url: string, minutes: number) =>
    `点开在网页上填“${survey.title}”，${minutes} 分钟内有效，只能打开一次：\n${url}\n随填随存。换个地方接着填，再发“网页答题 ${nick(survey)}”。请不要转给别人：谁打开就是谁填。`,
  usePrivate: (survey: SurveyView) => `链接只在私聊里发。请点我的头像私聊，发“网页答题 ${nick(survey)}”。`,
  tooOften: '刚发过好几个链接了，请用最近那个，或直接在这里发“答题”。',
  notServed: '网页还没有设好网址（LINLI_URL）。请直接在这里发“答题”。',
  gone: '这份选票已经不在了：可能已经投出，或已经结束。',
  notYours: '这份选票现在不归您填了。',
  saved: '已保存。',
  incomplete: '还有没填完的，已为您标出。填好的都已保存。',
  unknown: '不了解',
  ofCommunity: (name: string) => `${name}的一票`,
  ofHousehold: '您家的一票',
  missing: (missing: Missing, question: Question, rows: number): string => {
    switch (missing) {
      case 'answer':
        return question.kind === 'text'
          ? '请写几个字，没有就写“没有”。'
          : question.kind === 'number'
            ? '请填一个数。'
            : '请选一个。'
      case 'rows':
        return `还有 ${rows} 项没打分；不了解的请选“不了解”。`
      case 'most':
        return `最多选 ${question.kind === 'multiple' ? (question.most ?? '') : ''} 项。`
      case 'range':
        return question.kind === 'number' ? `请填 ${question.min} 到 ${question.max} 的数。` : ''
      case 'reason':
        return `有低于 ${'reasonBelow' in question ? question.reasonBelow : ''} 分的项，请写一句原因。`
    }
  },
} as const
