import type { FileKind } from '../files/index.js'
import { MOST_BYTES, MOST_OF_A_MESSAGE, type Refusal } from './policy.js'

const GROUPS: Readonly<Record<FileKind['group'], string>> = {
  image: '图片',
  voice: '语音',
  video: '视频',
  document: '文件',
}

/** `312 KB`, `4.1 MB`. */
export const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`

/** In the ledger. The first signs of the hash are enough to tell files apart; the entry's data has all of it. */
export const keptText = ({ group }: FileKind, bytes: number, sha256: string): string =>
  `${GROUPS[group]}已存档（${sizeText(bytes)}，校验 ${sha256.slice(0, 12)}）`

const WHY: Readonly<Record<Refusal, string>> = {
  too_large: `超过 ${MOST_BYTES / 1024 / 1024} MB，太大了`,
  type: '这种文件不收（只收图片、语音、视频、PDF 和 Office 文档）',
  gone: '聊天平台上已经取不到了',
  unreachable: '聊天平台一直取不下来',
  too_many: `一条消息最多存 ${MOST_OF_A_MESSAGE} 个`,
  full: '存放附件的空间满了，请告诉管理员',
}

/** Why it is not kept, in words; a reason of another version stays unsaid. */
export const whyText = (reason: string | null): string => WHY[reason as Refusal] ?? ''

export const refusedText = (reason: Refusal): string => `图片未能保存：${WHY[reason]}`

const CALLED: Readonly<Record<string, FileKind['group']>> = { image: 'image', audio: 'voice', video: 'video' }

/** What it is, in a word: by its content, else by what the platform called it. */
export const groupText = (called: string, group: FileKind['group'] | null): string =>
  GROUPS[group ?? CALLED[called.split('/')[0] ?? ''] ?? 'document']
