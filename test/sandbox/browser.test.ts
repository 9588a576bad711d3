import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser, missingBrowser } from '../support/browser.js'
import { type PageServer, startPageServer } from './page-server.js'

const DESKTOP = { viewport: { width: 1360, height: 860 } }
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const GROUP = 'group:residents-1'
const TIMEOUT = 30_000

describe.skipIf(missingBrowser)(`the page in a browser${missingBrowser}`, { timeout: TIMEOUT }, () => {
  let browser: Browser
  let server: PageServer
  let contexts: BrowserContext[]
  /** Whatever the pages complained of. */
  let complaints: string[]

  beforeAll(async () => {
    browser = await launchBrowser()
  }, TIMEOUT)
  afterAll(() => browser?.close())
  beforeEach(async () => {
    server = await startPageServer({ movableClock: true })
    contexts = []
    complaints = []
  })
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()))
    await server.stop()
    expect(complaints).toEqual([])
  })

  async function open(as: string, where: string | null, options: BrowserContextOptions = DESKTOP): Promise<Page> {
    const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Europe/Berlin', ...options })
    contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    const query = new URLSearchParams({ as, ...(where ? { in: where } : {}) })
    await page.goto(`${server.url}?${query}`)
    await page.locator('#app:not([aria-busy])').waitFor()
    return page
  }
  const say = async (page: Page, text: string) => {
    await page.fill('#input', text)
    await page.press('#input', 'Enter')
  }
  const bubble = (page: Page, text: string) => page.locator('#log .message', { hasText: text })
  const choice = (page: Page, text: string) => page.getByRole('button', { name: text, exact: true })

  it('carries a request from one person to the other and back', async () => {
    const aili = await open('resident-aili', GROUP)
    const wang = await open('worker-wangfang', GROUP)
    await say(aili, '3幢2单元电梯又坏了，我妈八十多岁下不来楼')
    await bubble(wang, '下不来楼').first().waitFor()
    const answer = bubble(aili, '已登记 BH-202611-0007')
    await answer.waitFor()
    expect(await answer.locator('.called-me').textContent()).toBe('@爱丽')
    expect(await answer.locator('.quote').textContent()).toContain('爱丽：3幢2单元电梯又坏了')

    const workers = wang.locator('.conversation', { hasText: '百合社区工作群' })
    await workers.locator('.badge').waitFor()
    await workers.click()
    await choice(wang, '接单').click()
    await bubble(wang, '已接单 0007').waitFor()
    await choice(wang, '✓ 接单').waitFor()
    expect(await choice(wang, '✓ 接单').isDisabled()).toBe(true)
    expect(await choice(wang, '转派').isEnabled()).toBe(true)

    await aili.locator('.conversation', { hasText: '王芳已接单' }).locator('.badge').waitFor()
    await aili.locator('.conversation', { hasText: '王芳已接单' }).click()
    await bubble(aili, '王芳已接单您报的电梯').waitFor()
    expect(server.taken.map(({ event }) => event.kind)).toEqual(['text', 'button'])

    await wang.reload()
    await choice(wang, '✓ 接单').waitFor()
  })

  it('shows who else pressed, and leaves their own buttons to others', async () => {
    await server.channel.send('group:workers', {
      text: '【待接单】0008',
      choices: [{ label: '接单', data: 'accept' }],
    })
    await server.channel.press({
      as: 'worker-liqiang',
      conversation: 'group:workers',
      messageId: (await server.channel.history('group:workers', null, 9))[0]?.id ?? '',
      data: 'accept',
    })
    const wang = await open('worker-wangfang', 'group:workers')
    await wang.getByText('李强 选了“接单”').waitFor()
    expect(await choice(wang, '接单').isEnabled()).toBe(true)
  })

  it('speaks as somebody else after a search by keyboard alone', async () => {
    const page = await open('resident-aili', GROUP)
    await page.focus('#me')
    await page.keyboard.press('Enter')
    await page.locator('#picker-search:focus').waitFor()
    await page.keyboard.type('网格社工')
    await page.locator('#picker button', { hasText: '李强' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.locator('#me-name', { hasText: '李强' }).waitFor()
    await page.focus('#input')
    await page.keyboard.type('第一行')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('第二行')
    await page.keyboard.press('Enter')
    await bubble(page, '第一行').waitFor()
    expect(server.taken[0]).toMatchObject({
      sender: { id: 'worker-liqiang' },
      event: { text: '第一行\n第二行' },
    })
  })

  it('says that a message is on its way, that it failed, and sends it once when tried again', async () => {
    const page = await open('resident-aili', GROUP)
    server.refuse(1)
    await say(page, '路灯不亮')
    await page.getByText('没有送出').waitFor()
    await page.locator('.toast', { hasText: '没有存下来' }).waitFor()
    await page.locator('.toast').getByRole('button', { name: '重试' }).click()
    await page.getByText('没有送出').waitFor({ state: 'detached' })
    expect(await bubble(page, '路灯不亮').count()).toBe(1)
    expect(server.taken).toHaveLength(1)
    // The browser itself notes the refused request.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('503')])
  })

  it('misses nothing while its line is cut', async () => {
    const page = await open('resident-aili', GROUP)
    const other = await open('resident-abo', GROUP)
    server.cut()
    await server.channel.post({ as: 'resident-liayi', conversation: GROUP, text: '断线时说的话' })
    await bubble(page, '断线时说的话').waitFor()
    await bubble(other, '断线时说的话').waitFor()
    expect(await bubble(page, '断线时说的话').count()).toBe(1)
    expect(complaints.splice(0).every((words) => /ERR_|network|incomplete/i.test(words))).toBe(true)
  })

  it('quotes and edits', async () => {
    const page = await open('resident-aili', GROUP)
    await server.channel.post({ as: 'resident-abo', conversation: GROUP, text: '谁家有梯子借我用一下' })
    await bubble(page, '梯子').hover()
    await bubble(page, '梯子').getByRole('button', { name: '引用' }).click()
    await say(page, '我家有')
    await page.locator('.message-own .quote', { hasText: '阿波：谁家有梯子' }).waitFor()
    expect(server.taken[1]?.event).toMatchObject({ quoted: { text: '谁家有梯子借我用一下' }, addressed: false })
    await page.press('#input', 'ArrowUp')
    await page.fill('#input', '我家有，两米的')
    await page.press('#input', 'Enter')
    await bubble(page, '我家有，两米的').getByText('已编辑').waitFor()
    expect(server.taken[2]).toMatchObject({ messageId: server.taken[1]?.messageId, event: { kind: 'edited' } })
  })

  it('sends pictures, shows them large, and offers files', async () => {
    const page = await open('worker-wangfang', 'private:worker-wangfang')
    const buffer = await page.screenshot()
    await page.setInputFiles('#picture', { name: '楼道.png', mimeType: 'image/png', buffer })
    await page.locator('.attached-picture img').waitFor()
    await say(page, '')
    await page.locator('.message-own .picture').click()
    await page.locator('#lightbox[open]').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('#lightbox[open]').waitFor({ state: 'detached' })
    await say(page, '榜单')
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: '走访 11月.csv' }).click()
    expect((await download).suggestedFilename()).toBe('走访 11月.csv')
  })

  it('never takes words for markup', async () => {
    const page = await open('resident-aili', GROUP)
    const words = '<img src=x onerror="document.title=1"><b>急</b> &amp; https://example.org/?a=1&b=2 end'
    await server.channel.send(GROUP, { text: words, choices: [{ label: '<i>好</i>', data: 'x' }] })
    await bubble(page, 'onerror').waitFor()
    expect(await bubble(page, 'onerror').locator('.text').textContent()).toBe(words)
    expect(await bubble(page, 'onerror').locator('b, i, .text img').count()).toBe(0)
    expect(await bubble(page, 'onerror').locator('a').getAttribute('href')).toBe('https://example.org/?a=1&b=2')
    await page.getByRole('button', { name: '<i>好</i>' }).waitFor()
  })

  it('moves the clock, and shows days in the time of the community', async () => {
    const page = await open('manager-chen', GROUP)
    await page.getByRole('button', { name: '下月 1 日' }).click()
    await page.locator('#clock-hour', { hasText: '09:00' }).waitFor()
    expect(await page.locator('#clock-day').textContent()).toMatch(/月1日/)
    await say(page, '新的一月')
    await page.locator('.pause', { hasText: '09:00' }).waitFor()
  })

  it('has no clock where time cannot be moved', async () => {
    await server.stop()
    server = await startPageServer()
    const page = await open('manager-chen', GROUP)
    expect(await page.locator('#clock').isVisible()).toBe(false)
    expect(await page.locator('#hints').isVisible()).toBe(true)
  })

  it('fits a phone: a list, a conversation, and back', async () => {
    const page = await open('resident-aili', null, PHONE)
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
    expect(await page.locator('#chat').isVisible()).toBe(false)
    await page.locator('.conversation', { hasText: '百合一区居民群' }).tap()
    await page.fill('#input', '电梯又坏了'.repeat(12))
    await page.locator('#send').tap()
    await bubble(page, '已登记').waitFor()
    expect(await fits()).toBe(true)
    const input = await page.locator('#input').boundingBox()
    expect((input?.y ?? 0) + (input?.height ?? 0)).toBeLessThanOrEqual(844)
    await page.locator('#tips-open').tap()
    await page.getByRole('button', { name: /^催单/ }).tap()
    await page.locator('#chat-members', { hasText: '和爱丽的私聊' }).waitFor()
    expect(await page.inputValue('#input')).toBe('催单')
    await page.locator('#back').tap()
    await page.locator('#conversations').waitFor()
    expect(await page.locator('#chat').isVisible()).toBe(false)
    expect(await fits()).toBe(true)
  })

  it('leads a newcomer through a request', async () => {
    const page = await open('resident-abo', GROUP)
    await page.getByRole('button', { name: /爱丽在居民群里抱怨/ }).click()
    await page.press('#input', 'Enter')
    await bubble(page, '已登记').waitFor()
    await page.getByRole('button', { name: /王芳接单/ }).click()
    await choice(page, '接单').click()
    await bubble(page, '已接单').waitFor()
    await page.getByRole('button', { name: /王芳办结/ }).click()
    expect(await page.inputValue('#input')).toContain('办结 0007')
    expect(await page.locator('#me-name').textContent()).toBe('王芳')
  })
})
