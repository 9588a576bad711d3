import { createHash } from 'node:crypto'
import type { Definition, FrameCell } from './types.js'

/** Somebody who may be asked: a household by its address, a community by its code. */
export interface Candidate {
  readonly id: number
  readonly cell: string
  readonly label: string
  /** Publishable name by which the draw can be repeated, such as 3-2-501. */
  readonly name: string
}

export interface Frame {
  readonly cells: readonly FrameCell[]
  readonly invited: readonly Candidate[]
}

/**
 * Draws whom to ask. Within each cell the candidates stand in the order of SHA-256 over `seed|name` and the first are
 * taken, so that anybody with the seed and the list can repeat the draw by hand. Without a sample all are asked.
 */
export function drawFrame(candidates: readonly Candidate[], sample: Definition['sample'], seed: string): Frame {
  const cells = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const cell = cells.get(candidate.cell)
    if (cell) cell.push(candidate)
    else cells.set(candidate.cell, [candidate])
  }
  const names = [...cells.keys()].sort()
  const sizes = names.map((name) => cells.get(name)?.length ?? 0)
  const wanted = quotas(sizes, sample)
  const invited: Candidate[] = []
  const rows = names.map((name, index) => {
    const members = cells.get(name) ?? []
    const taken = wanted[index] === members.length ? members : inDrawOrder(members, seed).slice(0, wanted[index])
    for (const member of taken) invited.push(member)
    return { cell: name, label: members[0]?.label ?? name, eligible: members.length, invited: taken.length }
  })
  return { cells: rows, invited }
}

/** How many to take of each cell: all, so many a cell, or a total shared by size with the largest remainders. */
export function quotas(sizes: readonly number[], sample: Definition['sample']): number[] {
  if (!sample) return [...sizes]
  if ('perGrid' in sample) return sizes.map((size) => Math.min(size, sample.perGrid))
  const all = sizes.reduce((sum, size) => sum + size, 0)
  const total = Math.min(sample.total, all)
  if (all === 0) return sizes.map(() => 0)
  const exact = sizes.map((size) => (total * size) / all)
  const shares = exact.map(Math.floor)
  const left = total - shares.reduce((sum, share) => sum + share, 0)
  const byRemainder = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index)
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1
  return shares
}

function inDrawOrder(members: readonly Candidate[], seed: string): Candidate[] {
  return members
    .map((member) => ({ member, lot: createHash('sha256').update(`${seed}|${member.name}`).digest('hex') }))
    .sort((a, b) => (a.lot < b.lot ? -1 : a.lot > b.lot ? 1 : 0))
    .map(({ member }) => member)
}
