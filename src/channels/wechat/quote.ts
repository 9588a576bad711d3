/** What a quoting message holds: who and what is quoted, and what is said about it. */
export interface Quote {
  readonly name: string
  readonly quoted: string
  readonly said: string
}

/** WeChat hands over a quoting message as text: 「name：quoted」, a line of dashes, the reply. */
const FORM = /^「([^：:\n]{1,60})[：:]\s?([\s\S]*?)」\r?\n(?:[-—]\s?){5,}\r?\n([\s\S]*)$/

/** Takes a quoting message apart; null for any other text. */
export function parseQuote(text: string): Quote | null {
  const [whole, name = '', quoted = '', said = ''] = FORM.exec(text) ?? []
  return whole === undefined ? null : { name, quoted, said }
}
