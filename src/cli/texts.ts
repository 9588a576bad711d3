/** What the command line says; Chinese first, English beside it. */
export const texts = {
  program: '邻里：住在聊天群里的社区服务台 / Linli, the neighbourhood desk that lives in the chat group',
  help: '显示用法 / show usage',
  helpCommand: '显示某个命令的用法 / show usage of a command',
  seeHelp: '（加 --help 看用法 / add --help for usage）',
  titles: {
    'Usage:': '用法 / Usage:',
    'Arguments:': '参数 / Arguments:',
    'Options:': '选项 / Options:',
    'Commands:': '命令 / Commands:',
  } as Readonly<Record<string, string>>,
  community: '社区代码 / code of the community',
  wrongId: '应为编号，如 12 / a number such as 12 is wanted',
  noCommunity: (code: string, known: readonly string[]) =>
    `没有代码为 ${code} 的社区；已有 / no such community; there are: ${known.join('、') || '（无 / none）'}`,
  noGrid: (code: string, community: string) =>
    `社区 ${community} 没有代码为 ${code} 的网格 / community ${community} has no grid ${code}`,
  import: {
    about: '导入或更新名册：社区、网格、人员、住户、群 / import or update the roster',
    file: '.xlsx 工作簿、CSV 文件或放 CSV 的文件夹 / workbook, CSV file or folder of CSV files',
    partial: '跳过有错的行，写入其余各行 / leave out faulty rows, write the others',
    steps: { read: '读取 / reading', check: '核对 / checking', write: '写入 / writing' },
    empty: '名册里没有填任何一行 / not a single row is filled in',
    written: (counts: string) => `已写入 / written：${counts}`,
    nothing: (faults: number) =>
      `共 ${faults} 处错误，未写入任何数据。修好再导入，或加 --partial 跳过。 / ${faults} faults, nothing written: mend and import again, or add --partial.`,
    skipped: (faults: number) =>
      `共 ${faults} 处错误，有错的行已跳过。 / ${faults} faults; the rows with faults were left out.`,
    more: (count: number) => `……另有 ${count} 处 / and ${count} more`,
  },
  importVisits: {
    about: '导入走访记录（日期、社工工号、幢、单元、室、方式、问题、措施、结果）/ import visits kept on paper',
    file: '.xlsx 工作簿或 .csv 文件 / workbook or CSV file',
  },
  exportVisits: {
    about: '导出走访记录，格式和导入的一样 / export visits in the format that the import reads',
    file: '写成的 .xlsx 工作簿 / workbook to write',
    month: '月份 2026-11，或一年 2026 / a month, or a year',
    masked: '隐去手机号和证件号 / mask phone and identity numbers',
    wrongMonth: (words: string) => `“${words}” 不是月份，应如 2026-11 或 2026 / not a month such as 2026-11, or a year`,
    written: (file: string, rows: number) => `已写入 ${file}：走访 ${rows} 条 / visits written`,
  },
  schedule: {
    about: '列出各任务下次何时执行 / list what will fire when',
    limit: '最多列几行 / most rows',
  },
  template: {
    about: '写一份空白名册模板 / write an empty roster workbook',
    file: '要写的 .xlsx 文件 / .xlsx file to write',
    notXlsx: (file: string) => `${file}：文件名应以 .xlsx 结尾 / the name must end in .xlsx`,
    exists: (file: string) => `${file} 已存在，没有覆盖 / exists, not overwritten`,
    written: (file: string) => `已写好 ${file}：填好后用 linli import 导入 / written; fill it in, then linli import`,
  },
  bindChat: {
    about: '把一个群归到社区 / assign a group to a community',
    list: '列出已知的群和标识 / list the known groups with their ids',
    channel: '群所在的渠道 / channel of the group',
    id: '平台给的群标识 / the platform’s id of the group',
    kind: '居民群、社工群或街道群 / kind of group',
    grid: '只属于一个网格的群：网格代码 / code of the one grid it belongs to',
    name: '群名 / name of the group',
    needs: '要写明 --channel、--id 和 --community，或用 --list / --channel, --id and --community are needed, or --list',
    bound: (name: string, community: string, kind: string) => `已归好：${name} → ${community}，${kind} / bound`,
    none: '还没有群：先把机器人拉进群，有人说一句话就会出现 / no group yet: add the bot to one and say a word in it',
    kinds: {
      residents: '居民群',
      workers: '社工群',
      subdistrict: '街道群',
      unknown: '未归属 / not assigned',
    } as Readonly<Record<string, string>>,
  },
  export: {
    about: '导出一个月的台账：工作簿，或一页 CSV / export the ledger of a month as a workbook, or a page as CSV',
    month: '月份，如 2026-11；年份，如 2026 / month, or year',
    noDistrict: (code: string) => `没有区县 ${code}，或它还没有社区；请用 --community 或 --district / no such district`,
    out: '要写的 .xlsx 或 .csv 文件（已有则覆盖）/ .xlsx or .csv file to write, overwritten',
    page: '只要这一页；.csv 必写（页名见 page list）/ only this page, needed for .csv',
    needsPage: '.csv 一次一页：请加 --page，页名见 linli page list / a .csv holds one page: add --page',
    noPage: (name: string, known: readonly string[]) =>
      `没有台账页 ${name}；已有 / no such page; there are: ${known.join('、')}`,
    notBook: (file: string) => `${file} 应以 .xlsx 或 .csv 结尾 / wanted: a name that ends with .xlsx or .csv`,
    masked: '隐去姓名和电话 / mask names and phones',
    wrongMonth: '应为 YYYY-MM，如 2026-11 / wanted: YYYY-MM',
    progress: (title: string, rows: number) => `${title}：${rows} 行 / rows`,
    written: (file: string, rows: number) => `已写好 ${file}，共 ${rows} 行 / written, ${rows} rows`,
  },
  token: {
    about: '接口令牌 / API tokens',
    create: '新建令牌，只显示这一次 / make a token, shown this once',
    role: '持有者的身份 / role of the holder',
    subdistrict: '街道代码，如 宁波市鄞州区百丈街道 / code of the subdistrict',
    district: '区县代码，如 宁波市鄞州区 / code of the district',
    department:
      '受评部门名，连同 --role department 和 --district：只看自己的评议汇总 / a department, with --role department and --district: sees its own evaluations alone',
    name: '给谁用 / who it is for',
    days: '有效天数，不写则长期有效 / days it is valid; default: without end',
    list: '列出令牌 / list tokens',
    revoke: '作废令牌 / revoke a token',
    id: 'token list 里的编号 / number shown by token list',
    wrongDays: '应为 1–9999 的整数 / wanted: an integer from 1 to 9999',
    needsScope:
      '要写明 --community、--subdistrict 或 --district 之一 / one of --community, --subdistrict and --district is needed',
    noScope: (kind: string, code: string, known: readonly string[]) =>
      `没有代码为 ${code} 的${kind}；已有 / there is no such one; there are: ${known.join('、') || '（无 / none）'}`,
    needsDepartment:
      '部门的令牌要写 --role department --district 区县 --department 部门名 / a department’s token needs all three',
    scopes: { community: '社区', subdistrict: '街道', district: '区县', department: '受评部门' } as Readonly<
      Record<string, string>
    >,
    keep: '请收好：数据库里只存摘要，不会再显示 / keep it: only its hash is stored',
    unknown: (id: number) => `没有编号为 ${id} 的有效令牌 / no token ${id} that is in force`,
    revoked: (name: string) => `已作废 / revoked：${name}`,
    none: '还没有令牌 / no tokens',
    state: { valid: '有效', expired: '过期', revoked: '作废' },
  },
  demo: {
    about: '在空数据库里写入演示社区 / write the demo community into an empty database',
    seeded: '已写入演示社区“百合社区”（BH）：npm start 后在网页里聊 / seeded; npm start and talk in the browser',
    inUse: '数据库不是空的，没有写入演示数据 / the database is in use, nothing was written',
  },
  migrate: {
    about: '把数据库升级到本版本 / bring the database up to this version',
    applied: (names: readonly string[]) => `已应用 / applied：\n${names.map((name) => `  ${name}`).join('\n')}`,
    current: '数据库已是最新 / the database is up to date',
  },
  examples: {
    about: '列出社工纠正过的话，可用来再训练 / list what workers put right, as training lines',
    out: '写到文件，如 training/local.tsv / write to a file, such as training/local.tsv',
    written: (count: number, file: string) => `${count} 条已写到 ${file} / lines written to ${file}`,
  },
  understand: {
    about: '逐行理解：标准输入每行一个 {"text": …}，逐行输出 JSON / judge JSON lines from standard input',
  },
  inbox: {
    about: '出错后搁置的消息 / messages that were set aside with an error',
    list: '列出搁置的消息 / list them',
    replay: '放回去重新处理 / put them back in line',
    id: 'inbox list 里的编号 / numbers shown by inbox list',
    all: '全部 / all of them',
    none: '没有搁置的消息 / nothing was set aside',
    needs: '要写编号，或加 --all / numbers or --all are needed',
    notSetAside: (id: number) => `${id} 不是搁置的消息 / is not a message that was set aside`,
    replayed: (count: number) =>
      `已放回 ${count} 条，服务一分钟内会处理 / ${count} put back, the service takes them up within a minute`,
  },
  doctor: {
    about: '检查配置、数据库和各渠道 / check configuration, database and channels',
  },
} as const
