import { hash } from 'node:crypto'

/** Hash of the empty chain. */
export const GENESIS = '0'.repeat(64)

/** The parts of an entry that the chain seals. `at` is ISO 8601 in UTC. */
export interface SealedEntry {
  readonly communityId: number
  readonly seq: number
  readonly page: string
  readonly type: string
  readonly subject: string
  readonly gridId: number | null
  readonly householdId: number | null
  readonly workerId: number | null
  readonly actor: string
  readonly contentHash: string
  readonly inboxId: number | null
  readonly correctsSeq: number | null
  readonly at: string
  readonly prevHash: string
}

/** JSON with sorted keys: the same content always gives the same bytes, whatever a database did to the order. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}

export const sha256 = (text: string): string => hash('sha256', text, 'hex')

/**
 * SHA-256 over the canonical form, in hexadecimal. The form is spelled out, keys in order, since a verification seals
 * millions of entries; a test holds it against canonicalJson.
 */
export const sealOf = (entry: SealedEntry): string => sha256(sealedForm(entry))

export const sealedForm = (entry: SealedEntry): string =>
  `{"actor":${JSON.stringify(entry.actor)},"at":"${entry.at}","communityId":${entry.communityId},` +
  `"contentHash":"${entry.contentHash}","correctsSeq":${entry.correctsSeq},"gridId":${entry.gridId},` +
  `"householdId":${entry.householdId},"inboxId":${entry.inboxId},"page":${JSON.stringify(entry.page)},` +
  `"prevHash":"${entry.prevHash}","seq":${entry.seq},"subject":${JSON.stringify(entry.subject)},` +
  `"type":${JSON.stringify(entry.type)},"workerId":${entry.workerId}}`

/** Seal of an entry's words, salted: whoever erases the salt with the words leaves nothing to guess from. */
export const contentSeal = (salt: string, text: string, data: unknown): string =>
  contentSealOfJson(salt, text, canonicalJson(data))

/** The same where the data is canonical JSON already. */
export const contentSealOfJson = (salt: string, text: string, json: string): string =>
  sha256(`{"data":${json},"salt":${JSON.stringify(salt)},"text":${JSON.stringify(text)}}`)
