/** The bot's name in the sandbox; `@邻里` calls it. */
export const BOT_NAME = '邻里'

/** What an operator reads about the sandbox; Chinese first. */
export const texts = {
  starting: '演示聊天页正在启动 / sandbox is starting',
  online:
    '演示聊天页已就绪：任何打开网页的人都能以演示居民或社工的身份说话，不要用于真实数据。 / sandbox is on: whoever opens the page can speak as any demo person',
  stopped: '已停止 / stopped',
} as const
