import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bearer, HOUR, NOW, openWorld, type World } from './harness.js'
import { seed } from './neighbourhood.js'

const COUNT = 23
let world: World
let manager: { authorization: string }

beforeAll(async () => {
  world = await openWorld()
  const ids = await seed(world.db, COUNT)
  manager = await bearer(world.db, 'manager', { role: 'manager', scopeKind: 'community', scopeId: ids.FD })
})
afterAll(() => world.close())

/** Follows `next` to the end; `between` runs after each page. */
async function walk(path: string, between: () => Promise<unknown> = async () => undefined): Promise<unknown[][]> {
  const pages: unknown[][] = []
  let next: string | null = ''
  while (next !== null) {
    // Far more pages than there are rows: a cursor that does not move shall fail, not hang.
    expect(pages.length).toBeLessThanOrEqual(COUNT + 10)
    world.clock.set(new Date(world.clock.now().getTime() + HOUR))
    const cursor: string = next ? `&cursor=${encodeURIComponent(next)}` : ''
    const response = await world.get(`/api/v1/${path}${cursor}`, manager)
    expect(response.status).toBe(200)
    const page = (await response.json()) as { data: Record<string, unknown>[]; next: string | null }
    pages.push(page.data.map((row) => row.number ?? row.seq))
    next = page.next
    await between()
  }
  return pages
}

const serials = Array.from({ length: COUNT }, (_, index) => index + 1)
const newestFirst = serials.map((serial) => `FD-202611-${String(serial).padStart(4, '0')}`).reverse()

describe('paging', () => {
  it.each([1, 5, 22, 23, 24, 200])('by %i shows each request once, and each entry once', async (limit) => {
    const requests = await walk(`requests?limit=${limit}`)
    expect(requests.flat()).toEqual(newestFirst)
    expect(requests).toHaveLength(Math.ceil(COUNT / limit))
    expect((await walk(`ledger?limit=${limit}`)).flat()).toEqual(serials)
  })

  it('keeps the filter from page to page', async () => {
    const even = newestFirst.filter((number) => Number(number.slice(-4)) % 2 === 0)
    expect((await walk('requests?limit=2&category=parking')).flat()).toEqual(even)
  })

  it('has neither gap nor repeat while requests arrive and change', async () => {
    const template = await world.db.read.request.findFirstOrThrow({ where: { number: newestFirst[0] } })
    let serial = COUNT
    const numbers = await walk('requests?limit=4', () =>
      world.db.write(async (tx) => {
        serial += 1
        const { id: _, ...row } = template
        await tx.request.create({
          data: { ...row, number: `FD-202611-${String(serial).padStart(4, '0')}`, createdAt: NOW },
        })
        await tx.request.updateMany({ where: { number: { in: newestFirst } }, data: { status: 'closed' } })
      }),
    )
    expect(numbers.flat()).toEqual(newestFirst)
  })
})
