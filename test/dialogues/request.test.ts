import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../support/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const ELEVATOR = '3幢2单元电梯又坏了，我妈八十多岁下不来楼'

describe('a request in the noise', () => {
  it('is logged once, with one short line in the group and a card for the worker', async () => {
    await world.as('李阿姨').says('居民群', '早啊大家 今天鸡蛋便宜')
    await world.as('阿波').says('居民群', '谁家有梯子借我用一下')
    expect(world.heard('居民群')).toEqual([])

    await world.as('爱丽').says('居民群', ELEVATOR)
    expect(world.heard('居民群')).toHaveLength(1)
    const answer = world.last('居民群')
    expect(answer.mention).toBe('爱丽')
    expect(answer.text).toBe('已登记 BH-202611-0001（3幢2单元·公共设施），网格员王芳会在1个工作日内联系您。')

    const card = world.last('工作群')
    expect(card.mention).toBe('王芳')
    expect(card.text).toContain('【待接单】BH-202611-0001 公共设施 | 3幢2单元')
    expect(card.text).toContain('接单时限 11-23 17:30')
    expect(card.choices).toEqual(['接单', '转派', '办结', '不受理', '不是诉求'])
  })

  it('is taken up, worked on, closed and rated, each step told to the reporter in private', async () => {
    await world.as('爱丽').says('居民群', ELEVATOR)
    await world.as('王芳').taps('接单', '工作群')
    expect(world.last('私聊:爱丽').text).toBe('您报的0001 3幢2单元·公共设施，王芳已接单，会尽快联系您。')

    await world.as('王芳').says('私聊', '进展 0001 维保下午三点到')
    expect(world.last('私聊:爱丽').text).toContain('有进展：维保下午三点到')

    await world.as('王芳').says('私聊', '办结 0001 已更换门机皮带，试运行正常')
    const asked = world.last('私聊:爱丽')
    expect(asked.text).toContain('已办结：已更换门机皮带，试运行正常。解决了吗？')
    await world.as('爱丽').taps('解决了，满意')
    expect(world.last('私聊:爱丽').text).toBe('谢谢您的评价。')

    const rating = await world.db.read.satisfaction.findFirstOrThrow({ include: { request: true } })
    const wang = await world.db.read.person.findUniqueOrThrow({ where: { staffNo: 'W01' } })
    expect(rating).toMatchObject({ score: 'satisfied', solved: 'solved', workerId: wang.id, closing: 1 })
    expect(rating.request.status).toBe('closed')

    const entries = await world.db.read.ledgerEntry.findMany({ orderBy: { seq: 'asc' } })
    expect(entries.map((entry) => entry.type)).toEqual([
      'request.logged',
      'request.accepted',
      'request.noted',
      'request.closed',
      'request.rated',
    ])
    expect(entries.map((entry) => entry.seq)).toEqual([1, 2, 3, 4, 5])
  })

  it('opens again when the reporter says it is not settled, once, and the manager is told', async () => {
    await world.as('爱丽').says('居民群', ELEVATOR)
    await world.as('王芳').says('私聊', '办结 0001 已复位')
    await world.as('爱丽').taps('没解决')
    expect(world.last('私聊:爱丽').text).toContain('请说一句哪里没好')
    await world.as('爱丽').says('私聊', '刚才又停在三楼了')
    expect(world.last('私聊:爱丽').text).toContain('已重新打开 0001')
    expect(world.last('私聊:陈主任').text).toContain('刚才又停在三楼了')
    expect(world.last('私聊:王芳').text).toContain('【居民说没解决】')

    await world.as('王芳').says('私聊', '办结 0001 换了门机')
    await world.as('爱丽').taps('没解决')
    expect(world.last('私聊:爱丽').text).toContain('已经重开过一次')
    expect(await world.db.read.request.count({ where: { status: 'closed' } })).toBe(1)
  })

  it('is told in the group by mention where the reporter never opened a private chat', async () => {
    await world.as('老周').says('居民群', '3幢2单元802 厨房下水道堵了水往外冒')
    await world.as('王芳').taps('接单', '工作群')
    const told = world.last('居民群')
    expect(told.mention).toBe('老周')
    expect(told.text).toBe('您报的 0001 王芳已接单。')
    expect(told.text).not.toContain('802')
  })
})

describe('where it is', () => {
  it('does not take a public place for the home of whoever tells of it', async () => {
    await world.as('小陈').says('居民群', '垃圾房边上臭死了，三天没人清，苍蝇乱飞')
    const request = await world.db.read.request.findFirstOrThrow()
    expect(request).toMatchObject({ building: null, householdId: null })
    expect(world.last('居民群').text).toContain('（环境卫生）')
  })

  it('asks once where, and takes the next words for it', async () => {
    await world.as('路人').says('居民群', '@邻里 报事 卫生间天花板漏水，滴了一晚上了')
    expect(world.last('居民群').text).toContain('请补一句是几幢几单元')
    await world.as('路人').says('居民群', '12幢1单元301')
    const request = await world.db.read.request.findFirstOrThrow()
    expect(request).toMatchObject({ building: '12', unit: '1', room: '301' })
  })
})

describe('several at once', () => {
  it('asks which one is meant, and a number answers', async () => {
    await world.as('爱丽').says('居民群', ELEVATOR)
    await world.as('爱丽').says('私聊', '报事 3幢楼下路灯三天没亮了')
    await world.as('爱丽').says('私聊', '催单')
    const which = world.last('私聊:爱丽')
    expect(which.text).toContain('您想催哪一件')
    expect(which.choices).toHaveLength(2)
    await world.as('爱丽').says('私聊', '2')
    expect(world.last('私聊:爱丽').text).toContain('已提醒王芳尽快办 0001')
  })

  it('binds a reply to the quoted message', async () => {
    await world.as('爱丽').says('居民群', ELEVATOR)
    await world.as('爱丽').says('私聊', '报事 3幢楼下路灯三天没亮了')
    const [first] = world.heard('居民群')
    if (!first) throw new Error('no answer')
    await world.as('爱丽').says('居民群', '催单', { quotes: first })
    expect(world.last('居民群').text).toContain('0001')
  })
})

describe('a stranger, a wrong word, an old button', () => {
  it('refuses kindly and changes nothing', async () => {
    await world.as('爱丽').says('居民群', ELEVATOR)
    await world.as('路人').says('工作群', '办结 0001')
    expect(world.last('工作群').text).toContain('只有社区工作人员')
    expect(await world.db.read.request.findFirst({ select: { status: true } })).toEqual({ status: 'assigned' })

    await world.as('王芳').says('私聊', '办结 0099 好了')
    expect(world.last('私聊:王芳').text).toContain('没找到编号 0099')

    await world.jump({ days: 15 })
    await world.as('王芳').taps('接单', '工作群')
    expect(world.last('工作群').text).toContain('按钮已经过期')
  })

  it('lets a stranger in a group tap nothing of the workers', async () => {
    await world.as('爱丽').says('居民群', ELEVATOR)
    await world.as('路人').taps('不是诉求', '工作群')
    expect(world.last('工作群').text).toContain('只有社区工作人员')
    expect(await world.db.read.labelledExample.count()).toBe(0)
  })
})

describe('danger', () => {
  it('never waits: advice at once, everybody told, and silence reaches the subdistrict in minutes', async () => {
    await world.as('阿波').says('居民群', '7幢楼道煤气味很重！！')
    expect(world.last('居民群').text).toContain('已紧急通知李强、陈主任')
    expect(world.last('居民群').text).toContain('开窗')
    expect(world.last('私聊:李强').text).toContain('🔴紧急')
    expect(world.last('私聊:陈主任').text).toContain('🔴紧急')
    await world.advance({ minutes: 3 })
    expect(world.last('街道群').text).toContain('【超时】百合社区 BH-202611-0001')
    const told = world.heard('街道群').length
    await world.advance({ minutes: 10 })
    expect(world.heard('街道群')).toHaveLength(told)
  })
})
