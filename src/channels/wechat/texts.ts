/** What an operator reads about WeChat, and the few words people read; Chinese first. */
export const texts = {
  starting: '正在启动微信通道… / starting WeChat',
  scan: (link: string) => `请用机器人的微信扫码登录 / scan to log in: ${link}`,
  scanned: '已扫码，请在手机上点“登录”。 / scanned: confirm on the phone',
  online: (name: string) => `已登录微信：${name} / logged in as ${name}`,
  loggedOut: (reason: string) =>
    `微信已退出登录，收不到也发不出消息，请重新扫码。${reason} / WeChat logged out, scan again. ${reason}`,
  silent: (minutes: number) =>
    `微信已有 ${minutes} 分钟没有任何动静，登录可能已悄悄失效：请看一下机器人的手机。` +
    ` / no sign of life from WeChat for ${minutes} minutes; the login may have lapsed`,
  failed: (reason: string) => `微信通道启动失败：${reason} / WeChat did not start: ${reason}`,
  notStored: '收到的消息暂时存不下，正在重试。 / messages cannot be stored at present; trying again',
  stopped: '已停止 / stopped',
  notLoggedIn: '微信未登录 / WeChat is not logged in',
  unknownMessage: '微信里已找不到这条消息 / WeChat does not know the message any more',
  unknownConversation: (id: string) =>
    `微信里找不到会话 ${id}：重新登录后群和好友的标识会变，请用 bind-chat 重新绑定。` +
    ` / no such conversation: ids change at login, bind the chat again`,
  invited: '有人邀请机器人进群：请在机器人的手机上接受。 / invited into a room: accept it on the phone',
  friendRequest: '有人请求加机器人为好友：请在机器人的手机上处理。 / friend request: handle it on the phone',
  answerByNumber: '（回复数字）',
  /** In a group a bare number among many people means nothing. */
  answerByQuote: '（引用本条消息，回复数字）',
} as const
