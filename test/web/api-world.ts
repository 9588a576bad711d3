import { bearer, openWorld, type World } from './harness.js'
import { seed } from './neighbourhood.js'

export type Headers = Awaited<ReturnType<typeof bearer>>

/** A page of an answer. */
export interface Page<Row> {
  data: Row[]
  next: string | null
}

/** The neighbourhood behind the API, with the tokens of FD's manager and of the officer of FD and CX. */
export interface ApiWorld extends World {
  readonly ids: Awaited<ReturnType<typeof seed>>
  readonly manager: Headers
  readonly officer: Headers
  /** What the API answers to a path below /api/v1; it has to be a success. */
  read<T>(path: string, headers: Headers): Promise<T>
}

export async function openApi(): Promise<ApiWorld> {
  const world = await openWorld()
  const ids = await seed(world.db)
  const { subdistrictId } = await world.db.read.community.findUniqueOrThrow({ where: { id: ids.FD } })
  return {
    ...world,
    ids,
    manager: await bearer(world.db, 'manager', { role: 'manager', scopeKind: 'community', scopeId: ids.FD }),
    officer: await bearer(world.db, 'officer', { role: 'officer', scopeKind: 'subdistrict', scopeId: subdistrictId }),
    read: async <T>(path: string, headers: Headers) => {
      const response = await world.get(`/api/v1${path}`, headers)
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return (await response.json()) as T
    },
  }
}
