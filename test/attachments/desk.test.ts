import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { modules } from '../../src/app.js'
import { createMetrics } from '../../src/web/metrics.js'
import { createWebServer } from '../../src/web/server.js'
import { type DeskWorld, openDesk } from '../desk/support.js'
import { bearer } from '../web/harness.js'
import { ELEVATOR, picture, type TelegramWorld, telegramWorld } from './support.js'

const PAGE = '/desk/c/BH/requests/BH-202611-0001'
const PDF = Buffer.from('%PDF-1.7\n<script>alert(1)</script>')

let far: TelegramWorld
let desk: DeskWorld
beforeEach(async () => {
  far = await telegramWorld()
  desk = await openDesk(undefined, far)
  const { files } = far.telegram.server
  files.set('lift', { kind: 'bytes', bytes: picture('电梯') })
  files.set('bill', { kind: 'bytes', bytes: PDF })
  files.set('drawing', { kind: 'bytes', bytes: Buffer.from('<svg><script>alert(1)</script></svg>') })
  await far.sends('爱丽', '居民群', { id: 'lift', caption: ELEVATOR })
  await far.sends('爱丽', null, {
    id: 'bill',
    fileName: '"><script>alert(2)</script>.html',
    mime: 'text/html',
    caption: '补充 0001 单子',
  })
  await far.sends('爱丽', null, { id: 'drawing', fileName: '画.svg', mime: 'image/svg+xml', caption: '补充 0001 图' })
})
afterEach(() => desk.close())

const linksOf = (html: string) => [...html.matchAll(/<a href="([^"]+\/files\/\d+)"/g)].map(([, href = '']) => href)
const bytesOf = async (path: string, headers: Record<string, string>) => {
  const response = await fetch(desk.url + path, { headers })
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}
const cookieOf = (visitor: { cookies: Map<string, string> }) => ({
  cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
})

describe('attachments on the page of a request', () => {
  it('shows pictures, links files and says why one is missing, to who works there', async () => {
    const wang = await desk.signIn('王芳')
    const { text } = await wang.get(PAGE)
    const [image = '', file = ''] = linksOf(text)
    expect(text).toContain(`<img src="${image}"`)
    expect(text).not.toContain(`<img src="${file}"`)
    expect(text).toContain('未能保存：这种文件不收')
    expect(text).not.toContain('alert(2)')

    const shown = await bytesOf(image, cookieOf(wang))
    expect(shown.bytes).toEqual(picture('电梯'))
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(/^inline; filename\*=UTF-8''BH-202611-0001-\d+\.png$/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    })
    const saved = await bytesOf(file, cookieOf(wang))
    expect(saved.bytes).toEqual(PDF)
    expect(saved.headers.get('content-type')).toBe('application/pdf')
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''BH-202611-0001-\d+\.pdf$/)
  })

  it('notes each look in the access log', async () => {
    const wang = await desk.signIn('王芳')
    const [image = ''] = linksOf((await wang.get(PAGE)).text)
    await wang.get(image)
    const log = await desk.db.read.accessLog.findMany({ where: { action: 'desk.attachment' } })
    expect(log).toMatchObject([{ subject: 'request:BH-202611-0001', detail: `attachment:${image.split('/').at(-1)}` }])
  })

  it('is not for officers, strangers or other requests', async () => {
    const wang = await desk.signIn('王芳')
    const [image = ''] = linksOf((await wang.get(PAGE)).text)
    const officer = await desk.signIn('周科长')
    const page = await officer.get(PAGE)
    expect(page.status).toBe(200)
    expect(linksOf(page.text)).toEqual([])
    expect(page.text).toContain('只有社区工作人员能看')
    expect((await officer.get(image)).status).toBe(404)
    expect((await desk.visitor().get(image)).status).toBe(303)
    await far.as('阿波').says('居民群', '报事 7幢1单元路灯不亮了')
    const other = image.replace('-0001/', '-0002/')
    expect((await wang.get(PAGE.replace('0001', '0002'))).status).toBe(200)
    for (const path of [other, `${image}x`, image.replace(/\d+$/, '..%2f..%2fetc'), image.replace(/\d+$/, '999999')])
      expect((await wang.get(path)).status, path).toBe(404)
    expect(await desk.db.read.accessLog.count({ where: { action: 'desk.attachment' } })).toBe(0)
  })

  it('says when the bytes are gone from where they should be', async () => {
    const wang = await desk.signIn('王芳')
    const [image = ''] = linksOf((await wang.get(PAGE)).text)
    const [row] = await desk.db.read.attachment.findMany({ orderBy: { id: 'asc' } })
    await far.files.remove(row?.sha256 ?? '')
    expect((await wang.get(PAGE)).text).toContain('请管理员从备份恢复')
    expect((await wang.get(image)).status).toBe(404)
  })
})

describe('photos of a visit', () => {
  const LINK = /<a href="([^"]+\/visits\/photos\/\d+)">照片<\/a>/

  it('are linked in the diary, also after a correction, and only for who works there', async () => {
    far.telegram.server.files.set('home', { kind: 'bytes', bytes: picture('家') })
    await far.sends('王芳', null, { id: 'home', caption: '走访 3-2-501 楼道灯坏了，已联系物业' })
    const wang = await desk.signIn('王芳')
    const [, photo = ''] = LINK.exec((await wang.get('/desk/c/BH/visits')).text) ?? []
    expect((await bytesOf(photo, cookieOf(wang))).bytes).toEqual(picture('家'))
    expect(await desk.db.read.accessLog.findFirst({ where: { action: 'desk.attachment' } })).toMatchObject({
      subject: expect.stringMatching(/^visit:/),
    })
    const [visit] = await desk.db.read.visit.findMany()
    if (!visit) throw new Error('no visit')
    const { id, key, ...rest } = visit
    await desk.db.write(async (tx) => {
      await tx.visit.update({ where: { id }, data: { status: 'corrected', counted: false } })
      await tx.visit.create({ data: { ...rest, key: `${key}:again`, correctsId: id } })
    })
    expect(LINK.exec((await wang.get('/desk/c/BH/visits')).text)?.[1]).toBe(photo)

    const officer = await desk.signIn('周科长')
    expect((await officer.get('/desk/c/BH/visits')).text).not.toContain('/photos/')
    expect((await officer.get(photo)).status).toBe(404)
    const [lift = ''] = linksOf((await wang.get(PAGE)).text)
    expect((await wang.get(photo.replace(/\d+$/, lift.split('/').at(-1) ?? ''))).status).toBe(404)
  })
})

describe('attachments in the API', () => {
  it('are listed with their hash, and given out to staff of the community alone', async () => {
    const clock = { now: () => far.now() }
    const quiet = () => undefined
    const web = createWebServer({
      ...{ host: '127.0.0.1', port: 0, graceMs: 100, timezone: 'Asia/Shanghai', version: '0', modules, clock },
      db: far.db,
      files: far.files,
      channels: [],
      logger: { info: quiet, warn: quiet, debug: quiet, error: quiet },
      metrics: createMetrics({ read: far.db.read, clock }),
    })
    const { url } = await web.start()
    const { id, subdistrictId } = await far.db.read.community.findUniqueOrThrow({ where: { code: 'BH' } })
    const worker = await bearer(far.db, 'worker', { role: 'worker', scopeKind: 'community', scopeId: id })
    const above = await bearer(far.db, 'above', { role: 'officer', scopeKind: 'subdistrict', scopeId: subdistrictId })
    const listed = async (headers: Record<string, string>) => {
      const answer = await fetch(`${url}/api/v1/requests/BH-202611-0001`, { headers })
      return ((await answer.json()) as { attachments: Record<string, unknown>[] }).attachments
    }
    try {
      const [image, file, refused] = await listed(worker)
      expect(image).toMatchObject({ status: 'kept', type: 'image/png', bytes: 200, reason: null })
      expect(file).toMatchObject({ status: 'kept', type: 'application/pdf' })
      expect(refused).toMatchObject({ status: 'refused', reason: 'type', path: null, sha256: null })
      const got = await fetch(url + String(image?.path), { headers: worker })
      expect(Buffer.from(await got.arrayBuffer())).toEqual(picture('电梯'))
      expect(got.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
      expect((await listed(above)).map((one) => one.path)).toEqual([null, null, null])
      expect((await fetch(url + String(image?.path), { headers: above })).status).toBe(403)
      expect((await fetch(url + String(image?.path))).status).toBe(401)
      const missing = `/api/v1/requests/BH-202611-0001/attachments/${String(refused?.id)}`
      expect((await fetch(url + missing, { headers: worker })).status).toBe(404)
      const looks = await far.db.read.accessLog.findMany({ where: { action: { startsWith: 'api.attachment' } } })
      expect(looks).toMatchObject([{ actor: 'token:worker', subject: 'request:BH-202611-0001' }])
    } finally {
      await web.stop()
    }
  })
})
