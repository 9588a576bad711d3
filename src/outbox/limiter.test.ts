import { describe, expect, it } from 'vitest'
import { createLimiter } from './limiter.js'

const limits = {
  perConversationMs: 1000,
  betweenConversationsMs: 30,
  perGroupPerMinute: 3,
  perMinute: 5,
  perDay: 8,
  textLength: 100,
  buttons: true,
}
const START = 1_800_000_000_000

describe('the limits of a platform', () => {
  it('spaces messages to one conversation and between conversations', () => {
    const limiter = createLimiter(limits)
    limiter.sent('a', START)
    expect(limiter.readyAt('a', false, START)).toBe(START + 1000)
    expect(limiter.readyAt('b', false, START)).toBeGreaterThan(START + 10)
    expect(limiter.readyAt('b', false, START)).toBeLessThanOrEqual(START + 30)
  })

  it('lets the next of a minute go when the oldest of the last few leaves it', () => {
    const limiter = createLimiter(limits)
    for (let at = 0; at < 5; at += 1) limiter.sent(`c${at}`, START + at * 100)
    expect(limiter.readyAt('x', false, START + 500)).toBe(START + 60_000)
    limiter.sent('x', START + 60_000)
    expect(limiter.readyAt('y', false, START + 60_000)).toBe(START + 60_100)
  })

  it('keeps a group to its own share of a minute, and a day to its total', () => {
    const limiter = createLimiter({ ...limits, perMinute: 1000 })
    for (let at = 0; at < 3; at += 1) limiter.sent('group', START + at * 2000)
    expect(limiter.readyAt('group', true, START + 6000)).toBe(START + 60_000)
    expect(limiter.readyAt('group', false, START + 6000)).toBeLessThan(START + 6000)
    for (let at = 0; at < 5; at += 1) limiter.sent(`p${at}`, START + 10_000 + at * 100)
    expect(limiter.readyAt('x', false, START + 20_000)).toBe(START + 24 * 3_600_000)
  })

  it('goes on at the platform s pace however much was sent before', () => {
    const limiter = createLimiter({ ...limits, perMinute: 1800, perDay: 1_000_000 })
    let now = START
    for (let count = 0; count < 100_000; count += 1) {
      now = Math.max(now, limiter.readyAt(`c${count}`, false, now))
      limiter.sent(`c${count}`, now)
    }
    // 1,800 a minute: the hundred thousandth goes after about 55 minutes.
    expect((now - START) / 60_000).toBeGreaterThan(54)
    expect((now - START) / 60_000).toBeLessThan(57)
  })

  it('keeps the full pace though each message goes a little late, and no second holds more than thirty', () => {
    const limiter = createLimiter({ ...limits, betweenConversationsMs: 34, perMinute: 1800, perDay: 1_000_000 })
    const instants: number[] = []
    for (let now = START, count = 0; count < 3000; count += 1) {
      // Between a few and fifteen ms late, as when the database is asked first.
      now = Math.max(now, limiter.readyAt(`c${count}`, false, now)) + 3 + ((count * 7) % 13)
      limiter.sent(`c${count}`, now)
      instants.push(now)
    }
    const spent = (instants.at(-1) ?? 0) - START
    expect(3000 / (spent / 1000)).toBeGreaterThan(30 * 0.95)
    const most = Math.max(...instants.map((at) => instants.filter((one) => one > at - 1000 && one <= at).length))
    expect(most).toBeLessThanOrEqual(30)
  })

  it('waits as the platform asks', () => {
    const limiter = createLimiter(limits)
    limiter.hold(START + 5000, 'a')
    expect(limiter.readyAt('a', false, START)).toBe(START + 5000)
    expect(limiter.readyAt('b', false, START)).toBeLessThanOrEqual(START)
    limiter.hold(START + 9000)
    expect(limiter.readyAt('b', false, START)).toBe(START + 9000)
  })
})
