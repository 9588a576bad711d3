import { createWechatHarness } from '../support/wechat-harness.js'
import { dialoguesOver } from './shared-dialogues.js'
import { createFarWorld } from './shared-far-world.js'
import { wechatHands } from './shared-wechat.js'

async function open() {
  const harness = await createWechatHarness()
  return createFarWorld({ harness, hands: wechatHands(harness) })
}

dialoguesOver('WeChat', open, { edits: false, captions: false })
