/** Under the words of a message whose picture or file could not be made. */
export const NOT_MADE = '（图或表格暂时做不出来，先看文字；稍后可以再要一次。）'

export const TOO_LARGE = '（做出来的文件太大，聊天里发不了。请管理员在网页或电脑上导出。）'
