const RUNNERS: Readonly<Record<string, string>> = { manager: '社区主任 / manager', surveyor: '第三方调查员 / surveyor' }

/** What the command line says of surveys; Chinese first, English beside it. */
export const surveyTexts = {
  about: '问卷文件：检查、预览、导入，导出结果 / survey files: check, preview, import; export results',
  check: '检查问卷文件，错处逐行列出 / tell all that is wrong with a file, line by line',
  preview: '照聊天里的样子预览，并数出邀请几户 / show it as the chat would, with how many it asks',
  import: '存为草稿，由主任（或第三方）在聊天里发布 / make it a draft, to be published in the chat',
  results: '导出已结束的一轮的全部数字 / write the tables of a round that is over',
  file: '问卷文件，YAML 或 JSON，或每行一题的文字 / YAML, JSON, or a question a line',
  number: '问卷编号，如 BH-W3 / number of the round',
  out: '要写的 .xlsx 或 .csv 文件（已有则覆盖）/ .xlsx or .csv file to write, overwritten',
  unreadable: (file: string, reason: string) => `${file} 打不开 / cannot be read: ${reason}`,
  faulty: (count: number) => `共 ${count} 处要改 / ${count} faults`,
  sound: (title: string, questions: number, anonymous: boolean) =>
    `没有错 / no faults：“${title}”，${questions} 题 / questions，${anonymous ? '无记名 / anonymous' : '记名 / signed'}`,
  noRunner: (owner: string) =>
    `还没有${RUNNERS[owner] ?? owner}，没有导入 / there is nobody to run it, nothing imported`,
  imported: (number: string, owner: string) =>
    `已存为草稿 / drafted：${number}。由${RUNNERS[owner] ?? owner}私聊发“问卷预览 ${number}”，看过再发布 / to be looked at and published in the chat`,
  badOut: (out: string) => `${out}：应以 .xlsx 或 .csv 结尾 / must end in .xlsx or .csv`,
  notClosed: (number: string) =>
    `没有 ${number}，或它还没有结束：结束前谁也看不到结果 / there is none, or it is not over: nobody sees results before`,
  written: (file: string) => `已写好 / written：${file}`,
} as const
