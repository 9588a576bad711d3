import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cast } from '../../src/modules/surveys/ballot-box.js'
import { createWorld, type World } from '../support/world.js'

const DAY = '2026-11-22'
let world: World
beforeEach(async () => {
  world = await createWorld({ loud: true })
}, 120_000)
afterEach(() => world.close())

/** An officer registers the organisation; the demo's stranger turns out to be the person who speaks for it. */
async function hireSurveyor(): Promise<void> {
  const [own] = await world.as('周科长').says('私聊', '登记第三方 甬城调查 W01 王芳')
  expect(own?.text).toContain('不能当独立的调查员')
  const [hired] = await world.as('周科长').says('私聊', '登记第三方 甬城调查 S01 李明')
  expect(hired?.text).toContain('绑定 S01 李明')
  await world.db.write(async (tx) => {
    const person = await tx.person.findUniqueOrThrow({ where: { staffNo: 'S01' } })
    const key = { channel: 'sandbox', externalId: 'stranger' }
    const data = { personId: person.id, privateChat: 'private:stranger' }
    await tx.account.update({ where: { channel_externalId: key }, data })
  })
}

/** Ballots of neighbours who are no people of the demo, as the page in the browser would hand them in. */
async function othersAnswer(
  number: string,
  count: number,
  choicesOf: (index: number) => unknown[],
  text = '',
): Promise<void> {
  const survey = await world.db.read.survey.findUniqueOrThrow({ where: { number } })
  const open = await world.db.read.surveyRoll.findMany({ where: { surveyId: survey.id, state: 'w' }, take: count })
  await world.db.write(async (tx) => {
    for (const [index, { subjectId, cell }] of open.entries()) {
      const words = text === '' ? [] : [{ question: 'opinion', category: 'parking', text }]
      const choices = JSON.stringify(choicesOf(index))
      await cast(
        tx,
        { surveyId: survey.id, subjectId, anonymous: true, cell, choices, words, day: DAY, token: null },
        world.now(),
      )
    }
  })
}

describe('residents evaluate the community', () => {
  it('is run by the surveyor alone, ends with a picture, a title, and words that become work', async () => {
    await hireSurveyor()
    const [refused] = await world.as('陈主任').says('私聊', '发起评议')
    expect(refused?.text).toContain('只有第三方调查员能做')
    const [draft] = await world.as('路人').says('私聊', '发起评议 抽样 60 种子 abc123')
    expect(draft?.text).toContain('权重 40')
    expect(draft?.text).toContain('邀请 60 户')
    const [published] = await world.as('路人').taps('发布')
    expect(published?.text).toContain('抽样种子：abc123')
    const [meddling] = await world.as('陈主任').says('私聊', '结束问卷 W1')
    expect(meddling?.text).toContain('只有调查机构')

    await othersAnswer('BH-W1', 40, (index) => [5, index % 2 ? 5 : 4, 4, null], '晚上没车位，3幢2单元501张阿姨天天绕圈')
    const [early] = await world.as('路人').says('私聊', '问卷结果 W1')
    expect(early?.text).toContain('还在进行')
    await world.as('路人').says('私聊', '结束问卷 W1')
    for (const group of ['居民群', '二区群']) {
      const line = world.last(group)
      expect(line.text).toMatch(/谢谢 40 户邻居（邀请 60，67%）/)
      expect(line.text).toContain('社区服务 100%')
      expect(line.text).toContain('停车交通（40条）')
      expect(line.text).toContain('获得“和谐社区”称号')
      expect(line.message.image?.mime).toBe('image/png')
    }
    const title = await world.db.read.communityTitle.findFirstOrThrow()
    expect(title).toMatchObject({ title: '和谐社区', outcome: 'gained', held: true })

    const [opinions] = await world.as('陈主任').says('私聊', '问卷意见 W1')
    expect(opinions?.text).toContain('（某幢）某阿姨')
    expect(opinions?.text).not.toContain('501')
    await world.as('陈主任').taps('1 立诉求')
    const request = await world.db.read.request.findFirstOrThrow()
    expect(request).toMatchObject({ category: 'parking', householdId: null })
    const [again] = await world.as('陈主任').taps('1 立诉求')
    expect(again?.text).toContain('已经立过')
  }, 120_000)

  it('is begun by name where the surveyor serves many communities, and only where the grant reaches', async () => {
    await hireSurveyor()
    await world.db.write(async (tx) => {
      // They were never seen in a group of the demo's community.
      await tx.account.updateMany({ where: { externalId: 'stranger' }, data: { lastGroupId: null } })
      await tx.person.update({ where: { staffNo: 'S01' }, data: { communityId: null } })
      const { timezone, subdistrictId } = await tx.community.findFirstOrThrow()
      const far = await tx.district.create({ data: { code: 'FAR', name: '外区' } })
      const farStreet = await tx.subdistrict.create({ data: { code: 'FAR', name: '外街道', districtId: far.id } })
      const base = { timezone, settings: {} }
      await tx.community.create({ data: { ...base, code: 'YL', name: '玉兰社区', subdistrictId } })
      await tx.community.create({ data: { ...base, code: 'WS', name: '外山社区', subdistrictId: farStreet.id } })
    })
    const [which] = await world.as('路人').says('私聊', '发起评议')
    expect(which?.text).toContain('请写上社区名')
    const [far] = await world.as('路人').says('私聊', '发起评议 外山社区')
    expect(far?.text).toContain('请写上社区名')
    const [draft] = await world.as('路人').says('私聊', '发起评议 百合社区 抽样 20')
    expect(draft?.text).toContain('邀请 20 户')
    const [published] = await world.as('路人').taps('发布')
    expect(published?.text).toContain('邀请 20 户')
    await othersAnswer('BH-W1', 12, () => [4, 4, 4, null])
    const [ended] = await world.as('路人').says('私聊', '结束问卷 BH-W1')
    expect(ended?.text).toContain('已结束')
    expect(world.last('居民群').text).toContain('谢谢 12 户邻居')
  }, 120_000)

  it('does not ask the homes of its own workers', async () => {
    await hireSurveyor()
    const home = await world.db.write(async (tx) => {
      const worker = await tx.person.findFirstOrThrow({ where: { staffNo: 'W01' } })
      const { id } = await tx.household.findFirstOrThrow({ where: { occupancy: 'owned', members: { none: {} } } })
      await tx.person.update({ where: { id: worker.id }, data: { householdId: id } })
      return id
    })
    const [draft] = await world.as('路人').says('私聊', '发起评议')
    expect(draft?.text).toContain('工作人员家庭 1 户不参加')
    await world.as('路人').taps('发布')
    expect(await world.db.read.surveyRoll.count({ where: { subjectId: home } })).toBe(0)
  }, 60_000)
})

describe('communities evaluate departments', () => {
  /** Communities of the same subdistrict beside the demo's own. */
  async function neighbours(count: number): Promise<void> {
    await world.db.write(async (tx) => {
      const { subdistrictId, timezone } = await tx.community.findFirstOrThrow()
      for (let index = 1; index <= count; index += 1)
        await tx.community.create({
          data: { code: `N${index}`, name: `邻社区${index}`, timezone, settings: {}, subdistrictId },
        })
    })
  }

  it('by ten aspects, saved on the way, ranked for officers only, with what is low to be mended and rated anew', async () => {
    await neighbours(5)
    await world.as('周科长').says('私聊', '部门名录 添加 民政局、住建局')
    const [draft] = await world.as('周科长').says('私聊', '发起部门评议 10天')
    expect(draft?.text).toContain('费随事转')
    expect(draft?.text).toContain('对象：6 个社区')
    await world.as('周科长').taps('发布')

    const manager = world.as('陈主任')
    await manager.says('私聊', '答题 W1')
    const [short] = await manager.says('私聊', '9 8 7')
    expect(short?.text).toContain('要 10 个')
    const [why] = await manager.says('私聊', '9 8 4 9 9 9 8 8 7 9')
    expect(why?.text).toContain('请说明原因')
    const [must] = await manager.says('私聊', '没有')
    expect(must?.text).toContain('请说明原因')
    await manager.says('私聊', '活交给社区，钱没有跟来')
    const [saved] = await manager.says('私聊', '退出')
    expect(saved?.text).toContain('已保存到这里')
    const [resumed] = await manager.says('私聊', '评议部门')
    expect(resumed?.text).toContain('住建局')
    const [thanks] = await manager.says('私聊', '全部8 第3项7')
    expect(thanks?.text).toContain('部门只看到汇总')
    const [twice] = await manager.says('私聊', '答题 W1')
    expect(twice?.text).toContain('每个社区一票')

    const marks = (low: number) => [9, 9, low, 8, 9, 8, 9, 8, 9, 9]
    await othersAnswer('BH-W1', 5, (index) => [marks(3 + (index % 2)), marks(8)])
    await world.as('周科长').says('私聊', '结束问卷 W1')
    const toOfficer = world.heard('私聊:周科长').slice(-3)
    expect(toOfficer[0]?.message.image?.mime).toBe('image/png')
    expect(toOfficer[1]?.message.image?.mime).toBe('image/png')
    expect(toOfficer[2]?.text).toContain('BH-Z1 民政局·费随事转')
    expect(world.last('私聊:陈主任').text).toContain('看不到是谁打的分')
    expect(world.last('私聊:陈主任').message.image).toBeUndefined()
    for (const group of ['居民群', '工作群'])
      expect(
        world
          .heard(group)
          .map((one) => one.text)
          .join(),
      ).not.toContain('民政局')
    const [hidden] = await manager.says('私聊', '问卷结果 W1')
    expect(hidden?.text).toContain('只有街道干部')

    const [items] = await world.as('周科长').says('私聊', '整改')
    expect(items?.text).toContain('待整改')
    await world.as('周科长').says('私聊', '整改完成 BH-Z1 经费已随任务拨付')
    await world.as('周科长').taps('发布')
    await othersAnswer('BH-W2', 6, () => [[9]])
    await world.as('周科长').says('私聊', '结束问卷 W2')
    const [after] = await world.as('周科长').says('私聊', '整改')
    expect(after?.text).toMatch(/BH-Z1 民政局·费随事转 .* → 90.0 分 · 已复评/)
  }, 180_000)
})

describe('being asked', () => {
  const NAMED = '发起问卷 楼道改造（记名，9天）\n1. 同意吗 单选：同意/不同意\n2. 打几分 1-10分'

  it('says that it is signed, explains a wrong answer once, lets go, and reminds only who has not answered, twice at most', async () => {
    await world.as('陈主任').says('私聊', NAMED)
    await world.as('陈主任').taps('发布')
    await world.advance({ minutes: 10 })
    expect(world.last('私聊:爱丽').text).toContain('【记名问卷】')
    const [first] = await world.as('爱丽').taps('开始')
    expect(first?.text).toContain('【记名问卷】')
    await world.as('爱丽').taps('同意')
    const [explained] = await world.as('爱丽').says('私聊', '十一分')
    expect(explained?.text).toContain('请回复 1 到 10 的整数')
    const [rest] = await world.as('爱丽').says('私聊', '嗯')
    expect(rest?.text).toContain('先不打扰')
    await world.as('爱丽').says('私聊', '答题')
    const [thanks] = await world.as('爱丽').says('私聊', '八')
    expect(thanks?.text).toContain('您的回答已保存')
    const [declined] = await world.as('阿波').taps('不参加')
    expect(declined?.text).toContain('不再打扰')

    for (let day = 0; day < 8; day += 1) await world.jump({ days: 1 })
    const asked = (name: string) => world.heard(`私聊:${name}`).filter((one) => one.choices.includes('开始')).length
    expect(asked('小陈')).toBe(3)
    expect(asked('爱丽')).toBe(1)
    expect(asked('阿波')).toBe(1)
    // Signed means signed: the ballot stands with its household.
    const ballot = await world.db.read.surveyBallot.findFirstOrThrow()
    expect(ballot.subjectId).not.toBeNull()
  }, 180_000)

  it('goes on in private when somebody taps in the group, and tells those who cannot be reached how', async () => {
    await world.as('陈主任').says('私聊', '发起问卷 停车意见\n1. 同意吗 单选：同意/不同意')
    await world.as('陈主任').taps('发布')
    const before = world.heard('居民群').length
    await world.as('爱丽').taps('去答题', '居民群')
    expect(world.heard('居民群')).toHaveLength(before)
    expect(world.last('私聊:爱丽').choices).toEqual(['开始', '不参加'])
    await world.as('老周').taps('去答题', '居民群')
    expect(world.last('居民群').text).toContain('请点我的头像私聊')
    expect(JSON.stringify(world.heard('居民群').map((one) => one.text))).not.toMatch(/ballot|token/)
  }, 60_000)

  it('asks one household once, whoever of it answers first', async () => {
    await world.db.write(async (tx) => {
      const aili = await tx.person.findFirstOrThrow({ where: { name: '张爱丽' } })
      await tx.person.updateMany({ where: { name: '沈波' }, data: { householdId: aili.householdId } })
    })
    await world.as('陈主任').says('私聊', '发起问卷 停车意见\n1. 同意吗 单选：同意/不同意')
    await world.as('陈主任').taps('发布')
    await world.as('爱丽').says('私聊', '答题')
    await world.as('阿波').says('私聊', '答题')
    await world.as('爱丽').taps('同意')
    const [late] = await world.as('阿波').taps('不同意')
    expect(late?.text).toContain('过期')
    const [again] = await world.as('阿波').says('私聊', '答题 W1')
    expect(again?.text).toContain('您家已经答过了')
    expect(await world.db.read.surveyBallot.count()).toBe(1)
  }, 60_000)
})

describe('after closings', () => {
  it('shows the satisfied by block with what the figure rests on, and hides who is too few', async () => {
    await world.db.write(async (tx) => {
      const [first, second] = await tx.grid.findMany({ orderBy: { id: 'asc' } })
      const worker = await tx.person.findFirstOrThrow({ where: { staffNo: 'W01' } })
      const account = await tx.account.findFirstOrThrow()
      const at = world.now()
      for (let index = 0; index < 14; index += 1) {
        const gridId = (index < 12 ? first?.id : second?.id) ?? null
        const request = await tx.request.create({
          data: {
            ...{
              number: `BH-202611-9${index}`,
              communityId: 1,
              gridId,
              workerId: worker.id,
              reporterId: account.id,
              chatId: 1,
            },
            ...{
              category: 'facility',
              text: '灯坏',
              status: 'closed',
              resolution: 'solved',
              createdAt: at,
              closedAt: at,
            },
            ...{ acceptBy: at, closeBy: at },
          },
        })
        const score = index < 9 ? 'satisfied' : 'unsatisfied'
        const rating = { requestId: request.id, closing: 1, accountId: account.id, workerId: worker.id, gridId }
        await tx.satisfaction.create({ data: { ...rating, score, solved: index < 9 ? 'solved' : 'not', at } })
      }
    })
    const [answer] = await world.as('陈主任').says('私聊', '满意度')
    expect(answer?.text).toContain('64%（39–84%）')
    expect(answer?.text).toContain('评价 14 件')
    expect(answer?.text).toContain('第二网格 评价少不显示')
    // Nor may the first be shown: the second would be the rest.
    expect(answer?.text).toContain('第一网格 评价少不显示')
    expect(answer?.message.image?.mime).toBe('image/png')
  }, 60_000)
})

describe('officers', () => {
  /** Another officer, of the whole district, with an account of the stranger's. */
  async function districtOfficer(): Promise<number> {
    return world.db.write(async (tx) => {
      const community = await tx.community.findFirstOrThrow({ include: { subdistrict: true } })
      const { districtId } = community.subdistrict
      const person = await tx.person.create({ data: { name: '孙处长', staffNo: 'J09', createdAt: world.now() } })
      const grant = { personId: person.id, role: 'officer', scopeKind: 'district', scopeId: districtId }
      await tx.roleGrant.create({ data: { ...grant, startsAt: world.now() } })
      const key = { channel: 'sandbox', externalId: 'stranger' }
      const data = { personId: person.id, privateChat: 'private:stranger' }
      await tx.account.update({ where: { channel_externalId: key }, data })
      return districtId
    })
  }

  it('see the rounds of their scope that a colleague began; one of a subdistrict ends none of the district', async () => {
    const districtId = await districtOfficer()
    await world.db.write(async (tx) => {
      const { timezone } = await tx.community.findFirstOrThrow()
      const street = await tx.subdistrict.create({ data: { code: 'DS', name: '东胜街道', districtId } })
      for (let index = 1; index <= 6; index += 1)
        await tx.community.create({
          data: { code: `D${index}`, name: `东胜${index}`, timezone, settings: {}, subdistrictId: street.id },
        })
    })
    await world.as('路人').says('私聊', '部门名录 添加 民政局、住建局')
    const [draft] = await world.as('路人').says('私聊', '发起部门评议 10天')
    expect(draft?.text).toContain('对象：7 个社区')
    await world.as('路人').taps('发布')
    const [refused] = await world.as('周科长').says('私聊', '结束问卷 BH-W1')
    expect(refused?.text).toContain('只有街道干部')
    await othersAnswer('BH-W1', 6, () => [
      Array.from({ length: 10 }, (_, row) => (row === 2 ? 4 : 9)),
      Array(10).fill(8),
    ])
    await world.as('路人').says('私聊', '结束问卷 BH-W1')
    expect(world.heard('私聊:路人').some((one) => one.text.includes('BH-Z1 民政局·费随事转'))).toBe(true)
    // The colleague of the subdistrict looks it up.
    const [seen] = await world.as('周科长').says('私聊', '评议结果 W1')
    expect(seen?.text).toContain('民政局')
    const [items] = await world.as('周科长').says('私聊', '整改')
    expect(items?.text).toContain('BH-Z1')
    // And the district's sees the rounds of the subdistrict, whatever community they stand in.
    await world.as('周科长').says('私聊', '发起部门评议 10天')
    await world.as('周科长').taps('发布')
    await world.db.write((tx) =>
      tx.account.updateMany({ where: { externalId: 'stranger' }, data: { lastGroupId: null } }),
    )
    const [progress] = await world.as('路人').says('私聊', '评议进度 BH-W2')
    expect(progress?.text).toContain('邀请 1，已答 0')
  }, 120_000)
})
