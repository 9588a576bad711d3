import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../support/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const wang = () => world.as('王芳')
const says = async (text: string) => (await wang().says('私聊', text)).map((one) => one.text).join('\n')

describe('ten seconds after a visit', () => {
  it('is logged in one line, with the count', async () => {
    const heard = await wang().says('私聊', '走访 3-2-501 张阿姨说楼道灯坏了，已联系物业；血压高')
    expect(heard).toHaveLength(1)
    expect(heard[0]?.text).toBe(
      '记下了：3幢2单元501 张阿姨。问题：楼道灯坏、血压高；措施：已联系物业。今天第 1 户，本月 1/30。',
    )
    expect(heard[0]?.choices).toEqual(['“楼道灯坏”立诉求', '改', '撤'])
    expect(await says('走房 三幢二单元六零一 在 一切正常')).toContain('3幢2单元601')
    expect(await says('我的进度')).toContain('11月走访 2/30，今天 2 户')
  })

  it('takes several at once; who was not home or only phoned does not count', async () => {
    expect(await says('走访 3-2-502 没人 3-2-601 在 说电梯吵')).toMatch(
      /记下了 2 户：\n3幢2单元502 .*未遇（不计数，已记）\n3幢2单元601 .*问题：电梯吵\n今天第 1 户，本月 1\/30/,
    )
    expect(await says('走访\n3-1-101 拒访\n电访 3-1-102 在外地\n微信走访 3-1-201 平安')).toContain('本月 1/30')
    expect(await says('走访 3-2-502 见到了，身体挺好')).toContain('本月 2/30')
    expect(await says('我的进度')).toContain('另有未遇 1、拒访 1、电话微信 2，不计入')
  })

  it('counts a household once a day and once a month', async () => {
    await says('走访 3-2-501 灯坏了')
    expect(await says('走访 3-2-501 又去看了一次，正常')).toMatch(/今天这户已记过，合计一户.*本月 1\/30/s)
    await world.advanceTo('2026-11-23 14:00')
    expect(await says('走访 3-2-501 正常')).toMatch(/本月已走访过，不重复计数.*今天第 1 户，本月 1\/30/s)
  })

  it('asks only for the household when that is unclear, and goes on with the rest after the tap', async () => {
    const [question] = await wang().says('私聊', '走访 3-2-505 灯坏了，已报物业')
    expect(question?.text).toContain('没找到“3-2-505”')
    expect(question?.choices[0]).toBe('3-2-501 张爱丽')
    const [receipt] = await wang().taps('3-2-501 张爱丽')
    expect(receipt?.text).toMatch(/3幢2单元501.*问题：灯坏；措施：已报物业/s)

    const two = await wang().says('私聊', '走访 3-3-201 没人\n3-2-601 正常')
    expect(two.map((one) => one.text).join('\n')).toMatch(/记下了：3幢2单元601.*没找到“3-3-201”/s)
    const answered = await wang().says('私聊', '3-2-201')
    expect(answered[0]?.text).toMatch(/3幢2单元201.*未遇/s)
  })

  it('finds people by name, and offers those who fit', async () => {
    expect(await says('走访 张爱丽，灯坏了')).toContain('3幢2单元501 张爱丽')
    const [question] = await wang().says('私聊', '走访 张阿姨 血压高')
    expect(question?.choices).toContain('3-2-501 张爱丽')
    expect(question?.choices.every((label) => / 张/.test(label))).toBe(true)
    const [receipt] = await wang().taps('3-2-501 张爱丽')
    expect(receipt?.text).toContain('问题：血压高')
  })

  it('suggests households when none was named, and logs by two taps', async () => {
    const [question] = await wang().says('私聊', '走访')
    const first = question?.choices[0] ?? ''
    await wang().taps(first)
    const [receipt] = await wang().taps('未遇')
    expect(receipt?.text).toContain('未遇（不计数，已记）')
  })

  it('asks for one word about a household to be cared for, and takes it', async () => {
    const heard = await wang().says('私聊', '走访 3-2-502 见到')
    expect(heard.map((one) => one.text).join('\n')).toMatch(/应思琪（重点） 见到.*应思琪是重点户，情况怎样？/s)
    expect(await says('腿脚不便，已联系助餐')).toMatch(/问题：腿脚不便；措施：已联系助餐.*本月 1\/30/s)
  })

  it('may be of an earlier day within the term, and says so', async () => {
    expect(await says('走访 昨天 3-1-301 正常')).toMatch(/补记 11-21.*本月 1\/30/s)
    expect(await says('补记 11-19 走访 3-1-302 正常')).toContain('补记 11-19')
    expect(await says('走访 11-18 3-1-401 正常')).toContain('已超过 3 天')
    expect(await says('走访 昨天 3-1-301 又去了')).toContain('合计一户')
    expect((await world.db.read.visit.findMany({ where: { backdated: true } })).map((one) => one.day)).toEqual([
      '2026-11-21',
      '2026-11-19',
      '2026-11-21',
    ])
  })

  it('is corrected and withdrawn by new entries; the old ones stay', async () => {
    const [receipt] = await wang().says('私聊', '走访 3-2-501 灯坏了')
    expect(await says('改 没人')).toMatch(/改好了：3幢2单元501.*未遇.*本月 0\/30.*原记录保留/s)
    expect(await says('改 3-2-601 见到')).toMatch(/改好了：3幢2单元601.*本月 1\/30/s)
    expect(await says('撤')).toMatch(/撤回了：3幢2单元601。本月 0\/30/)
    const late = await wang().says('私聊', '撤', receipt ? { quotes: receipt } : {})
    expect(late[0]?.text).toBe('这条已经撤回或更正过了。')
    const rows = await world.db.read.visit.findMany({ orderBy: { id: 'asc' } })
    expect(rows.map((row) => [row.status, row.outcome, row.counted])).toEqual([
      ['corrected', 'met', false],
      ['corrected', 'not_home', false],
      ['withdrawn', 'met', false],
    ])
    const entries = await world.db.read.ledgerEntry.findMany({
      where: { page: 'visits', subject: { startsWith: 'visit:' } },
      orderBy: { seq: 'asc' },
    })
    expect(entries.map((entry) => entry.type)).toEqual([
      'visit.logged',
      'visit.corrected',
      'visit.corrected',
      'visit.withdrawn',
    ])
    expect(entries[1]?.correctsSeq).toBe(entries[0]?.seq)
    expect(entries[3]?.correctsSeq).toBe(entries[2]?.seq)
    expect(await says('本月走访')).toMatch(/已撤回.*已更正/s)
  })

  it('lets nobody change a colleague’s visit but the manager', async () => {
    await says('走访 3-2-501 灯坏了')
    const key = (await world.db.read.visit.findFirstOrThrow()).key
    const receipt = world.last('私聊:王芳')
    expect(receipt.message.choices?.length).toBe(3)
    const other = await world.as('李强').says('私聊', '撤')
    expect(other[0]?.text).toContain('今天还没有可改的走访记录')
    expect((await world.db.read.visit.findUniqueOrThrow({ where: { key } })).status).toBe('valid')
  })

  it('turns a finding into a request with one tap, linked both ways', async () => {
    await says('走访 3-2-501 楼道灯坏了；血压高')
    const heard = await wang().taps('“楼道灯坏”立诉求')
    expect(heard.some((one) => one.text === '已转为诉求：楼道灯坏。')).toBe(true)
    expect(world.heard('工作群').some((one) => /待接单.*楼道灯坏/s.test(one.text))).toBe(true)
    const request = await world.db.read.request.findFirstOrThrow()
    const visit = await world.db.read.visit.findFirstOrThrow()
    expect(visit.requestNumber).toBe(request.number)
    expect(request.householdId).toBe(visit.householdId)
    const again = await wang().taps('“楼道灯坏”立诉求')
    expect(again[0]?.text).toContain(request.number)
    expect(await world.db.read.request.count()).toBe(1)
  })

  it('keeps a photo with the visit', async () => {
    const picture = [{ reference: 'photo-1', mime: 'image/jpeg' }]
    await wang().says('私聊', '走访 3-2-501 灯坏了', { attachments: picture })
    const more = await wang().says('私聊', '', { attachments: [{ reference: 'photo-2', mime: 'image/jpeg' }] })
    expect(more[0]?.text).toBe('照片收好了，放在 3幢2单元501 的记录里。')
    const visit = await world.db.read.visit.findFirstOrThrow()
    expect(visit.photos).toBe(2)
    expect(await world.db.read.attachment.count({ where: { subject: `visit:${visit.key}` } })).toBe(2)
    await world.advance({ minutes: 30 })
    const late = await wang().says('私聊', '', { attachments: picture })
    expect(late[0]?.text).toContain('不知道是哪一户的')
  })

  it('marks a visit outside the grid, and still counts it', async () => {
    expect(await says('走访 8-1-502 没事')).toMatch(/不在您的网格，已注明.*本月 1\/30/s)
    const visit = await world.db.read.visit.findFirstOrThrow()
    const li = await world.db.read.person.findUniqueOrThrow({ where: { staffNo: 'W02' } })
    expect([visit.outside, visit.responsibleId]).toEqual([true, li.id])
  })

  it('never tells a residents’ group what a visit found', async () => {
    await wang().says('居民群', '走访 3-1-501 血压高')
    expect(world.heard('居民群')).toEqual([])
    expect(world.last('私聊:王芳').text).toMatch(/记下了.*走访内容请私聊我发/s)
    expect(await world.as('爱丽').says('居民群', '走访 3-1-501 血压高')).toEqual([])
    const [refused] = await world.as('爱丽').says('私聊', '走访 3-1-501 血压高')
    expect(refused?.text).toContain('绑定 工号 姓名')
    expect(await world.db.read.visit.count()).toBe(1)
  })
})
