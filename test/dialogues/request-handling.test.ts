import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../support/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
  await world.as('爱丽').says('居民群', '3幢2单元电梯又坏了，我妈八十多岁下不来楼')
})
afterEach(() => world.close())

const status = async (number = 'BH-202611-0001') =>
  (await world.db.read.request.findUniqueOrThrow({ where: { number } })).status

describe('handling', () => {
  it('goes to a colleague who is named, and the resident hears of it', async () => {
    await world.as('王芳').says('私聊', '转派 0001 李强 我下午培训')
    expect(world.last('私聊:王芳').text).toBe('0001 已转给李强。')
    expect(world.last('私聊:李强').text).toContain('王芳：我下午培训')
    expect(world.last('私聊:爱丽').text).toContain('转由李强跟进')
    await world.as('王芳').says('私聊', '转派 0001 张三丰')
    expect(world.last('私聊:王芳').text).toContain('没找到叫“张三丰”')
  })

  it('asks for what is missing and takes the next words for it', async () => {
    await world.as('王芳').taps('办结', '工作群')
    expect(world.last('工作群').text).toContain('请写一句 0001 是怎么处理的')
    await world.as('王芳').says('工作群', '换了门机皮带')
    expect(world.last('私聊:爱丽').text).toContain('已办结：换了门机皮带')
    expect(await status()).toBe('closed')
  })

  it('waits until the day named, then asks again', async () => {
    await world.as('王芳').says('私聊', '暂停 0001 等配件 到11-25')
    expect(world.last('私聊:王芳').text).toContain('11-25 我会提醒您')
    expect(world.last('私聊:爱丽').text).toContain('要等一等：等配件')
    expect(await status()).toBe('waiting')
    await world.advanceTo('2026-11-25 09:00')
    expect(world.last('私聊:王芳').text).toContain('【到时间了】')
    expect(await status()).toBe('in_progress')
  })

  it('says whose it is when it is not ours', async () => {
    await world.as('王芳').says('私聊', '不受理 0001 属于业主自用水管')
    expect(world.last('私聊:王芳').choices).toEqual(['物业报修', '自行维修，可推荐师傅', '业委会', '其他，写一句'])
    await world.as('王芳').taps('物业报修')
    expect(world.last('私聊:爱丽').text).toContain('不归社区管，请找：物业报修，属于业主自用水管')
  })

  it('takes a mistaken logging down and keeps the words to learn from, without the phone number', async () => {
    await world.as('小陈').says('居民群', '@邻里 报事 5幢6楼漏水 联系13812341234')
    await world.as('王芳').says('工作群', '不是诉求 0002')
    const [example] = await world.db.read.labelledExample.findMany()
    expect(example).toMatchObject({ intent: 'chatter', source: 'not_a_request' })
    expect(example?.text).not.toContain('13812341234')
  })

  it('puts category and address right, and the block’s worker follows', async () => {
    await world.as('王芳').says('私聊', '改类 0001 环境卫生')
    expect(world.last('私聊:王芳').text).toBe('0001 已改为环境卫生。')
    await world.as('王芳').says('私聊', '改址 0001 7幢1单元302')
    expect(world.last('私聊:王芳').text).toBe('0001 地址已改为7幢1单元302，由李强负责。')
    const row = await world.db.read.request.findFirstOrThrow()
    expect(row).toMatchObject({ category: 'sanitation', building: '7', unit: '1', room: '302' })
    expect(await world.db.read.labelledExample.count()).toBe(2)
  })

  it('shows a worker what is in hand, and one request’s life', async () => {
    await world.as('王芳').says('私聊', '待办')
    expect(world.last('私聊:王芳').text).toContain('在办 1 件')
    await world.as('王芳').says('私聊', '接单')
    await world.as('王芳').says('私聊', '详情 0001')
    expect(world.last('私聊:王芳').text).toMatch(/登记：.*\n.*王芳接单/)
    await world.as('李强').says('私聊', '待办')
    expect(world.last('私聊:李强').text).toContain('没有在办')
  })
})

describe('in the group', () => {
  it('says nobody’s room, whatever is told', async () => {
    await world.as('老周').says('居民群', '@邻里 报事 3幢2单元802 厨房下水道堵了')
    await world.as('王芳').says('私聊', '进展 0002 师傅下午到')
    await world.as('王芳').says('私聊', '暂停 0002 等配件 到11-25')
    await world.as('王芳').says('私聊', '转派 0002 李强')
    await world.as('李强').says('私聊', '办结 0002 通好了')
    const told = world.heard('居民群').filter((one) => one.mention === '老周')
    expect(told.length).toBeGreaterThanOrEqual(5)
    for (const one of told) expect(one.text).not.toContain('802')
  })

  it('tells the reporter when a logging is taken down', async () => {
    await world.as('王芳').says('工作群', '不是诉求 0001')
    expect(world.last('私聊:爱丽').text).toContain('没有作为诉求办理')
  })

  it('hands the card on when the address moves it to another block', async () => {
    await world.as('王芳').says('私聊', '改址 0001 7幢1单元302')
    expect(world.last('私聊:李强').text).toContain('【改址转来】')
    expect(world.last('私聊:李强').choices).toContain('接单')
  })
})

describe('one problem, many reporters', () => {
  it('counts a neighbour silently', async () => {
    const before = world.heard('居民群').length
    await world.as('老周').says('居民群', '我家也是，3幢电梯早上就停了')
    expect(world.heard('居民群')).toHaveLength(before)
    expect(await world.db.read.requestReporter.count()).toBe(2)
    expect(world.last('私聊:王芳').text).toContain('【附议】0001')
  })

  it('offers a second report as a merge; both reporters are told, and it can be undone', async () => {
    await world.as('李阿姨').says('居民群', '@邻里 报事 3幢2单元电梯停在一楼不动了')
    const card = world.last('工作群')
    expect(card.text).toContain('可能与 0001 是同一件事')
    await world.as('王芳').taps('并入0001', '工作群')
    expect(world.last('私聊:李阿姨').text).toContain('合在一起办')
    await world.as('王芳').says('私聊', '办结 0001 修好了')
    expect(world.last('私聊:李阿姨').text).toContain('修好了')
    expect(world.last('私聊:爱丽').text).toContain('修好了')
    await world.as('李阿姨').taps('解决了，满意')
    expect(await world.db.read.satisfaction.count()).toBe(1)

    await world.as('王芳').says('私聊', '拆分 0002')
    expect(world.last('私聊:王芳').text).toContain('已拆开')
    expect(await status('BH-202611-0002')).toBe('assigned')
  })

  it('takes the same person’s second word for an addition', async () => {
    await world.as('爱丽').says('居民群', '3幢2单元电梯现在门也关不上了')
    expect(await world.db.read.request.count()).toBe(1)
    expect(world.last('私聊:王芳').text).toContain('【补充】0001')
  })
})

describe('the reporter', () => {
  it('asks how it stands', async () => {
    await world.as('爱丽').says('私聊', '进度')
    expect(world.last('私聊:爱丽').text).toBe('0001 3幢2单元·公共设施：待接单，王芳负责，最迟 11-25 17:30 前办结。')
  })

  it('calls it off in plain words', async () => {
    await world.as('爱丽').says('居民群', '不用来了，电梯自己好了，谢谢')
    expect(await status()).toBe('closed')
    expect(world.last('居民群').text).toContain('已按您说的撤回')
    expect(world.last('私聊:王芳').text).toContain('【已撤回】')
  })

  it('adds a picture', async () => {
    const picture = { reference: 'sandbox:p1', mime: 'image/png' }
    await world.as('爱丽').says('居民群', '', { attachments: [picture] })
    expect(await world.db.read.attachment.findFirst()).toMatchObject({ subject: 'request:BH-202611-0001' })
    expect(world.last('私聊:王芳').text).toContain('〔图片 1 张〕')
  })

  it('changes the message, and the worker sees the new words', async () => {
    await world.as('爱丽').edits('居民群', '3幢1单元电梯又坏了，打错了')
    expect(world.last('私聊:王芳').text).toContain('3幢1单元电梯又坏了')
  })

  it('chases, and not twice in two hours', async () => {
    await world.as('爱丽').says('私聊', '修好了吗，怎么还没来人')
    expect(world.last('私聊:王芳').text).toContain('【催单】0001')
    await world.as('爱丽').says('私聊', '催单')
    expect(world.last('私聊:爱丽').text).toContain('刚刚已经催过了')
    const row = await world.db.read.request.findFirstOrThrow()
    expect(row.chases).toBe(1)
  })
})

describe('overdue', () => {
  it('climbs from the worker to the manager to the subdistrict, each once and by day', async () => {
    await world.advanceTo('2026-11-23 18:00')
    expect(world.last('私聊:王芳').text).toContain('【超时】0001')
    expect(world.heard('私聊:陈主任')).toEqual([])
    await world.advanceTo('2026-11-24 07:00')
    expect(world.heard('私聊:陈主任')).toEqual([])
    await world.advanceTo('2026-11-24 09:00')
    expect(world.last('私聊:陈主任').text).toContain('还没接单')
    await world.advanceTo('2026-11-24 19:00')
    expect(world.last('街道群').text).toContain('【超时】百合社区 BH-202611-0001')
    const warnings = world.heard('私聊:王芳').filter((one) => one.text.includes('超时'))
    expect(warnings).toHaveLength(1)
  })

  it('starts anew when it goes to a colleague or opens again', async () => {
    await world.jump({ days: 4 })
    expect(world.last('街道群').text).toContain('【超时】百合社区 BH-202611-0001')
    await world.as('陈主任').says('私聊', '转派 0001 李强')
    await world.as('李强').says('私聊', '办结 0001 换了门机')
    await world.as('爱丽').says('私聊', '没解决 还是抖')
    const told = world.heard('街道群').length
    await world.advance({ hours: 3 })
    expect(world.heard('街道群')).toHaveLength(told)
    expect(world.heard('私聊:李强').filter((one) => one.text.includes('超时'))).toEqual([])
  })
})
