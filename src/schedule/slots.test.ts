import { describe, expect, it } from 'vitest'
import { latestSlot, nextSlot, slotsBetween } from './slots.js'

const ZONE = 'Asia/Shanghai'
const at = (text: string) => new Date(`${text}+08:00`)

describe('slots of the schedule', () => {
  it('takes the end of a span and leaves its start', () => {
    const slots = slotsBetween('40 8 * * 1', ZONE, at('2026-11-16T08:40:00'), at('2026-11-30T08:40:00'))
    expect(slots).toEqual([at('2026-11-23T08:40:00'), at('2026-11-30T08:40:00')])
  })

  it('reads the hour in the community’s zone, also where clocks change', () => {
    expect(nextSlot('30 8 * * *', 'Europe/Berlin', new Date('2026-10-24T12:00:00Z'))).toEqual(
      new Date('2026-10-25T07:30:00Z'),
    )
  })

  it('finds the last slot of a long time down', () => {
    const from = at('2026-01-01T00:00:00')
    expect(latestSlot('* * * * *', ZONE, from, at('2026-11-22T09:14:30'))).toEqual(at('2026-11-22T09:14:00'))
    expect(latestSlot('0 0 1 1 *', ZONE, from, at('2026-11-22T09:14:30'))).toBeNull()
    expect(latestSlot('0 0 1 3 *', ZONE, from, at('2026-11-22T09:14:30'))).toEqual(at('2026-03-01T00:00:00'))
  })
})
