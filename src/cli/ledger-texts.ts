/** What the ledger's commands say: Chinese first, then English. */
export const ledgerTexts = {
  verify: {
    about: '核对台账：改动、缺失、调序的条目逐条指出 / verify every seal of the ledger',
    expect: '发布过的指纹，如 "BH 2026-10 3F2A-…"，可写多次 / a fingerprint as it was posted',
    workbook: '改为核对一个导出的工作簿 / check an exported workbook instead',
    wrongExpect: '应为 "社区代码 YYYY-MM XXXX-XXXX-XXXX-XXXX" / wanted: "CODE YYYY-MM XXXX-XXXX-XXXX-XXXX"',
    progress: (entries: number) => `已核对 ${entries} 条 / entries`,
    fault: (community: string, words: string) => `✗ ${community}：${words}`,
    sound: (communities: number, entries: number, closes: number, erased: number) =>
      `✓ 台账完好：${communities} 个社区，${entries} 条，${closes} 次封账，${erased} 条按本人要求删除过文字 / sound`,
    faults: (count: number) => `台账有 ${count} 处不对 / faults`,
    filesProgress: (files: number) => `已核对附件 ${files} 个 / attachments`,
    filesSound: (files: number) => `✓ 附件完好：${files} 个，与台账登记的一致 / sound`,
    fileFaults: (count: number) => `附件有 ${count} 处不对 / faults`,
    bookSound: (file: string, rows: number) => `✓ ${file} 完好：${rows} 行，与登记的一致 / sound`,
    bookFaults: (file: string, count: number) => `${file} 有 ${count} 处不对 / faults`,
  },
  backup: {
    about: '备份数据库，服务不用停 / back up while the service runs',
    file: '要写的文件（不能已存在）/ file to write, must not exist',
    done: (file: string, bytes: number, sha256: string, entries: number) =>
      `已备份到 ${file}（${bytes} 字节，台账 ${entries} 条核对过）/ backed up\nsha256 ${sha256}`,
    files: (folder: string, count: number, bytes: number) =>
      `图片和文件 ${count} 个（${bytes} 字节）在 ${folder}，要和备份放在一起 / attachments, keep the folder with the backup`,
    lost: (sha256: string) => `✗ 附件 ${sha256} 不在或已损坏 / an attachment is missing or damaged`,
  },
  restore: {
    about: '用备份恢复数据库（先停服务）/ restore a backup; stop the service first',
    file: '备份文件 / the backup',
    done: (entries: number, files: number) => `已恢复，台账 ${entries} 条核对过，附件 ${files} 个 / restored`,
    kept: (file: string) => `原来的数据库放在 ${file} / the former database is kept there`,
    notSqlite: 'PostgreSQL 请用 pg_restore 恢复 / restore PostgreSQL with pg_restore',
  },
  page: {
    about: '台账页，和社区自己定义的页 / ledger pages, and a community’s own',
    list: '列出各页和代替的纸质台账 / list pages and the paper ledgers they replace',
    set: '按 JSON 文件增加或修改一页（写法见手册）/ add or change a page from a JSON file',
    file: '写好定义的 JSON 文件 / file with the definition',
    remove: '撤下自己定义的一页，条目不动 / take one away, entries stay',
    name: '页名，如 own-lift / name of the page',
    line: (page: string, title: string, own: boolean, replaces: readonly string[]) =>
      `${page}\t${title}${own ? '（自定义）' : ''}\t${replaces.length > 0 ? `代替 ${replaces.length} 本：${replaces.join('、')}` : ''}`,
    balance: (replaced: number, known: number) =>
      `代替纸质台账 ${replaced} 本，目录共 ${known} 本 / paper ledgers replaced`,
    left: (area: string, names: readonly string[]) => `未纳入 / still on paper：${area}：${names.join('、')}`,
    unreadable: (file: string) => `读不到 ${file} / cannot be read`,
    faulty: (file: string) => `${file} 里的定义不对 / the definition is faulty：`,
    unknown: (name: string) => `没有自定义的页 ${name} / no such page`,
    defined: (title: string) => `已定义台账页“${title}” / defined`,
    dropped: (title: string) => `已撤下台账页“${title}” / taken away`,
  },
  reindex: {
    about: '重建搜索索引（一般不用）/ make the search index anew, seldom needed',
    progress: (documents: number) => `已索引 ${documents} 条 / documents`,
    done: (documents: number) => `索引已重建，共 ${documents} 条 / the index was made anew`,
  },
  close: {
    about: '给过完的月份封账并发布指纹 / close a month that is over and post its fingerprint',
    notOver: (month: string) => `${month} 还没有过完 / is not over yet`,
    nothing: (month: string) => `${month} 没有可封的，或已封 / nothing to close, or closed already`,
    done: (month: string, fingerprint: string) => `已封 ${month}，指纹 ${fingerprint} / closed`,
  },
} as const
