import type { WechatHarness } from '../support/wechat-harness.js'
import type { Hands } from './shared-far-world.js'

/** Choices are numbers: a bare one in private, one that quotes the message in a group. */
export function wechatHands(harness: WechatHarness): Hands {
  return {
    pick: async (person, group, message, label) => {
      const number = String(message.choices.indexOf(label) + 1)
      await harness.say(person, group, number, group ? { quotes: message } : {})
    },
  }
}
