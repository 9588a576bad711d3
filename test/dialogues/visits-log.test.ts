import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../support/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const said = (heard: readonly { text: string }[]) => heard.map((one) => one.text).join('\n')
const wang = () => world.as('王芳')

describe('ten seconds after a visit', () => {
  it('is logged in one line, with the count', async () => {
    const heard = await wang().says('私聊', '走访 3-2-501 张阿姨说楼道灯坏了，已联系物业；血压高')
    expect(said(heard)).toContain('记下了：3幢2单元501 张阿姨')
    expect(said(heard)).toContain('问题：楼道灯坏、血压高；措施：已联系物业')
    expect(said(heard)).toContain('今天第 1 户，本月 1/30')
    expect(heard[0]?.choices).toEqual(['“楼道灯坏”立诉求', '改', '撤'])
  })

  it('takes several at once; who was not home does not count', async () => {
    const heard = await wang().says('私聊', '走访 3-2-502 没人 3-2-601 在 说电梯吵')
    expect(said(heard)).toContain('记下了 2 户')
    expect(said(heard)).toMatch(/3幢2单元502.*未遇（不计数，已记）/)
    expect(said(heard)).toMatch(/3幢2单元601.*问题：电梯吵/)
    expect(said(heard)).toContain('今天第 1 户，本月 1/30')
  })
})
