/** Traditional signs of the words that are read here, each before its simplified twin. */
const TWINS =
  '訪访電电話话聯联繫系樓楼單单門门沒没無无應应開开見见遇遇說说講讲報报壞坏燈灯張张陳陈劉刘黃黄楊杨趙赵吳吴孫孙馬马鄭郑謝谢許许韓韩馮冯蕭萧葉叶蔣蒋鐘钟盧卢陸陆嚴严賀贺鮑鲍範范龔龚齊齐顧顾錢钱爺爷媽妈師师傅傅醫医養养處处辦办經经記记錄录補补號号區区層层後后來来這这個个幾几時时問问題题結结況况麼么怎怎誰谁進进過过還还給给對对車车場场廣广圾圾環环衛卫氣气煤煤線线壓压藥药費费貼贴約约請请協协調调檢检實实發发現现點点對对裡里裏里戶户間间長长難难歲岁獨独殘残貧贫務务業业員员網网組组變变總总嗎吗為为與与勞劳動动靜静鬧闹響响漏漏滲渗牆墙頂顶陽阳臺台堵堵垃垃雜杂亂乱積积復复園园'
const SIMPLE = new Map<string, string>()
for (let index = 0; index < TWINS.length; index += 2) SIMPLE.set(TWINS.charAt(index), TWINS.charAt(index + 1))

/** Letters, digits and dashes in their plain width, traditional signs in their simplified form; marks stay as they are. */
export const plainText = (text: string): string =>
  [...text.replace(/[０-９Ａ-Ｚａ-ｚ－＃／．～　]/g, (sign) => sign.normalize('NFKC'))]
    .map((sign) => SIMPLE.get(sign) ?? sign)
    .join('')
    .trim()

/** What people say to end a talk, and words that are for another command: no answer to a question of ours. */
export const isAside = (text: string): boolean =>
  /^(?:谢谢|感谢|好的?|收到|知道了?|明白了?|嗯+|哦+|ok|行|辛苦了?|你好|您好|在吗)[你您啦了哈呀。.！!~]*$/i.test(
    text.trim(),
  ) || /^(?:走访|我的|本月|上月|今天走访|该|榜|帮助|重点|待办|进度|网格)|[?？吗呢]$|怎么|如何|什么/.test(text.trim())
