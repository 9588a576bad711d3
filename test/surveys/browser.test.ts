import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, missingBrowser } from '../support/browser.js'
import { type BallotWorld, openBooth } from './support.js'

const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }
const DESK = { viewport: { width: 1280, height: 800 } }
const TIMEOUT = 180_000
const SHOTS = process.env.LINLI_SHOTS

const POLL = `发起问卷
title: 物业服务意见
questions:
  - { key: mood, text: 对物业满意吗, kind: satisfaction, reasonBelow: 3 }
  - { key: worst, text: 哪里不满意, kind: multiple, options: [保洁, 保安, 维修, 停车], most: 2, showIf: { question: mood, below: 3 } }
  - { key: fee, text: 物业费合理吗, kind: single, options: [合理, 偏高, 说不清], optional: true }
  - { key: age, text: 家里有几位老人, kind: number, max: 9, unit: 位 }
  - { key: idea, text: 还有什么想说, kind: text, optional: true }`

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describe.skipIf(missingBrowser)(`the ballot in a browser${missingBrowser}`, { timeout: TIMEOUT }, () => {
  let browser: Browser
  let world: BallotWorld
  let contexts: BrowserContext[] = []
  /** Whatever the pages complained of. */
  let complaints: string[] = []

  beforeAll(async () => {
    browser = await launchBrowser()
    world = await openBooth()
    await world.as('陈主任').says('私聊', POLL)
    await world.as('陈主任').taps('发布')
    await world.as('周科长').says('私聊', '部门名录 添加 民政局、住建局、城管局')
    await world.as('周科长').says('私聊', '发起部门评议 10天')
    await world.as('周科长').taps('发布')
  }, TIMEOUT)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()))
    contexts = []
    const heard = complaints
    complaints = []
    expect(heard).toEqual([])
  })

  async function open(name: string, words: string, options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({ locale: 'zh-CN', ...options })
    contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(world.url + (await world.linkFor(name, words)))
    expect(await violations(page)).toEqual([])
    await shot(page, `${name}-door`)
    await page.getByRole('button', { name: '打开选票' }).click()
    await page.waitForURL('**/ballot')
    return page
  }
  const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  const shot = async (page: Page, name: string) => {
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
  }

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe)
    return page.evaluate(async () => {
      const { axe: checker } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
      return (await checker.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    })
  }

  it('is filled in with a thumb: skipped questions hide, it saves itself, goes on later, and is cast once', async () => {
    const page = await open('爱丽', '网页答题 W1', PHONE)
    expect(await overflow(page)).toBe(0)
    expect(await violations(page)).toEqual([])
    await shot(page, 'poll-phone')
    const worst = page.getByRole('group', { name: /哪里不满意/ })
    expect(await worst.isVisible()).toBe(false)
    await page.getByText('很不满意').tap()
    expect(await worst.isVisible()).toBe(true)
    expect(await page.getByText('可以写一句原因').isVisible()).toBe(true)
    await worst.getByText('维修').tap()
    await page.getByText('已自动保存').waitFor()
    // Somebody calls; the page is closed and opened again.
    await page.goto('about:blank')
    await page.goto(`${world.url}/ballot`)
    expect(await page.getByLabel('很不满意').isChecked()).toBe(true)
    expect(await page.getByLabel('维修').isChecked()).toBe(true)

    page.on('dialog', (dialog) => dialog.accept())
    await page.getByRole('button', { name: '投入票箱' }).tap()
    await page.getByText('还有没填完的').waitFor()
    // A refused form is an answer of 422, which browsers note.
    complaints = complaints.filter((line) => !line.includes('422'))
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBe(0)
    await shot(page, 'poll-faults')
    await page.getByLabel('家里有几位老人').fill('2')
    await page.getByRole('button', { name: '投入票箱' }).tap()
    await page.getByText('已投入票箱').first().waitFor()
    expect(await violations(page)).toEqual([])
    await shot(page, 'poll-done')
    const ballot = await world.db.read.surveyBallot.findFirstOrThrow()
    expect(JSON.parse(ballot.choices)).toEqual([1, [3], null, 2, null])
  })

  it.each([
    ['a phone', PHONE],
    ['a desk', DESK],
  ])('shows thirty marks on %s within its width, one for all rows and exceptions', async (name, options) => {
    const page = await open('陈主任', '网页答题 W2', options)
    expect(await overflow(page)).toBe(0)
    expect(await violations(page)).toEqual([])
    const civil = page.getByRole('group', { name: /民政局/ })
    await civil.getByLabel('全部打').selectOption('8')
    const funds = civil.getByRole('radiogroup', { name: '民政局：费随事转' })
    expect(await funds.getByLabel('8', { exact: true }).isChecked()).toBe(true)
    expect(await civil.getByText('必填').isVisible()).toBe(false)
    await funds.getByLabel('4', { exact: true }).check()
    expect(await civil.getByText('必填').isVisible()).toBe(true)
    await shot(page, `departments-${name === 'a phone' ? 'phone' : 'desk'}`)
  })

  it('is filled in with the keyboard alone', async () => {
    const page = await open('阿波', '网页答题 W1', DESK)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('跳到题目')
    await page.locator('input[name="q.mood"]').first().focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    expect(await page.getByLabel('满意', { exact: true }).isChecked()).toBe(true)
    // Enter in a field saves: it must not cast.
    await page.getByLabel('家里有几位老人').fill('1')
    await page.keyboard.press('Enter')
    await page.getByText('已保存').waitFor()
    expect(await world.db.read.surveyBallot.count({ where: { survey: { number: 'BH-W1' } } })).toBe(1)
    page.on('dialog', (dialog) => dialog.accept())
    await page.getByRole('button', { name: '投入票箱' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('谢谢').waitFor()
    expect(await world.db.read.surveyBallot.count({ where: { survey: { number: 'BH-W1' } } })).toBe(2)
  })
})
