import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { World } from '../support/world.js'

const ELEVATOR = '3幢2单元电梯又坏了，我妈八十多岁下不来楼'
const LAMP = '报事 3幢楼下路灯三天没亮了'

export interface Traits {
  /** People can change what they said. */
  readonly edits: boolean
  /** A photo can come with words. */
  readonly captions: boolean
}

/** The life of a request as people see it. Every platform must give the same. */
export function dialoguesOver(platform: string, open: () => Promise<World>, traits: Traits): void {
  describe(`over ${platform}`, () => {
    let world: World
    beforeEach(async () => {
      world = await open()
    })
    afterEach(() => world.close())

    it('leaves chatter alone, logs a request, and takes it to the end', async () => {
      await world.as('李阿姨').says('居民群', '早啊大家 今天鸡蛋便宜')
      expect(world.heard('居民群')).toEqual([])

      await world.as('爱丽').says('居民群', ELEVATOR)
      const answer = world.last('居民群')
      expect(answer.mention).toBe('爱丽')
      expect(answer.text).toBe('已登记 BH-202611-0001（3幢2单元·公共设施），网格员王芳会在1个工作日内联系您。')
      const card = world.last('工作群')
      expect(card.mention).toBe('王芳')
      expect(card.text).toContain('【待接单】BH-202611-0001 公共设施 | 3幢2单元')
      expect(card.choices).toEqual(['接单', '转派', '办结', '不受理', '不是诉求'])

      await world.as('王芳').taps('接单', '工作群')
      expect(world.last('私聊:爱丽').text).toBe('您报的0001 3幢2单元·公共设施，王芳已接单，会尽快联系您。')
      await world.as('王芳').says('私聊', '办结 0001 已更换门机皮带，试运行正常')
      expect(world.last('私聊:爱丽').text).toContain('已办结：已更换门机皮带，试运行正常。解决了吗？')
      await world.as('爱丽').taps('解决了，满意')
      expect(world.last('私聊:爱丽').text).toBe('谢谢您的评价。')

      expect(await world.db.read.satisfaction.findMany({ select: { score: true } })).toEqual([{ score: 'satisfied' }])
      const entries = await world.db.read.ledgerEntry.findMany({ orderBy: { seq: 'asc' } })
      expect(entries.map((entry) => entry.type)).toEqual([
        'request.logged',
        'request.accepted',
        'request.closed',
        'request.rated',
      ])
    })

    it('asks which of two is meant, and a number answers', async () => {
      await world.as('爱丽').says('居民群', ELEVATOR)
      await world.as('爱丽').says('私聊', LAMP)
      await world.as('爱丽').says('私聊', '催单')
      expect(world.last('私聊:爱丽').text).toContain('您想催哪一件')
      expect(world.last('私聊:爱丽').choices).toHaveLength(2)
      await world.as('爱丽').says('私聊', '2')
      expect(world.last('私聊:爱丽').text).toContain('已提醒王芳尽快办 0001')
      expect(world.last('私聊:王芳').text).toContain('【催单】0001')
    })

    it('binds a reply to the message it quotes', async () => {
      await world.as('爱丽').says('居民群', ELEVATOR)
      await world.as('爱丽').says('私聊', LAMP)
      await world.as('爱丽').says('居民群', '催单', { quotes: world.last('居民群') })
      expect(world.last('居民群').text).toContain('已提醒王芳尽快办 0001')
    })

    it('opens a contested request again, once, and tells the manager', async () => {
      await world.as('爱丽').says('居民群', ELEVATOR)
      await world.as('王芳').says('私聊', '办结 0001 已复位')
      await world.as('爱丽').taps('没解决')
      expect(world.last('私聊:爱丽').text).toContain('请说一句哪里没好')
      await world.as('爱丽').says('私聊', '刚才又停在三楼了')
      expect(world.last('私聊:爱丽').text).toContain('已重新打开 0001')
      expect(world.last('私聊:陈主任').text).toContain('刚才又停在三楼了')

      await world.as('王芳').says('私聊', '办结 0001 换了门机')
      await world.as('爱丽').taps('没解决')
      expect(world.last('私聊:爱丽').text).toContain('已经重开过一次')
    })

    it('refuses a stranger among the workers and changes nothing', async () => {
      await world.as('爱丽').says('居民群', ELEVATOR)
      await world.as('路人').says('工作群', '办结 0001')
      expect(world.last('工作群').text).toContain('只有社区工作人员')
      const refusals = world.heard('工作群').filter((one) => one.text.includes('只有社区工作人员')).length
      await world.as('路人').taps('不是诉求', '工作群')
      expect(world.heard('工作群').filter((one) => one.text.includes('只有社区工作人员'))).toHaveLength(refusals + 1)
      expect(await world.db.read.request.findFirst({ select: { status: true } })).toEqual({ status: 'assigned' })
    })

    it('lets danger never wait', async () => {
      await world.as('阿波').says('居民群', '7幢楼道煤气味很重！！')
      expect(world.last('居民群').text).toContain('已紧急通知李强、陈主任')
      expect(world.last('私聊:李强').text).toContain('🔴紧急')
      expect(world.last('私聊:陈主任').text).toContain('🔴紧急')
      await world.advance({ minutes: 3 })
      expect(world.last('街道群').text).toMatch(/【超时】百合社区 BH-\d{6}-0001/)
    })

    it('adds a photo to the request it shows', async () => {
      await world.as('爱丽').says('私聊', ELEVATOR)
      await world.as('爱丽').says('私聊', '', { attachments: [{ reference: 'photo-1', mime: 'image/jpeg' }] })
      expect(world.last('私聊:爱丽').text).toBe('已补充到 0001。')
      expect(world.last('私聊:王芳').text).toContain('〔图片 1 张〕')
      expect(await world.db.read.attachment.count({ where: { subject: 'request:BH-202611-0001' } })).toBe(1)
      expect(await world.db.read.request.count()).toBe(1)
    })

    it.runIf(traits.captions)('logs a photo that comes with words', async () => {
      await world.as('爱丽').says('居民群', ELEVATOR, { attachments: [{ reference: 'photo-1', mime: 'image/jpeg' }] })
      expect(world.last('居民群').text).toContain('已登记 BH-202611-0001')
      expect(await world.db.read.attachment.count({ where: { subject: 'request:BH-202611-0001' } })).toBe(1)
    })

    it.runIf(traits.edits)('passes on an edited message, and logs nothing twice', async () => {
      await world.as('爱丽').says('居民群', ELEVATOR)
      await world.as('爱丽').edits('居民群', '3幢2单元电梯又坏了，灯也不亮')
      expect(world.heard('居民群')).toHaveLength(1)
      expect(world.last('私聊:王芳').text).toContain('【补充】0001 3幢2单元·公共设施：3幢2单元电梯又坏了，灯也不亮')
      expect(await world.db.read.request.count()).toBe(1)
    })

    it('merges two reports of one problem, tells both reporters, and parts them again', async () => {
      await world.as('爱丽').says('居民群', ELEVATOR)
      await world.as('阿波').says('私聊', '报事 3幢2单元电梯坏了两天了')
      await world.as('王芳').says('私聊', '合并 0002 到 0001')
      expect(world.last('私聊:阿波').text).toContain('是同一件事')
      await world.as('王芳').says('私聊', '进展 0001 维保下午三点到')
      expect(world.last('私聊:阿波').text).toContain('维保下午三点到')
      expect(world.last('私聊:爱丽').text).toContain('维保下午三点到')
      await world.as('王芳').says('私聊', '拆分 0002')
      await world.as('王芳').says('私聊', '进展 0001 配件到了')
      expect(world.last('私聊:爱丽').text).toContain('配件到了')
      expect(world.last('私聊:阿波').text).not.toContain('配件到了')
    })
  })
}
