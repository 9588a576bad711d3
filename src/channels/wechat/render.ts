import type { Choice, OutgoingMessage } from '../../kernel/message.js'
import { columns, splitText } from '../text.js'
import { texts } from './texts.js'

/** WeChat folds longer texts behind a "show all". */
export const TEXT_LENGTH = 2000
/** Choices stand side by side up to this width, else one a line. */
const LINE_COLUMNS = 36

/** One thing to say. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly name: string }

/** Renders a message as what to say, in order: pictures and files first, the words and choices last. */
export function render(message: OutgoingMessage, inGroup: boolean): readonly Part[] {
  const { image, file } = message
  const text = [message.text, ...choiceLines(message.choices ?? [], inGroup)].filter((line) => line !== '').join('\n')
  return [
    ...(image ? [{ kind: 'file', bytes: image.bytes, name: `picture.${extension(image.mime)}` } as const] : []),
    ...(file ? [{ kind: 'file', bytes: file.bytes, name: file.name } as const] : []),
    ...(text === '' ? [] : splitText(text, TEXT_LENGTH).map((piece) => ({ kind: 'text', text: piece }) as const)),
  ]
}

function choiceLines(choices: readonly Choice[], inGroup: boolean): readonly string[] {
  if (choices.length === 0) return []
  const numbered = choices.map(({ label }, index) => `${index + 1} ${label}`)
  const line = numbered.join('  ')
  return [...(columns(line) <= LINE_COLUMNS ? [line] : numbered), inGroup ? texts.answerByQuote : texts.answerByNumber]
}

function extension(mime: string): string {
  return mime === 'image/jpeg' ? 'jpg' : (mime.split('/')[1] ?? 'png')
}
