type FaultKind =
  | 'changed'
  | 'replaced'
  | 'missing'
  | 'reordered'
  | 'added'
  | 'head'
  | 'close'
  | 'erased'
  | 'fingerprint'

/** Something that is not as it was sealed, with the row it names. */
export interface Fault {
  readonly kind: FaultKind
  /** Code of the community. */
  readonly community: string
  /** The entry, or the first of a stretch; null where no single entry is meant. */
  readonly seq: number | null
  /** Last of the stretch. */
  readonly toSeq: number | null
  /** Plain words, zh-CN. */
  readonly words: string
}

/** Notes a fault of the community that is being verified. */
export type Found = (kind: FaultKind, seq: number | null, words: string, toSeq?: number | null) => void

const stretch = (seq: number, toSeq: number): string => (seq === toSeq ? `第 ${seq} 条` : `第 ${seq}–${toSeq} 条`)

export const WORDS = {
  changedContent: (seq: number) => `第 ${seq} 条的文字或数据被改过，与入账时的印记不符`,
  changedFields: (seq: number) => `第 ${seq} 条的时间、对象、责任人等栏被改过，与印记不符`,
  replaced: (seq: number) => `第 ${seq} 条被整条换过：自身印记能对上，但后一条接的不是它`,
  unlinked: (seq: number) => `第 ${seq} 条接的不是第 ${seq - 1} 条`,
  missing: (seq: number, toSeq: number) => `缺${stretch(seq, toSeq)}`,
  missingTail: (seq: number, toSeq: number) => `末尾缺${stretch(seq, toSeq)}`,
  reordered: (seq: number, was: number) => `第 ${seq} 条原是第 ${was} 条，次序被调过`,
  added: (seq: number, toSeq: number) => `${stretch(seq, toSeq)}不是正常入账的，账尾记到第 ${seq - 1} 条为止`,
  head: (seq: number) => `账尾的印记与第 ${seq} 条不符`,
  headMissing: (seq: number) => `账尾记录不见了，现有 ${seq} 条`,
  erasedUnnamed: (seq: number) => `第 ${seq} 条的文字没了，但没有一条删除记录提到它`,
  erasedRefilled: (seq: number) => `第 ${seq} 条的文字已按本人要求删除，却又出现了别的内容`,
  closeChain: (month: string, seq: number) =>
    `${month} 封账时第 ${seq} 条的印记与现在不符：封账后这一条或更早的被重写过`,
  closeTail: (month: string, seq: number, toSeq: number) =>
    `${month} 封账时记到第 ${toSeq} 条，现在缺${stretch(seq, toSeq)}`,
  closeFingerprint: (month: string) => `${month} 的封账记录被改过，指纹与内容不符`,
  closeUnnamed: (month: string) => `${month} 的封账记录在台账里没有对应的条目`,
  closeMissing: (month: string) => `台账里有 ${month} 的封账条目，封账记录却不见了`,
  closeDiffers: (month: string) => `${month} 的封账记录与台账里的封账条目不一致`,
  expected: (month: string, expected: string, found: string) => `${month} 发布过的指纹是 ${expected}，现在是 ${found}`,
} as const
