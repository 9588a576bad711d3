import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contentPath, createFileFolder, filesBeside } from '../../src/files/index.js'
import { backUp, restore } from '../../src/ledger/backup.js'
import { ELEVATOR, picture, stream, type TelegramWorld, telegramWorld } from './support.js'

const NOW = new Date('2026-11-22T01:00:00Z')
let world: TelegramWorld
let folder: string
let file: string
beforeEach(async () => {
  world = await telegramWorld()
  folder = join(world.filesFolder, '..')
  file = join(folder, 'backup.db')
  world.telegram.server.files.set('lift', { kind: 'bytes', bytes: picture('电梯') })
  await world.sends('爱丽', '居民群', { id: 'lift', caption: ELEVATOR })
})
afterEach(() => world.close())

const shaOf = async () => (await world.db.read.attachment.findFirst())?.sha256 ?? ''

describe('a backup with attachments', () => {
  it('has their bytes beside it, for the owner alone, and a restore brings them back', async () => {
    const sha = await shaOf()
    const { files } = await backUp(world.db, file)
    expect(files).toEqual({ count: 1, bytes: 200, faults: [] })
    const copy = contentPath(filesBeside(file), sha)
    expect(statSync(copy).mode & 0o777).toBe(0o600)

    const target = join(folder, 'elsewhere', 'other.db')
    const old = createFileFolder(filesBeside(target))
    await old.receive('1', stream(Buffer.from('旧')), 1000)
    const restored = await restore(file, target, NOW)
    expect(restored.files).toEqual({ count: 1, bytes: 200, faults: [] })
    const found = await createFileFolder(filesBeside(target)).read(sha)
    expect(Buffer.from(found ?? [])).toEqual(picture('电梯'))
    expect(existsSync(join(`${filesBeside(target)}.before-restore-20261122010000`, 'incoming', '1'))).toBe(true)
    expect(readdirSync(join(folder, 'elsewhere')).filter((name) => /part|restoring/.test(name))).toEqual([])
  })

  it('does not give back what was erased before it was made', async () => {
    const sha = await shaOf()
    await world.db.write((tx) => tx.attachment.deleteMany())
    await world.service.idle()
    const { files } = await backUp(world.db, file)
    expect(files.count).toBe(0)
    expect(existsSync(filesBeside(file))).toBe(false)
    expect(await world.files.has(sha)).toBe(false)
  })

  it('names what is missing or was changed, and backs up the rest', async () => {
    const sha = await shaOf()
    await world.sends('爱丽', '居民群', { id: 'other' })
    writeFileSync(contentPath(world.filesFolder, sha), 'changed')
    const { files } = await backUp(world.db, file)
    expect(files).toMatchObject({ count: 1, faults: [sha] })
  })

  it('overwrites no folder', async () => {
    await backUp(world.db, file)
    await expect(backUp(world.db, join(folder, 'backup.sqlite'))).rejects.toThrow('已经存在')
  })
})
