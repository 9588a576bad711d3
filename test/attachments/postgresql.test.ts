import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/client.js'
import { seedDemo } from '../../src/demo/index.js'
import { startPostgres } from '../postgresql/server.js'
import { START } from '../support/demo.js'
import { ELEVATOR, MB, picture, telegramWorld } from './support.js'

const server = await startPostgres()
afterAll(() => server?.stop())

describe.skipIf(!server)('attachments on PostgreSQL', { timeout: 300_000 }, () => {
  it('are kept, refused, tried again, expired and erased as on SQLite', async () => {
    if (!server) throw new Error('no PostgreSQL')
    const db = await openDatabase(await server.createDatabase())
    await seedDemo(db, new Date(START))
    const world = await telegramWorld({ db, attachments: { mostBytes: 10 * MB } })
    const { files } = world.telegram.server
    try {
      files.set('lift', { kind: 'bytes', bytes: picture('电梯') })
      files.set('page', { kind: 'bytes', bytes: Buffer.from('<html>') })
      files.set('late', { kind: 'status', status: 503 })
      await world.sends('爱丽', '居民群', { id: 'lift', caption: ELEVATOR })
      await world.sends('爱丽', null, { id: 'page', fileName: 'a.png', caption: '补充 0001 一页' })
      await world.sends('爱丽', null, { id: 'late', caption: '补充 0001 一张' })
      expect(await world.states()).toEqual(['kept', 'refused:type', 'waiting:unreachable'])
      files.set('late', { kind: 'bytes', bytes: picture('迟') })
      await world.advance({ minutes: 1 })
      expect(await world.states()).toEqual(['kept', 'refused:type', 'kept'])
      expect(await db.read.keptFile.count()).toBe(2)

      await world.as('王芳').says('工作群', '办结 0001 已更换门机皮带')
      await db.write((tx) => tx.community.updateMany({ data: { settings: { attachmentDays: 30 } } }))
      await world.jump({ days: 31 })
      await world.advance({ hours: 1 })
      expect(new Set(await world.states())).toEqual(new Set(['dropped:expired']))
      expect(await db.read.keptFile.count()).toBe(0)

      await world.sends('爱丽', '居民群', { id: 'lift', caption: '报事 5幢1单元路灯不亮了' })
      const kept = await db.read.attachment.findFirstOrThrow({ where: { status: 'kept' } })
      await world.as('爱丽').says('私聊', '删除我的信息')
      const [yes = ''] = world.last('私聊:爱丽').choices
      await world.as('爱丽').taps(yes)
      expect(await db.read.attachment.count({ where: { status: 'kept' } })).toBe(0)
      expect(await world.files.has(kept.sha256 ?? '')).toBe(false)
    } finally {
      await world.close()
    }
  })
})
