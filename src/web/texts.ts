/** Words of the web in both languages; Chinese first. */
export interface Words {
  readonly zh: string
  readonly en: string
}

export type Language = keyof Words

/** The language a caller asks for; Chinese unless English is named before it. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '').toLowerCase()
  const [zh, en] = [wanted.indexOf('zh'), wanted.indexOf('en')]
  return en >= 0 && (zh < 0 || en < zh) ? 'en' : 'zh'
}

/** Both languages in one line, for answers that programs pass on to people. */
export const both = (words: Words): string => `${words.zh} / ${words.en}`

const addressOf = (host: string, port: number) => `${host.includes(':') ? `[${host}]` : host}:${port}`

export const texts = {
  brand: { zh: '邻里', en: 'Linli' },
  running: { zh: '服务正在运行', en: 'The service is running' },
  runningDetail: {
    zh: '在居民群里说一声，诉求就有人接、有回音、有台账。',
    en: 'Say a word in the group, and the request is taken up, answered and in the ledger.',
  },
  notFound: { zh: '没有这个页面', en: 'There is no such page' },
  notFoundDetail: { zh: '地址可能写错了，或页面已经搬走。', en: 'The address may be wrong, or the page has moved.' },
  noEndpoint: { zh: '没有这个接口', en: 'There is no such endpoint' },
  failed: { zh: '出错了', en: 'Something went wrong' },
  failedDetail: {
    zh: '问题已经记下。请稍后再试；一直不行，请把下面的编号告诉管理员。',
    en: 'It has been noted. Please try again later; if it stays, give the number below to your administrator.',
  },
  tooLarge: { zh: '内容太大', en: 'Too large' },
  tooLargeDetail: { zh: '发来的内容超过了上限。', en: 'What was sent is larger than allowed.' },
  noLength: { zh: '没有说明长度', en: 'Length required' },
  noLengthDetail: { zh: '请求要带 Content-Length。', en: 'The request must carry its Content-Length.' },
  forbidden: { zh: '不能这样做', en: 'Not allowed' },
  forbiddenDetail: {
    zh: '请求来自别的网站，没有执行。',
    en: 'The request came from another site and was not carried out.',
  },
  unauthorized: { zh: '缺少有效的令牌', en: 'A valid bearer token is needed' },
  tooMany: { zh: '请求太频繁，请稍后再试', en: 'Too many requests, please try again later' },
  noRequest: { zh: '没有这件诉求，或令牌无权查看', en: 'There is no such request, or the token may not see it' },
  noAttachment: {
    zh: '没有这个附件，它没有存下来，或令牌无权查看',
    en: 'There is no such attachment, its bytes are not kept, or the token may not see it',
  },
  pictures: {
    zh: '图片没法打码，只给本社区工作人员的令牌看',
    en: 'Pictures cannot be masked: they are for tokens of the staff of the community',
  },
  noSurvey: { zh: '没有这份问卷，或令牌无权查看', en: 'There is no such survey, or the token may not see it' },
  staffOnly: {
    zh: '走访记录只给社区和街道的工作人员看',
    en: 'visits are for the staff of communities and subdistricts',
  },
  officersOnly: {
    zh: '评议部门的结果只给街道和区县；部门只能看自己的汇总',
    en: 'Results over departments are for officers; a department sees its own alone',
  },
  stillRunning: { zh: '还没有结束，结束前谁也看不到结果', en: 'It is not over; nobody sees results before' },
  badParameters: { zh: '参数有误', en: 'Bad parameters' },
  oneOf: { zh: '以下之一，或用逗号分隔的几个：', en: 'one of these, or several with commas:' },
  wanted: {
    month: { zh: '月份，如 2026-11', en: 'a month such as 2026-11' },
    limit: { zh: '1–200 的整数', en: 'an integer from 1 to 200' },
    cursor: { zh: '上一页的 next', en: 'next of the page before' },
    since: { zh: '日期或带时区的时间，如 2026-11-01', en: 'a date, or a time with its offset, such as 2026-11-01' },
    until: { zh: '日期或带时区的时间，如 2026-11-01', en: 'a date, or a time with its offset, such as 2026-11-01' },
  },
  otherwise: { zh: '1–60 个字，只写一次', en: '1 to 60 characters, given once' },
  unknownParameter: { zh: '没有这个参数', en: 'there is no such parameter' },
  toHome: { zh: '回首页', en: 'Back to the start' },
  requestId: { zh: '编号', en: 'Number' },
  portInUse: (host: string, port: number) =>
    `${addressOf(host, port)} 已被别的程序占用：请停掉它，或用 PORT 换一个端口。` +
    ` / ${addressOf(host, port)} is taken by another program: stop it, or choose another PORT.`,
  cannotListen: (host: string, port: number, reason: string) =>
    `不能在 ${addressOf(host, port)} 上监听（${reason}）：请核对 HOST 和 PORT。` +
    ` / cannot listen on ${addressOf(host, port)} (${reason}): check HOST and PORT.`,
  badWebhook: (path: string) =>
    `两个渠道用了同一个 webhook 路径 ${path} / two channels want the same webhook path ${path}`,
} as const
