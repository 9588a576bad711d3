import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { modules } from '../../src/app.js'
import type { Job, Module } from '../../src/kernel/module.js'
import { readHealth } from '../../src/web/health.js'
import { START } from '../support/demo.js'
import { createRig, type Rig } from './rig.js'

const HOUR_MS = 3_600_000

/** Two jobs that tell when they ran: one wants every slot, one only the latest; either can be made to fail. */
function ticking(): Module & { fails: boolean } {
  const job = (name: string, catchUp: Job['catchUp']): Job => ({
    name: `ticking.${name}`,
    cron: '0 * * * *',
    catchUp,
    catchUpMs: 10 * HOUR_MS,
    plan: async (tx, community, slot, now) => {
      await tx.accessLog.create({ data: { at: now, actor: name, action: 'tick', subject: slot.toISOString() } })
      if (self.fails) throw new Error('the spring broke')
      return {
        events: [],
        drafts: [
          {
            key: `tick:${name}:${community.id}:${slot.toISOString()}`,
            to: { kind: 'groups', communityId: community.id, groupKind: 'workers' },
            text: `${name} ${slot.toISOString().slice(11, 13)}`,
            priority: 'push',
          },
        ],
      }
    },
  })
  const self = {
    name: 'ticking',
    eventPrefix: 'ticking',
    fails: false,
    commands: [],
    reactions: [],
    jobs: [job('all', 'all'), job('latest', 'latest')],
    sheets: [],
    apply: async () => undefined,
  }
  return self
}

let rig: Rig
let clockwork: ReturnType<typeof ticking>
beforeEach(async () => {
  clockwork = ticking()
  rig = await createRig({ modules: [clockwork, ...modules] })
})
afterEach(() => rig.close())

const at = (hours: number) => new Date(Date.parse(START) + hours * HOUR_MS)
const said = (name: string) => rig.sent.map((one) => one.message.text).filter((text) => text.startsWith(name))
const misses = () => rig.db.read.jobMiss.findMany({ where: { job: { startsWith: 'ticking' } }, orderBy: { id: 'asc' } })

describe('jobs by the clock', () => {
  it('run each slot once, however often they are asked and side by side', async () => {
    rig.setTime(at(1))
    await Promise.all([rig.service.runDue(), rig.service.runDue(), rig.service.scheduler.runDue()])
    await rig.service.runDue()
    expect(said('all')).toEqual(['all 02'])
    expect(said('latest')).toEqual(['latest 02'])
  })

  it('catch up what was missed while the service was down: all of it, or only the latest', async () => {
    rig.setTime(at(5))
    await rig.restart()
    await rig.service.idle()
    expect(said('all')).toEqual(['all 02', 'all 03', 'all 04', 'all 05', 'all 06'])
    expect(said('latest')).toEqual(['latest 06'])
    await rig.restart()
    await rig.service.idle()
    expect(said('all')).toHaveLength(5)
    expect(await misses()).toEqual([])
  })

  it('tell the operator of slots too old to catch up', async () => {
    rig.setTime(at(30))
    await rig.service.runDue()
    expect(said('all')).toHaveLength(10)
    expect((await misses()).map((one) => `${one.job} ${one.reason}`)).toEqual([
      'ticking.all late',
      'ticking.latest late',
    ])
    await rig.service.runDue()
    expect(await misses()).toHaveLength(2)
  })

  it('try a slot that failed again, ever less often, and undo each try whole', async () => {
    clockwork.fails = true
    const tries = () => rig.errors.filter((words) => words.includes('job failed')).length
    const minutes = (count: number) => rig.setTime(new Date(at(1).getTime() + count * 60_000))
    for (let minute = 0; minute <= 8; minute += 1) {
      minutes(minute)
      await rig.service.runDue()
    }
    // At once and after 1, 3 and 7 minutes, for each of the two.
    expect(tries()).toBe(8)
    clockwork.fails = false
    minutes(15)
    await rig.service.runDue()
    expect([...said('all'), ...said('latest')]).toEqual(['all 02', 'latest 02'])
    expect(await misses()).toEqual([])
    const ticks = await rig.db.read.accessLog.findMany({ where: { action: 'tick', actor: 'all' } })
    expect(ticks.map((one) => one.subject)).toEqual(['2026-11-22T02:00:00.000Z'])
  })

  it('keep later slots waiting behind one that fails, until it is too old: then say so and go on', async () => {
    clockwork.fails = true
    for (const hour of [1, 2, 3]) {
      rig.setTime(at(hour))
      await rig.service.runDue()
    }
    expect((await misses()).map((one) => `${one.job} ${one.slot.getUTCHours()} ${one.error}`)).toEqual([
      'ticking.latest 2 Error: the spring broke',
      'ticking.latest 3 Error: the spring broke',
    ])
    clockwork.fails = false
    rig.setTime(at(12))
    await rig.service.runDue()
    expect(said('all')[0]).toBe('all 04')
    const health = await readHealth({ db: rig.db, channels: [], version: '0', now: rig.now() })
    expect(health).toMatchObject({ status: 'degraded', jobs: { missed: await rig.db.read.jobMiss.count() } })
    expect((await misses()).map((one) => `${one.job} ${one.reason}`)).toContain('ticking.all failed')
  })

  it('go on at once after a clock that was far ahead, repeat nothing, and send what waited for that day', async () => {
    rig.setTime(at(24 * 400))
    await rig.service.runDue()
    const then = said('latest').length
    await rig.db.write((tx) =>
      tx.outboxMessage.create({
        data: {
          ...{ key: 'of-then', channel: 'sandbox', conversation: 'a', payload: { text: 'of then' } },
          ...{ priority: 'push', notBefore: rig.now(), createdAt: rig.now() },
        },
      }),
    )
    rig.setTime(at(2))
    await rig.restart()
    await rig.service.idle()
    rig.setTime(at(3))
    await rig.service.runDue()
    expect(said('latest').slice(then)).toEqual(['latest 04'])
    expect(said('of then')).toEqual(['of then'])
    expect((await misses()).filter((one) => one.reason === 'clock').map(({ job }) => job)).toEqual([
      'ticking.all',
      'ticking.latest',
    ])
  })

  it('repeat nothing when the clock is put back, and go on when it has come round', async () => {
    rig.setTime(at(3))
    await rig.service.runDue()
    const before = said('all').length
    rig.setTime(at(1))
    await rig.service.runDue()
    rig.setTime(at(2))
    await rig.restart()
    await rig.service.idle()
    expect(said('all')).toHaveLength(before)
    rig.setTime(at(4))
    await rig.service.runDue()
    expect(said('all')).toEqual(['all 02', 'all 03', 'all 04', 'all 05'])
  })
})
