import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChannelStatus } from '../../src/channels/channel.js'
import { channel, HOUR, NOW, openWorld, type World } from './harness.js'
import { seed } from './neighbourhood.js'

let world: World
let status: ChannelStatus
beforeEach(async () => {
  status = { state: 'online', detail: '' }
  world = await openWorld({ channels: [channel({ name: 'wechat', status: () => status })] })
})
afterEach(() => world.close())

const health = async () => {
  const response = await world.get('/healthz')
  return { code: response.status, ...((await response.json()) as Record<string, unknown>) }
}
const waitingSince = (at: Date) =>
  world.db.inbox.accept([
    { channel: 'wechat', externalId: '1', conversation: 'c', messageId: null, payload: '{}', receivedAt: at.getTime() },
  ])
const sent = (state: string, finishedAt: Date | null) =>
  world.db.write((tx) =>
    tx.outboxMessage.create({
      data: {
        key: `${state}${finishedAt}`,
        channel: 'wechat',
        conversation: 'c',
        payload: {},
        priority: 'reply',
        notBefore: NOW,
        createdAt: NOW,
        status: state,
        finishedAt,
      },
    }),
  )
const check = (balanced: boolean) =>
  world.db.write((tx) =>
    tx.accountingCheck.create({
      data: { at: NOW, received: 5, acted: 2, leftAlone: 1, setAside: 1, waiting: balanced ? 1 : 0, balanced },
    }),
  )

describe('/healthz', () => {
  it('is 200 when all is well', async () => {
    await check(true)
    await waitingSince(new Date(NOW.getTime() - 5000))
    await sent('pending', null)
    expect(await health()).toEqual({
      code: 200,
      status: 'ok',
      version: '0.0.1-test',
      database: { ok: true, provider: 'sqlite' },
      inbox: { waiting: 1, oldestSeconds: 5 },
      outbox: { waiting: 1, failed: 0, unknown: 0 },
      jobs: { missed: 0 },
      channels: { wechat: 'online' },
      accounting: { balanced: true, at: NOW.toISOString() },
    })
  })

  it('is degraded, still 200, while a channel waits for its login, whose link it never shows', async () => {
    status = { state: 'waiting_for_login', detail: 'https://login.example/qr/abc' }
    expect(await health()).toMatchObject({ code: 200, status: 'degraded', channels: { wechat: 'waiting_for_login' } })
    expect(await (await world.get('/healthz')).text()).not.toContain('qr')
  })

  it('counts the failed sends of the last day', async () => {
    await sent('failed', new Date(NOW.getTime() - 25 * HOUR))
    expect(await health()).toMatchObject({ status: 'ok', outbox: { failed: 0 } })
    await sent('failed', new Date(NOW.getTime() - 23 * HOUR))
    await sent('unknown', NOW)
    expect(await health()).toMatchObject({ code: 200, status: 'degraded', outbox: { failed: 1, unknown: 1 } })
  })

  it('is 503 when messages wait and nobody handles them', async () => {
    await waitingSince(new Date(NOW.getTime() - 11 * 60_000))
    expect(await health()).toMatchObject({ code: 503, status: 'down', inbox: { waiting: 1, oldestSeconds: 660 } })
  })

  it('is 503 when the books do not balance', async () => {
    await check(true)
    await check(false)
    expect(await health()).toMatchObject({ code: 503, status: 'down', accounting: { balanced: false } })
  })

  it('is 503 when the database does not answer', async () => {
    await world.db.write((tx) => tx.$executeRawUnsafe('DROP TABLE "OutboxMessage"'))
    expect(await health()).toMatchObject({ code: 503, status: 'down', database: { ok: false }, outbox: null })
  })
})

describe('/metrics', () => {
  const lines = async () => {
    const response = await world.get('/metrics')
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    return (await response.text()).split('\n')
  }

  it('shows what the machinery reported', async () => {
    world.metrics.received.inc({ channel: 'wechat' }, 3)
    world.metrics.turns.inc({ outcome: 'acted' })
    world.metrics.turnSeconds.observe(0.02)
    world.metrics.sends.inc({ channel: 'wechat', outcome: 'sent' })
    world.metrics.sendSeconds.observe(0.3, { channel: 'wechat' })
    world.metrics.jobs.inc({ job: 'requests.escalate', outcome: 'done' })
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'linli_received_messages_total{channel="wechat"} 3',
        'linli_turns_total{outcome="acted"} 1',
        'linli_turn_seconds_bucket{le="0.01"} 0',
        'linli_turn_seconds_bucket{le="0.025"} 1',
        'linli_sends_total{channel="wechat",outcome="sent"} 1',
        'linli_send_seconds_count{channel="wechat"} 1',
        'linli_job_slots_total{job="requests.escalate",outcome="done"} 1',
      ]),
    )
  })

  it('shows what stands in the tables, and the last balance', async () => {
    expect((await lines()).filter((line) => line.startsWith('linli_accounting_balanced '))).toEqual([])
    await seed(world.db, 2)
    await waitingSince(new Date(NOW.getTime() - 5000))
    await sent('failed', NOW)
    await check(false)
    world.clock.set(new Date(NOW.getTime() + HOUR))
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'linli_requests{status="assigned"} 3',
        'linli_requests{status="closed"} 3',
        'linli_requests{status="waiting"} 0',
        'linli_outbox_messages{status="failed"} 1',
        'linli_outbox_messages{status="pending"} 0',
        'linli_inbox_messages{status="received"} 1',
        'linli_inbox_messages{status="acted"} 2',
        'linli_inbox_messages{status="left_alone"} 1',
        'linli_inbox_messages{status="set_aside"} 1',
        'linli_inbox_oldest_waiting_seconds 3605',
        'linli_accounting_balanced 0',
      ]),
    )
    await check(true)
    expect(await lines()).toContain('linli_accounting_balanced 1')
  })

  it('times answers by the pattern of their address, so that no number or secret becomes a label', async () => {
    await world.get('/api/v1/requests/FD-202611-0001')
    await world.get('/nowhere/at-all')
    const counts = (await lines()).filter((line) => line.startsWith('linli_http_seconds_count'))
    expect(counts.join('\n')).not.toMatch(/0001|nowhere/)
    expect(counts).toContain('linli_http_seconds_count{method="GET",route="/*",status="404"} 1')
  })
})
