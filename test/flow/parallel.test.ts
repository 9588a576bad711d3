import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manyReports, provesParallelLoad } from './parallel-load.js'
import { createRig, type Rig, words } from './rig.js'

let rig: Rig
beforeEach(async () => {
  rig = await createRig()
})
afterEach(() => rig.close())

describe('many at once', { timeout: 240_000 }, () => {
  it('numbers 300 reports of 50 people without gap, each person in order', async () => {
    await provesParallelLoad(rig)
  })
})

describe('a message delivered again', () => {
  it('changes nothing, at once, later, and after a restart', async () => {
    const [report] = manyReports()
    if (!report) throw new Error('no report')
    await Promise.all([rig.receive([report]), rig.receive([report, report])])
    await rig.service.idle()
    await rig.say(report)
    await rig.restart()
    await rig.say({ ...report, event: { kind: 'text', text: '报事 别的事' } })
    expect(await rig.db.read.inboxMessage.count()).toBe(1)
    expect(await rig.db.read.request.count()).toBe(1)
    expect(await rig.db.read.ledgerEntry.count()).toBe(1)
    expect(rig.sent.filter((one) => one.message.text.startsWith('已登记'))).toHaveLength(1)
  })

  it('does nothing twice when the same button is tapped twice', async () => {
    await rig.say(words('报事 3幢2单元电梯坏了'))
    const card = rig.sent.find((one) => one.conversation === 'group:workers')
    const data = card?.message.choices?.find((one) => one.label === '接单')?.data
    if (!data) throw new Error('no card')
    const tap = () =>
      words('', {
        sender: { id: 'worker-wangfang', name: '王芳' },
        conversation: 'group:workers',
        isPrivate: false,
        event: { kind: 'button', data },
      })
    await Promise.all([rig.receive([tap()]), rig.receive([tap()])])
    await rig.service.idle()
    expect(await rig.db.read.ledgerEntry.count({ where: { type: 'request.accepted' } })).toBe(1)
    expect(rig.sent.filter((one) => one.conversation === 'private:resident-aili')).toHaveLength(2)
  })
})
