import { describe, expect, it } from 'vitest'
import { createLane } from './lane.js'

describe('the writer lane', () => {
  it('lets a message be stored between turns that never wait for anything', async () => {
    const lane = createLane()
    const order: string[] = []
    const turns = Array.from({ length: 20 }, (_, n) =>
      lane.run(async () => {
        await Promise.resolve()
        order.push(`turn ${n}`)
      }),
    )
    // As a request that the event loop reads asks for its group commit.
    setImmediate(() => void lane.run(() => void order.push('stored'), true))
    await Promise.all(turns)
    expect(order).toHaveLength(21)
    expect(order.indexOf('stored')).toBe(1)
  })

  it('runs one job at a time and goes on after one that fails', async () => {
    const lane = createLane()
    let inside = 0
    const job = async () => {
      inside += 1
      await new Promise((resolve) => setImmediate(resolve))
      inside -= 1
      return inside
    }
    const failing = lane.run(() => Promise.reject(new Error('no space')))
    const others = Promise.all([lane.run(job), lane.run(job, true), lane.run(job)])
    await expect(failing).rejects.toThrow('no space')
    expect(await others).toEqual([0, 0, 0])
    await lane.idle()
  })
})
