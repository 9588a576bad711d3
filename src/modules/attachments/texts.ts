export const texts = {
  /** To the worker; `what` is the request's number or the day of the visit. */
  refused: (what: string, why: string) =>
    `【图片未能保存】${what}：${why.replace(/^图片未能保存：/, '')}。请让对方重发一次，或当面看一下；聊天里原来那张还在的话，请先存下来。`,
  request: (number: string) => `${number.slice(number.lastIndexOf('-') + 1)} 的附件`,
  visit: (day: string) => `${day.slice(5)} 走访的照片`,
  expired: (count: number) => `附件保存期满，已删除 ${count} 个`,
  takenDown: (count: number) => `不是诉求，所附 ${count} 个附件已删除`,
} as const
