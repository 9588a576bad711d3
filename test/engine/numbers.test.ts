import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { modules } from '../../src/app.js'
import { command, type Module } from '../../src/kernel/module.js'
import { createRig, type Rig, words } from '../flow/rig.js'
import { START } from '../support/demo.js'

const MINUTE_MS = 60_000

/** Answers 开饭啦 with two choices; keeps what was picked. */
function canteen() {
  const picked: string[] = []
  const base = { roles: 'anyone' as const, load: async () => null }
  const menu = command<object, null>({
    ...base,
    name: 'canteen.menu',
    help: { say: '开饭啦', does: '看开饭啦', roles: [] },
    input: z.object({}),
    match: ({ said }) => (said.kind === 'text' && said.text === '开饭啦' ? {} : null),
    decide: (_, turn) => ({
      events: [],
      drafts: [
        {
          key: `turn:${turn.inboxId}`,
          to: { kind: 'here' },
          text: '吃什么？',
          priority: 'reply',
          choices: ['面', '饭'].map((label) => ({ label, command: 'canteen.pick', input: { label } })),
        },
      ],
    }),
  })
  const pick = command<{ label: string }, null>({
    ...base,
    name: 'canteen.pick',
    input: z.object({ label: z.string() }),
    match: () => null,
    decide: (_, turn, { label }) => {
      picked.push(label)
      return {
        events: [],
        drafts: [{ key: `turn:${turn.inboxId}`, to: { kind: 'here' }, text: `${label}，好。`, priority: 'reply' }],
      }
    },
  })
  const none = { commands: [menu, pick], reactions: [], jobs: [], sheets: [] }
  const module: Module = { name: 'canteen', eventPrefix: 'canteen', ...none, apply: async () => undefined }
  return { module, picked }
}

let rig: Rig
let picked: string[]
beforeEach(async () => {
  const one = canteen()
  picked = one.picked
  rig = await createRig({ modules: [one.module, ...modules] })
})
afterEach(() => rig.close())

const later = (minutes: number) => rig.setTime(new Date(Date.parse(START) + minutes * MINUTE_MS))
const said = () => rig.sent.at(-1)?.message

describe('a bare number in private', () => {
  it('picks at once, and hours later when nothing else was said', async () => {
    await rig.say(words('开饭啦'))
    later(300)
    await rig.say(words('2'))
    expect(picked).toEqual(['饭'])
  })

  it('does not do again what it did; another choice of the same message still goes', async () => {
    await rig.say(words('开饭啦'))
    await rig.say(words('1'))
    await rig.say(words('1'))
    expect(picked).toEqual(['面'])
    expect(said()?.text).toContain('“面”刚才已经选过了')
    await rig.say(words('2'))
    expect(picked).toEqual(['面', '饭'])
  })

  it('may be said again by quoting the message', async () => {
    await rig.say(words('开饭啦'))
    await rig.say(words('1'))
    const quoted = { externalId: 's:1' }
    await rig.say(words('1', { event: { kind: 'text', text: '1', quoted } }))
    expect(picked).toEqual(['面', '面'])
  })

  it('is asked about when other things were said since, and then counts', async () => {
    await rig.say(words('开饭啦'))
    await rig.say(words('谢谢你'))
    later(20)
    await rig.say(words('2'))
    expect(picked).toEqual(['饭'])
    await rig.say(words('开饭啦'))
    later(21)
    await rig.say(words('今天天气不错'))
    later(120)
    await rig.say(words('1'))
    expect(picked).toEqual(['饭'])
    expect(said()?.text).toContain('11-22 09:34')
    expect(said()?.choices?.map((choice) => choice.label)).toEqual(['面', '饭'])
    await rig.say(words('1'))
    expect(picked).toEqual(['饭', '面'])
  })

  it('is left to what the words mean when it is a label said much later', async () => {
    await rig.say(words('开饭啦'))
    later(1)
    await rig.say(words('今天天气不错'))
    later(120)
    await rig.say(words('面'))
    expect(picked).toEqual([])
    expect(said()?.text).not.toContain('您回的数字')
  })
})

describe('a phrase that fits several commands', () => {
  it('goes to the one meant for the speaker: a worker takes back a visit, a resident a request', async () => {
    const wang = { sender: { id: 'worker-wangfang', name: '王芳' } }
    await rig.say(words('走访 3-2-501 老人身体好', wang))
    expect(await rig.db.read.visit.count({ where: { status: 'valid' } })).toBe(1)
    await rig.say(words('撤回', wang))
    expect(await rig.db.read.visit.count({ where: { status: 'valid' } })).toBe(0)
    await rig.say(words('报事 3幢2单元电梯坏了'))
    await rig.say(words('撤回'))
    expect(said()?.text).toContain('撤回')
  })
})
