import type { Database } from '../../src/db/client.js'
import type { Tx } from '../../src/db/transaction.js'
import { appendEntries } from '../../src/ledger/entries.js'
import { HOUR, NOW } from './harness.js'

export const TEXT = '3幢2单元电梯坏了，找王小明 13812345678'

/**
 * Two communities of one subdistrict (FD, CX) and one of another district (ZH). Each has a grid, a worker, a resident
 * and `count` requests, an hour apart, the last one logged now.
 */
export async function seed(db: Database, count = 3): Promise<Record<'FD' | 'CX' | 'ZH', number>> {
  return db.write(async (tx) => {
    const [east, west] = [await subdistrict(tx, 'A'), await subdistrict(tx, 'B')]
    return {
      FD: await community(tx, 'FD', east, count),
      CX: await community(tx, 'CX', east, count),
      ZH: await community(tx, 'ZH', west, count),
    }
  })
}

async function subdistrict(tx: Tx, code: string): Promise<number> {
  const district = await tx.district.create({ data: { code: `D${code}`, name: code } })
  return (await tx.subdistrict.create({ data: { code: `S${code}`, name: code, districtId: district.id } })).id
}

async function community(tx: Tx, code: string, subdistrictId: number, count: number): Promise<number> {
  const { id: communityId } = await tx.community.create({
    data: { code, name: code, timezone: 'Asia/Shanghai', settings: {}, subdistrictId },
  })
  const grid = await tx.grid.create({ data: { code: `${code}-G1`, name: '一网格', communityId } })
  const worker = await tx.person.create({
    data: { name: '李社工', staffNo: `${code}-W01`, communityId, createdAt: NOW },
  })
  const home = { gridId: grid.id, communityId, building: '3', unit: '2', room: '501' }
  const household = await tx.household.create({ data: home })
  const resident = await tx.person.create({
    data: { name: '王小明', phone: '13812345678', communityId, householdId: household.id, createdAt: NOW },
  })
  const account = await tx.account.create({
    data: { channel: 'sandbox', externalId: `${code}-r`, displayName: '小明', personId: resident.id, createdAt: NOW },
  })
  const chat = await tx.chat.create({
    data: { channel: 'sandbox', externalId: `${code}-g`, kind: 'residents', communityId, createdAt: NOW },
  })
  for (let serial = 1; serial <= count; serial += 1) {
    const number = `${code}-202611-${String(serial).padStart(4, '0')}`
    const at = new Date(NOW.getTime() - (count - serial) * HOUR)
    await tx.request.create({
      data: {
        number,
        communityId,
        gridId: grid.id,
        householdId: household.id,
        workerId: worker.id,
        reporterId: account.id,
        chatId: chat.id,
        category: serial % 2 ? 'facility' : 'parking',
        urgent: serial === 1,
        text: TEXT,
        building: '3',
        unit: '2',
        status: serial === 1 ? 'closed' : 'assigned',
        resolution: serial === 1 ? 'solved' : null,
        resolutionNote: serial === 1 ? '已更换钢丝绳，回访 13812345678' : null,
        createdAt: at,
        acceptBy: new Date(at.getTime() + HOUR),
        closeBy: new Date(at.getTime() + 72 * HOUR),
        closedAt: serial === 1 ? NOW : null,
        reporters: { create: { accountId: account.id, kind: 'reporter', chatId: chat.id, at } },
      },
    })
    const event = {
      type: 'request.logged',
      communityId,
      subject: `request:${number}`,
      page: 'requests',
      gridId: grid.id,
      householdId: household.id,
      workerId: worker.id,
      text: `王小明 报事：${TEXT}`,
      data: { number, name: '王小明' },
    }
    await appendEntries(tx, [event], { now: at, inboxId: serial, actor: `account:${account.id}` })
  }
  return communityId
}
