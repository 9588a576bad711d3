/** What an operator reads about Telegram; Chinese first. */
export const texts = {
  starting: '正在连接 Telegram… / connecting to Telegram',
  online: (username: string) => `已连接 @${username} / connected as @${username}`,
  privacyMode: (username: string) =>
    `注意：@${username} 开着隐私模式，看不到群里的普通发言，只能收到命令和对它的回复。` +
    '请在 @BotFather 里 /setprivacy 选 Disable，再把机器人移出群并重新加入；或把它设为群管理员。' +
    ` / Privacy mode is ON: @${username} does not see ordinary talk in groups. In @BotFather send /setprivacy, choose` +
    ' Disable, then remove the bot from each group and add it again; or make it an administrator.',
  tokenRefused:
    'Telegram 不认这个令牌：请核对 TELEGRAM_BOT_TOKEN（可在 @BotFather 重新生成）。' +
    ' / Telegram refuses the token: check TELEGRAM_BOT_TOKEN.',
  conflict:
    '另一个程序正用同一个令牌收消息，本服务收不全：请停掉它，一个令牌只能由一处接收。' +
    ' / Another program receives with the same token (409): stop it; one token, one receiver.',
  unreachable: (reason: string) => `连不上 Telegram，正在重试：${reason} / cannot reach Telegram, retrying: ${reason}`,
  notStored:
    '收到的消息暂时存不下，已请 Telegram 重发。 / messages cannot be stored at present; Telegram will redeliver',
  webhookRefused: (reason: string) => `登记 webhook 失败，正在重试：${reason} / setWebhook failed, retrying: ${reason}`,
  stopped: '已停止 / stopped',
  badSecret:
    'TELEGRAM_WEBHOOK_SECRET 只能由 1–256 个字母、数字、_ 或 - 组成。' +
    ' / TELEGRAM_WEBHOOK_SECRET must be 1-256 characters of A-Z a-z 0-9 _ -',
} as const
