import type { Reader, Tx } from '../../db/transaction.js'
import { maskName, maskText } from '../../kernel/masking.js'

const LONGEST_NAME = 8

/** Masks the given names, phones and identity numbers within words. Names of one sign are left: they are ordinary words. */
export function createMasker(names: Iterable<string>): (text: string) => string {
  const known = new Set<string>()
  const starts = new Set<string>()
  for (const name of names) {
    if (name.length < 2 || name.length > LONGEST_NAME) continue
    known.add(name)
    starts.add(name.charAt(0))
  }
  return (text) => {
    let masked = ''
    for (let at = 0; at < text.length; ) {
      const name = starts.has(text.charAt(at)) ? longestName(text, at, known) : ''
      masked += name ? maskName(name) : text.charAt(at)
      at += name.length || 1
    }
    return maskText(masked)
  }
}

function longestName(text: string, at: number, known: ReadonlySet<string>): string {
  for (let length = LONGEST_NAME; length >= 2; length -= 1) {
    const candidate = text.slice(at, at + length)
    if (candidate.length === length && known.has(candidate)) return candidate
  }
  return ''
}

const STAFF = ['worker', 'coordinator', 'manager', 'officer']

/** A masker that knows the residents of a community; those who work there act in public and keep their names. */
export async function residentsMasker(read: Reader | Tx, communityId: number): Promise<(text: string) => string> {
  // One after another: within a transaction all share one connection.
  const households = await read.household.findMany({ where: { communityId }, select: { headName: true } })
  const people = await read.person.findMany({
    where: { communityId, roles: { none: { role: { in: STAFF } } } },
    select: { name: true, accounts: { select: { displayName: true } } },
  })
  // Accounts nobody has bound yet also speak under a name.
  const members = await read.account.findMany({ where: { personId: null }, select: { displayName: true } })
  return createMasker([
    ...households.map((household) => household.headName),
    ...people.flatMap((person) => [person.name, ...person.accounts.map((account) => account.displayName)]),
    ...members.map((account) => account.displayName),
  ])
}
