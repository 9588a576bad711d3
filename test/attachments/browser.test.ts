import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDesk } from '../desk/support.js'
import { launchBrowser, missingBrowser } from '../support/browser.js'
import { ELEVATOR, picture, telegramWorld } from './support.js'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    type Found = { violations: { id: string; nodes: { html: string }[] }[] }
    const { violations: found } = await (window as unknown as { axe: { run(): Promise<Found> } }).axe.run()
    return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  })
}

describe.skipIf(missingBrowser)(`attachments in a browser${missingBrowser}`, { timeout: 120_000 }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  it('are seen on the page of their request, on a phone and in the dark too, and nothing complains', async () => {
    const far = await telegramWorld()
    const desk = await openDesk(undefined, far)
    const { files } = far.telegram.server
    files.set('lift', { kind: 'bytes', bytes: picture('电梯') })
    files.set('bill', { kind: 'bytes', bytes: Buffer.from('%PDF-1.7\n') })
    files.set('page', { kind: 'bytes', bytes: Buffer.from('<svg onload="alert(1)">') })
    await far.sends('爱丽', '居民群', { id: 'lift', caption: ELEVATOR })
    await far.sends('爱丽', null, { id: 'bill', fileName: '单.pdf', caption: '补充 0001 单子' })
    await far.sends('爱丽', null, { id: 'page', fileName: '图.svg', caption: '补充 0001 图' })
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const complaints: string[] = []
    try {
      const page = await context.newPage()
      page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()))
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('dialog', (dialog) => complaints.push(dialog.message()))
      await page.goto(desk.url + (await desk.linkFor('王芳')))
      await page.getByRole('button', { name: '登录' }).click()
      for (const [width, colorScheme] of [
        [1280, 'light'],
        [390, 'light'],
        [1280, 'dark'],
        [390, 'dark'],
      ] as const) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 900 })
        await page.goto(`${desk.url}/desk/c/BH/requests/BH-202611-0001`)
        const image = page.getByRole('img', { name: '爱丽发的图片' })
        await image.scrollIntoViewIfNeeded()
        await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(1)
        expect(await page.getByText('未能保存：这种文件不收').count()).toBeGreaterThan(0)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(wide).toBeLessThanOrEqual(0)
        expect(await violations(page), `${width} ${colorScheme}`).toEqual([])
      }
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: /文件.*PDF/s }).click(),
      ])
      expect(download.suggestedFilename()).toMatch(/^BH-202611-0001-\d+\.pdf$/)
      expect(complaints).toEqual([])
    } finally {
      await context.close()
      await desk.close()
    }
  })
})
