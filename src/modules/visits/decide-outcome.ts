import type { Outcome } from './types.js'

const NOT_HOME =
  /^(?:(?:敲门|按铃|上门|去了|打了)?[\s,，]*)(?:家(?:里|中)?没(?:有)?人|没(?:有)?人(?:在家|应门?|开门|在)?|无人(?:在家|应门?|应答|开门)?|未遇|没遇[到见上]|没碰[到见上]|没见[到着](?:人)?|人?不在家|人?不在(?=$|[\s,，;；。:：留贴约改已])|没应|不应|没开门?|空房?|(?:no\s?(?:body|one)(?:\s(?:at\s)?home)?|not\s(?:at\s)?home))(?![\u4e00-\u9fff]{0,3}(?:灯|水|电|管))/
const REFUSED =
  /^(?:拒访|拒绝(?:走访|入户|开门)?|不让进门?|不(?:肯|愿)?(?:开门|配合|见)|不愿意?|婉拒|谢绝|赶出来|refused)/
const MET = /^(?:在家|在的|在|都在|见到了?(?:人|本人)?|见了|有人|遇到了?|碰到了?)(?=$|[\s,，;；。:：]|说|反映|聊)/
const CALLED = /^(?:电访|电话(?:联系|回访|里|沟通|问)了?|打(?:了|过)?电话)/
const CHATTED = /^(?:微信(?:联系|聊|上|沟通|问)了?|微访)/

/** How people call others: 张阿姨, 老王, 王建国老人. */
export const CALLED_NAME =
  /^(?:[\u4e00-\u9fff]{1,3}(?:阿姨|叔叔|大爷|大妈|大娘|奶奶|爷爷|大伯|伯伯|师傅|老师|先生|女士|小姐|大哥|大姐|婆婆|阿婆|阿公|老人|老伯|同志|叔|姐|哥|婶|伯|家)|[老小阿](?![人孩区板])[\u4e00-\u9fff])(?=$|[\s,，:：说讲反没不在见拒家人身血一生病独最近想要问])/
/** Blanks and marks around words. */
export const TRIM = /^[\s,，;；:：。、-]+|[\s,，;；。、]+$/g

/**
 * The outcome at the start of the words, behind a name at most. Words that only look like it (“儿子不在身边”) stay words.
 */
export function readOutcome(text: string): { readonly outcome: Outcome; readonly rest: string } | null {
  const name = CALLED_NAME.exec(text)?.[0] ?? /^[\u4e00-\u9fff]{2,3}(?<![了坏好吵漏])(?=[\s,，])/.exec(text)?.[0] ?? ''
  for (const lead of name === '' ? [''] : ['', name]) {
    const rest = text.slice(lead.length).replace(TRIM, '')
    for (const [outcome, pattern] of OUTCOME_WORDS) {
      const found = pattern.exec(rest)
      if (!found) continue
      const after = rest.slice(found[0].length).replace(TRIM, '')
      if (outcome === 'not_home' && /^(?:身边|了\S|国内|本地|场)/.test(rest.slice(found[0].length))) continue
      return { outcome, rest: lead === '' ? after : `${lead} ${after}`.trim() }
    }
  }
  return null
}

const OUTCOME_WORDS: readonly (readonly [Outcome, RegExp])[] = [
  ['not_home', NOT_HOME],
  ['refused', REFUSED],
  ['phone', CALLED],
  ['chat', CHATTED],
  ['met', MET],
]

/** The words without the name at their start: `张阿姨说楼道灯坏了` → 张阿姨, 楼道灯坏了. */
export function splitName(text: string, headName: string): { readonly name: string | null; readonly rest: string } {
  const own = headName !== '' && text.startsWith(headName) ? headName : null
  const name = own ?? CALLED_NAME.exec(text)?.[0] ?? null
  return { name, rest: (name ? text.slice(name.length) : text).replace(TRIM, '') }
}
