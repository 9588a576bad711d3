import type { Reader } from '../../db/transaction.js'
import { maskName, maskText } from '../../kernel/masking.js'
import type { Caller } from './token.js'

/** Codes and names behind the ids of one page of rows, each read once. */
export interface Names {
  grid(id: number | null): string | null
  household(id: number | null): string | null
  worker(id: number | null): { readonly worker: string | null; readonly workerName: string | null }
  account(id: number | null): string | null
  /** `account:12` or `person:3`; jobs have no name. */
  actor(actor: string): string | null
  /** Free words, with numbers and the names of these residents masked unless the caller may see them. */
  words(text: string): string
}

export interface Wanted {
  readonly grids?: readonly (number | null)[]
  readonly households?: readonly (number | null)[]
  readonly workers?: readonly (number | null)[]
  readonly accounts?: readonly number[]
  readonly actors?: readonly string[]
}

export async function readNames(read: Reader, caller: Pick<Caller, 'seesPersonal'>, wanted: Wanted): Promise<Names> {
  const actors = wanted.actors ?? []
  const accountIds = [...(wanted.accounts ?? []), ...idsOf(actors, 'account')]
  const personIds = [...(wanted.workers ?? []), ...idsOf(actors, 'person')]
  const [grids, households, people, accounts] = await Promise.all([
    read.grid.findMany({ where: { id: among(wanted.grids) }, select: { id: true, code: true } }),
    read.household.findMany({
      where: { id: among(wanted.households) },
      select: { id: true, estate: true, building: true, unit: true, room: true },
    }),
    read.person.findMany({ where: { id: among(personIds) }, select: { id: true, name: true, staffNo: true } }),
    read.account.findMany({
      where: { id: among(accountIds) },
      select: { id: true, displayName: true, person: { select: { name: true, staffNo: true } } },
    }),
  ])
  const gridCodes = new Map(grids.map((grid) => [grid.id, grid.code]))
  const addresses = new Map(households.map((home) => [home.id, addressOf(home)]))
  const persons = new Map(people.map((person) => [person.id, person]))
  // Staff act in office: their names are no secret.
  const shown = (name: string, staffNo: string | null | undefined) =>
    caller.seesPersonal || staffNo ? name : maskName(name)
  const accountNames = new Map(
    accounts.map(({ id, displayName, person }) => [id, shown(person?.name ?? displayName, person?.staffNo)]),
  )
  const find = <V>(map: ReadonlyMap<number, V>, id: number | null): V | null =>
    id === null ? null : (map.get(id) ?? null)
  const residents = [
    ...people,
    ...accounts.map(({ displayName, person }) => person ?? { name: displayName, staffNo: null }),
  ]
    .filter(({ name, staffNo }) => !staffNo && name.length > 1)
    .map(({ name }) => name)
  const personName = (id: number) => {
    const person = persons.get(id)
    return person ? shown(person.name, person.staffNo) : null
  }
  return {
    grid: (id) => find(gridCodes, id),
    household: (id) => find(addresses, id),
    worker: (id) => {
      const person = find(persons, id)
      return { worker: person?.staffNo ?? null, workerName: person?.name ?? null }
    },
    account: (id) => find(accountNames, id),
    actor: (actor) => {
      const [kind, id] = actor.split(':')
      if (kind === 'account') return find(accountNames, Number(id))
      return kind === 'person' ? personName(Number(id)) : null
    },
    words: (text) =>
      caller.seesPersonal
        ? text
        : residents.reduce((words, name) => words.replaceAll(name, maskName(name)), maskText(text)),
  }
}

const among = (ids: readonly (number | null)[] = []) => ({ in: [...new Set(ids.filter((id) => id !== null))] })

const idsOf = (actors: readonly string[], kind: string): number[] =>
  actors.filter((actor) => actor.startsWith(`${kind}:`)).map((actor) => Number(actor.slice(kind.length + 1)))

function addressOf(home: { estate: string; building: string; unit: string; room: string }): string {
  const rooms = [home.building, home.unit, home.room].filter(Boolean).join('-')
  return home.estate ? `${home.estate} ${rooms}` : rooms
}
