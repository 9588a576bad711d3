import { createWechatHarness, WECHAT_FAULTS } from '../support/wechat-harness.js'
import { describeChannel } from './contract.js'

describeChannel('WeChat', () => createWechatHarness(), WECHAT_FAULTS)
