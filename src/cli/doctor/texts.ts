/** What the doctor says; Chinese first, English beside it. */
export const texts = {
  headings: { variables: '配置 / Configuration', checks: '检查 / Checks' },
  defaulted: '默认 / default',
  marks: { well: '✓', note: '·', wrong: '✗' },
  allWell: '没有发现问题 / nothing wrong was found',
  someWrong: (count: number) => `发现 ${count} 处问题 / ${count} things are wrong`,
  envFile: { there: '已读取 .env / .env was read', missing: '没有 .env，用默认值 / no .env, defaults hold' },
  node: (version: string) => `${version}；需要 20.19 以上 / 20.19 or later is needed`,
  config: '配置 / configuration',
  database: {
    what: '数据库 / database',
    willBeMade: (file: string) => `${file} 还没有，启动时会建 / not there yet, made at the start`,
    migrations: '数据库版本 / migrations',
    current: (count: number) => `已是最新，共 ${count} 个 / up to date`,
    pending: (names: readonly string[]) =>
      `有 ${names.length} 个待应用，启动时自动应用 / pending, applied at the start：${names.join(', ')}`,
    unknown: (names: readonly string[]) =>
      `数据库比这个版本的程序新，请升级程序 / the database is newer than this program：${names.join(', ')}`,
    failed: (names: readonly string[]) => `没有做完 / did not finish：${names.join(', ')}`,
    damaged: (said: string) => `文件已损坏，请从备份恢复 / the file is damaged：${said}`,
    notWritable: (folder: string) => `${folder} 不可写 / cannot be written`,
    opened: (size: string) => `可以打开 / opens ${size}`,
  },
  content: {
    what: '内容 / content',
    communities: (count: number, names: string) => `${count} 个社区 / communities：${names}`,
    empty: '还没有社区：linli import 导入名册，或用 linli demo 试用 / no community yet: linli import, or linli demo',
    noChats: '还没有归好的群：linli bind-chat / no group is assigned yet',
    full: (count: number) =>
      `有 ${count} 个附件因空间满了存不下：调大 LINLI_ATTACHMENTS_MB，或缩短保存天数 / attachments were not kept for want of room`,
    setAside: (count: number) => `有 ${count} 条消息出错搁置：linli inbox list / messages were set aside`,
    uncovered: (codes: string) => `网格没有社工 / grids without a worker：${codes}`,
  },
  font: {
    what: '中文字体 / Chinese font',
    there: '随程序附带 / comes with the program',
    missing: '缺少 @expo-google-fonts/noto-sans-sc，图表没有中文：请重新 npm ci / missing, run npm ci again',
  },
  telegram: {
    what: 'Telegram',
    off: '没有配置 / not configured',
    online: (username: string) => `连上了 @${username} / reachable`,
    groupsOff: '机器人不能进群：在 @BotFather 里 /setjoingroups 打开 / the bot may not join groups',
    webhook: (url: string, waiting: number) => `推送到 ${url}，待送 ${waiting} 条 / webhook, waiting`,
    webhookElsewhere: (url: string) =>
      `推送地址是 ${url}，与 TELEGRAM_WEBHOOK_URL 不同，启动时会改 / the webhook is another one, changed at the start`,
    webhookError: (said: string) => `最近一次推送失败 / the last delivery failed：${said}`,
  },
  wechat: {
    what: '微信 / WeChat',
    off: '没有配置 / not configured',
    there: (puppet: string) => `${puppet} 已安装；个人微信号有被封的风险 / installed; accounts may be banned`,
    missing: (puppet: string) => `没有安装 ${puppet}：npm i ${puppet} / is not installed`,
  },
  llm: {
    what: '大语言模型 / language model',
    off: '没有配置，不影响使用 / not configured, nothing needs it',
    answered: (status: number) => `地址可达 / reachable (HTTP ${status})`,
  },
  service: {
    what: '服务 / service',
    running: (address: string) => `正在运行 / running at ${address}`,
    stopped: (address: string) => `没有运行，${address} 空闲 / not running, the port is free`,
    taken: (address: string) => `${address} 被别的程序占用 / is taken by another program`,
    ill: (address: string, status: number) => `${address} 有应答但不健康 / answers HTTP ${status}`,
  },
} as const
