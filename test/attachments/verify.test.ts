import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contentPath } from '../../src/files/index.js'
import { verifyFiles } from '../../src/ledger/verify/files.js'
import { ELEVATOR, picture, SUBJECT, type TelegramWorld, telegramWorld } from './support.js'

let world: TelegramWorld
beforeEach(async () => {
  world = await telegramWorld()
  for (const id of ['a', 'b']) world.telegram.server.files.set(id, { kind: 'bytes', bytes: picture(id) })
  await world.sends('爱丽', '居民群', { id: 'a', caption: ELEVATOR })
  await world.sends('爱丽', '居民群', { id: 'b' })
})
afterEach(() => world.close())

const verify = () => verifyFiles(world.db.read, world.files)
const shas = async () => (await world.db.read.attachment.findMany({ orderBy: { id: 'asc' } })).map((one) => one.sha256)

describe('a verification of attachments', () => {
  it('finds all of them as the ledger has them', async () => {
    expect(await verify()).toEqual({ files: 2, faults: [] })
  })

  it('names one that is missing, and one whose bytes were changed', async () => {
    const [a, b] = await shas()
    await world.files.remove(a ?? '')
    writeFileSync(contentPath(world.filesFolder, b ?? ''), picture('c'))
    const { faults } = await verify()
    expect(faults.map((one) => one.words)).toEqual([
      `${SUBJECT} 的附件不在存放的地方`,
      `${SUBJECT} 的附件被改过：内容和校验值不符`,
    ])
  })

  it('names one that was put in the place of another, and one that the ledger does not know', async () => {
    const [a, b] = await shas()
    await world.db.write((tx) => tx.attachment.updateMany({ where: { sha256: a }, data: { sha256: b } }))
    await world.db.write((tx) =>
      tx.attachment.create({
        data: {
          channel: 'telegram',
          reference: 'x',
          mime: '',
          subject: SUBJECT,
          createdAt: world.now(),
          status: 'kept',
          sha256: b,
        },
      }),
    )
    const { faults } = await verify()
    expect(faults.map((one) => one.words)).toEqual([
      `${SUBJECT} 的附件不是台账登记的那一个`,
      `${SUBJECT} 的附件在台账里没有登记`,
    ])
  })
})
