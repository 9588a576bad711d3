import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cast } from '../../src/modules/surveys/ballot-box.js'
import { launchBrowser, missingBrowser } from '../support/browser.js'
import { type DeskWorld, openDesk } from './support.js'

const DESKTOP = { viewport: { width: 1360, height: 860 } }
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const TIMEOUT = 180_000
const NUMBER = 'BH-202611-0001'
const PAGES = [
  'today',
  'requests',
  `requests/${NUMBER}`,
  'requests/new',
  'map',
  'homes?building=3',
  'visits',
  'surveys',
  'surveys/new',
  'surveys/BH-W1',
  'surveys/BH-W2',
  'ledger',
  'ledger/p/requests',
  'ledger/own/new',
  'people',
  'people/residents',
  'people/import',
  'settings',
  'settings/words',
  'settings/history',
  'inspections',
  'access',
]

const POLL = '发起问卷 停车改造意见（5天）\n1. 是否同意改造 单选：同意/不同意\n2. 对现在停车满意吗 满意度'

/** Ballots of neighbours who are no people of the demo. */
async function answerPoll({ db, now }: DeskWorld, number: string): Promise<void> {
  const { id: surveyId } = await db.read.survey.findUniqueOrThrow({ where: { number } })
  const open = await db.read.surveyRoll.findMany({ where: { surveyId }, take: 12 })
  await db.write(async (tx) => {
    for (const [index, { subjectId, cell }] of open.entries()) {
      const choices = JSON.stringify([index % 2, 3 + (index % 3)])
      const ballot = { surveyId, subjectId, anonymous: true, cell, choices, words: [], day: '2026-11-22', token: null }
      await cast(tx, ballot, now())
    }
  })
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describe.skipIf(missingBrowser)(`the desk in a browser${missingBrowser}`, { timeout: TIMEOUT }, () => {
  let browser: Browser
  let world: DeskWorld
  let contexts: BrowserContext[] = []
  /** Whatever the pages complained of. */
  let complaints: string[] = []
  /** What a browser keeps of a sign-in: links are few an hour. */
  const kept = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>()

  beforeAll(async () => {
    browser = await launchBrowser()
    world = await openDesk()
    await world.as('爱丽').says('居民群', '3幢2单元电梯又坏了，我妈八十多岁下不来楼')
    await world.as('小林').says('二区群', '12幢门口垃圾堆了三天没人清，味道很大')
    await world.as('王芳').says('私聊', '走访 3-2-601 在 说电梯吵')
    await world.as('路人').says('私聊', '绑定 5-1-602 赵丽')
    await world.as('陈主任').says('私聊', POLL)
    await world.as('陈主任').taps('发布')
    await answerPoll(world, 'BH-W1')
    await world.as('陈主任').says('私聊', '结束问卷 W1')
    await world.as('陈主任').says('私聊', POLL)
  }, TIMEOUT)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })
  beforeEach(() => {
    contexts = []
    complaints = []
  })
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()))
    expect(complaints).toEqual([])
  })

  /** Somebody says 登录, opens the link, and presses the button. */
  async function signIn(name: string, options: BrowserContextOptions = DESKTOP): Promise<Page> {
    const storageState = kept.get(name)
    const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Europe/Berlin', storageState, ...options })
    contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    if (storageState) {
      await page.goto(`${world.url}/desk`)
      return page
    }
    await page.goto(world.url + (await world.linkFor(name)))
    await page.getByRole('button', { name: '登录' }).click()
    await page.waitForURL('**/desk/c/BH/today*')
    kept.set(name, await context.storageState())
    return page
  }
  const open = (page: Page, path: string) => page.goto(`${world.url}/desk/c/BH/${path}`)
  const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe)
    return page.evaluate(async () => {
      const { violations: found } = await (
        window as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
        }
      ).axe.run()
      return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    })
  }

  it.each([
    ['a desk', DESKTOP],
    ['a phone', PHONE],
    ['a desk in the dark', { ...DESKTOP, colorScheme: 'dark' }],
    ['a phone in the dark', { ...PHONE, colorScheme: 'dark' }],
  ] as const)('shows every page on %s without a fault, within its width, and accessible', async (_name, options) => {
    const page = await signIn('陈主任', options)
    for (const path of PAGES) {
      expect([path, (await open(page, path))?.status()]).toEqual([path, 200])
      expect([path, await overflow(page)]).toEqual([path, 0])
      expect([path, await violations(page)]).toEqual([path, []])
    }
    for (const image of await page.locator('img').all())
      expect(await image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0)
  })

  it('draws its charts', async () => {
    const page = await signIn('陈主任')
    await open(page, 'visits')
    const width = await page.locator('.chart img').evaluate(async (image: HTMLImageElement) => {
      await image.decode()
      return image.naturalWidth
    })
    expect(width).toBe(640)
  })

  it('carries a request from the list to the end', async () => {
    const page = await signIn('王芳')
    await page.getByRole('link', { name: '诉求', exact: true }).click()
    await page.locator('.request', { hasText: '下不来楼' }).click()
    await page.getByRole('button', { name: '接单' }).click()
    await page.locator('.flash.good', { hasText: '由王芳接单' }).waitFor()
    await page.getByText('办结', { exact: true }).first().click()
    await page.getByLabel('怎么处理的').fill('已更换门机皮带')
    await page.getByRole('button', { name: '办结并请居民评价' }).click()
    await page.locator('.timeline', { hasText: '已解决：已更换门机皮带' }).waitFor()
    await page.locator('.tag', { hasText: '已办结·已解决' }).waitFor()
  })

  it('finds as one types', async () => {
    const page = await signIn('陈主任')
    await open(page, 'requests?state=all')
    await page.getByRole('searchbox').fill('垃圾')
    await page.locator('.request', { hasText: '下不来楼' }).waitFor({ state: 'detached' })
    expect(await page.locator('.request').count()).toBe(1)
    expect(page.url()).toContain('q=')
    await open(page, 'ledger')
    await page.getByRole('searchbox').fill('梯')
    await page.locator('#results .row').first().waitFor()
  })

  it('tells of a new request without moving what is under the hand', async () => {
    const page = await signIn('陈主任')
    await open(page, 'today')
    await page.locator('body[data-line=open]').waitFor()
    await world.as('孙叔').says('居民群', '8幢地下车库漏水，地上都是水，车都没法停')
    await page.locator('.toast', { hasText: '新诉求' }).waitFor()
    await page.locator('.toast a').click()
    await page.locator('.words', { hasText: '车库漏水' }).waitFor()
  })

  it('is used by keyboard alone', async () => {
    const page = await signIn('陈主任')
    await open(page, 'today')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('跳到正文')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await page.getByRole('button', { name: '确认' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.flash.good', { hasText: '赵丽' }).waitFor()
  })

  it('renews the lists of today by themselves, and leaves them still while somebody is at them', async () => {
    const page = await signIn('张敏')
    await open(page, 'today?who=all')
    await page.locator('body[data-line=open]').waitFor()
    await world.as('老马').says('二区群', '@邻里 报事 15幢楼下路灯不亮，晚上很黑')
    await page.locator('#live .request', { hasText: '路灯不亮' }).waitFor()
    await world.as('吴姐').says('二区群', '13幢2单元402楼上半夜装修，吵得睡不着')
    await page.locator('#live', { hasText: '半夜装修' }).waitFor()
    await page.locator('#live a.tile').first().focus()
    await world.as('何姐').says('二区群', '@邻里 报事 16幢2单元楼道窗户玻璃碎了')
    await page.locator('.toast', { hasText: '新诉求' }).nth(1).waitFor()
    expect(await page.locator('#live .request', { hasText: '玻璃碎了' }).count()).toBe(0)
    await page.locator('main').focus()
    await page.locator('#live .request', { hasText: '玻璃碎了' }).waitFor()
  })

  it('lets the keyboard through every page and shows where it is', async () => {
    const page = await signIn('陈主任')
    for (const path of [`requests/${NUMBER}`, 'ledger/own/new', 'settings/words']) {
      await open(page, path)
      const seen = new Set<number>()
      for (let step = 0; step < 200; step += 1) {
        await page.keyboard.press('Tab')
        const at = await page.evaluate(() => {
          const one = document.activeElement
          if (!one || one === document.body) return null
          const { outlineStyle, outlineWidth } = getComputedStyle(one)
          return { place: [...document.querySelectorAll('*')].indexOf(one), ring: `${outlineStyle} ${outlineWidth}` }
        })
        if (!at || seen.has(at.place)) break
        seen.add(at.place)
        expect([path, at.ring]).toEqual([path, 'solid 3px'])
      }
      const wanted = await page.evaluate(
        () =>
          [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')].filter(
            (one) => one.checkVisibility({ visibilityProperty: true }),
          ).length,
      )
      expect([path, seen.size >= wanted]).toEqual([path, true])
    }
  })

  it("makes a ledger page of the community's own, seen before it is saved", async () => {
    const page = await signIn('陈主任')
    await open(page, 'ledger')
    await page.getByRole('link', { name: '自建一页' }).click()
    await page.getByLabel('这一页叫什么').fill('电梯维修登记')
    await page.getByRole('checkbox', { name: /登记诉求/ }).check()
    await page.getByRole('button', { name: '预览' }).click()
    await page.locator('#preview', { hasText: '下不来楼' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { name: '电梯维修登记 2026-11' }).waitFor()
    await page.locator('.sheet', { hasText: '下不来楼' }).waitFor()
  })

  it('reaches every page from the bar of a phone', async () => {
    const page = await signIn('王芳', PHONE)
    await page.getByText('更多').tap()
    await page.getByRole('link', { name: '台账', exact: true }).tap()
    await page.getByRole('heading', { name: '电子台账' }).waitFor()
    await page.locator('.nav').getByRole('link', { name: '今天' }).tap()
    await page.waitForURL('**/today')
  })

  it('asks before what cannot be undone, and leaves it when told no', async () => {
    const page = await signIn('陈主任')
    await open(page, 'people')
    page.once('dialog', (dialog) => void dialog.dismiss())
    const before = await world.db.read.account.count({ where: { personId: null } })
    await page.getByRole('button', { name: '解除 阿波 的绑定' }).click()
    expect(await world.db.read.account.count({ where: { personId: null } })).toBe(before)
    page.once('dialog', (dialog) => void dialog.accept())
    await page.getByRole('button', { name: '解除 阿波 的绑定' }).click()
    await page.locator('.flash.good', { hasText: '已解除' }).waitFor()
  })

  it('saves a figure, downloads a workbook and signs out', async () => {
    const page = await signIn('陈主任')
    await open(page, 'settings')
    await page.getByLabel('每月见面', { exact: true }).fill('25')
    await page.getByRole('button', { name: '保存 每月见面' }).click()
    await page.getByRole('link', { name: '改动记录' }).click()
    await page.locator('#history', { hasText: '每月见面：30 → 25' }).waitFor()
    await open(page, 'ledger')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出 2026-11 的表格' }).click()
    expect((await download).suggestedFilename()).toMatch(/百合社区.*2026-11\.xlsx$/)
    await page.goto(`${world.url}/desk/me`)
    await page.getByRole('button', { name: '退出这台设备' }).click()
    await page.getByRole('heading', { name: '不用密码' }).waitFor()
    kept.delete('陈主任')
    await open(page, 'today')
    await page.waitForURL('**/desk/login')
  })

  it('shows an inspector the pages of a link, on a phone too', async () => {
    const manager = await signIn('陈主任')
    await open(manager, 'inspections')
    await manager.getByLabel('给谁看').fill('区民政局')
    await manager.getByRole('button', { name: '开链接' }).click()
    const link = /https?:\S+\/inspect\/[\w-]+/.exec(await manager.locator('.flash.good').innerText())?.[0] ?? ''
    const context = await browser.newContext({ locale: 'zh-CN', ...PHONE })
    contexts.push(context)
    const page = await context.newPage()
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()))
    await page.goto(link)
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: '居民诉求' }).tap()
    await page.locator('.sheet', { hasText: '下不来楼' }).waitFor()
    expect(await page.locator('body').innerText()).not.toContain('爱丽')
    expect(await overflow(page)).toBe(0)
    expect(await violations(page)).toEqual([])
  })
})
