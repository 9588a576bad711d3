import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyLedger } from '../../src/ledger/verify/index.js'
import { createRig, type Rig, words } from './rig.js'

let rig: Rig
beforeEach(async () => {
  rig = await createRig()
})
afterEach(() => rig.close())

const HOSTILE: readonly (readonly [string, string])[] = [
  ['20,000 characters', '电梯坏了'.repeat(5000)],
  ['right-to-left marks', '\u202e\u202d3幢2单元\u200f电梯坏了\u2066\u2069'],
  ['control characters', '3幢2单元\u0001\u0007\u001b[31m电梯坏了\u0085\u2028\u2029'],
  ['a null character', '3幢2单元电梯\u0000坏了'],
  ['half a surrogate pair', '3幢2单元电梯坏了\ud83d'],
  ['SQL', "3幢2单元电梯坏了'); DROP TABLE Request; --"],
  ['HTML', '3幢2单元<script>alert(1)</script>电梯坏了&lt;b&gt;'],
  ['Markdown', '3幢2单元*电梯*_坏了_[点我](tg://user?id=1)`'],
  ['a pattern of replacement', '3幢2单元电梯坏了 $& $1 %s %n'],
  ['names of prototypes', '__proto__ constructor 电梯坏了 toString'],
]

describe('hostile words', () => {
  it.each(HOSTILE)('%s: are logged, answered and searchable as they are, and harm nothing', async (_name, text) => {
    await rig.say(words(`报事 ${text}`))
    expect(rig.errors).toEqual([])
    const row = await rig.db.read.inboxMessage.findFirstOrThrow()
    expect(row).toMatchObject({ status: 'acted', error: null })
    const request = await rig.db.read.request.findFirstOrThrow()
    expect(request.text.length).toBeLessThanOrEqual(4000)
    const answered = rig.sent.map((one) => one.conversation)
    expect(answered.filter((one) => one === 'group:workers' || one === 'private:resident-aili')).toHaveLength(2)
    for (const { message } of rig.sent) expect(message.text.length).toBeLessThan(1000)
    expect((await verifyLedger(rig.db.read)).faults).toEqual([])
    // A second message shows that the conversation still goes on.
    await rig.say(words('进度'))
    expect(rig.sent.at(-1)?.message.text).toContain('0001')
  })

  it('a sign that a cut parts from its other half leaves the ledger sound', async () => {
    await rig.say(words(`报事 3幢2单元电梯坏了，${'😀'.repeat(80)}`))
    await rig.say(words(`报事 3幢2单元电梯坏了，了${'😀'.repeat(80)}`))
    const [first, second] = await rig.db.read.ledgerEntry.findMany({ orderBy: { seq: 'asc' } })
    expect([first, second].some((one) => one?.text.includes('\ufffd'))).toBe(true)
    expect((await verifyLedger(rig.db.read)).faults).toEqual([])
    expect(rig.errors).toEqual([])
  })

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t\u3000 '],
    ['signs without words', '？？？！！。。。'],
    ['joiners', '\u200b\u200d\ufeff'],
    ['one letter', 'a'],
  ])('%s: leave no request and no fault', async (_name, text) => {
    await rig.say(words(text))
    await rig.say(words(text, { conversation: 'group:residents-1', isPrivate: false }))
    expect(rig.errors).toEqual([])
    expect(await rig.db.read.request.count()).toBe(0)
    expect(rig.sent.filter((one) => one.conversation.startsWith('group:'))).toEqual([])
  })

  it.each(['', ':', 'x', 'x:0', ':0', 'a'.repeat(200), '__proto__:0', 'x:-1', "';--:0"].filter((data) => data))(
    'unknown button data %j gets a kind word',
    async (data) => {
      await rig.say(words('', { event: { kind: 'button', data } }))
      expect(rig.errors).toEqual([])
      expect(rig.sent.map((one) => one.message.text.slice(0, 9))).toEqual(['这个按钮已经过期了'])
    },
  )

  it('a button of ours with a strange option gets the same', async () => {
    await rig.say(words('报事 3幢2单元电梯坏了'))
    const [token] = (rig.sent.flatMap((one) => one.message.choices ?? [])[0]?.data ?? '').split(':')
    for (const index of ['99', '-1', '1.5', 'length', '__proto__', ''])
      await rig.say(
        words('', {
          sender: { id: 'worker-wangfang', name: '王芳' },
          conversation: 'group:workers',
          isPrivate: false,
          event: { kind: 'button', data: `${token}:${index}` },
        }),
      )
    expect(rig.errors).toEqual([])
    expect(rig.sent.filter((one) => one.message.text.startsWith('这个按钮已经过期了'))).toHaveLength(6)
    expect(await rig.db.read.request.findFirst({ select: { status: true } })).toEqual({ status: 'assigned' })
  })

  it('a button shown in one conversation does nothing in another', async () => {
    await rig.say(words('报事 3幢2单元电梯坏了'))
    const data = rig.sent.flatMap((one) => one.message.choices ?? [])[0]?.data ?? ''
    await rig.say(words('', { sender: { id: 'worker-wangfang', name: '王芳' }, event: { kind: 'button', data } }))
    expect(rig.sent.at(-1)?.message.text).toContain('按钮已经过期')
  })

  it('an answer after its question has expired is read as new words', async () => {
    await rig.say(words('报事'))
    expect(rig.sent.at(-1)?.message.text).toContain('请说一句')
    rig.setTime(new Date(rig.now().getTime() + 11 * 60_000))
    await rig.say(words('今天天气不错'))
    expect(await rig.db.read.request.count()).toBe(0)
    expect(await rig.db.read.pendingQuestion.count()).toBe(0)
  })
})
