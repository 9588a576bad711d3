import type { Reader } from '../../db/transaction.js'
import { maskName, maskText } from '../../kernel/masking.js'
import { residentsMasker } from '../../ledger/pages/names.js'
import type { Room } from './viewer.js'

/** How this viewer may read words and names of residents. */
export interface Masks {
  words(text: string): string
  name(name: string): string
}

/** Those who work in the community read names; phone and identity numbers are masked for all until asked for. */
export async function masksFor(read: Reader, room: Room): Promise<Masks> {
  if (room.works) return { words: maskText, name: (name) => name }
  const masker = await residentsMasker(read, room.community.id)
  return { words: masker, name: maskName }
}
