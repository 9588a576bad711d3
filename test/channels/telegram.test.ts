import { createTelegramHarness } from '../support/telegram-harness.js'
import { describeChannel } from './contract.js'

describeChannel('Telegram by long polling', () => createTelegramHarness())
describeChannel('Telegram by webhook', () => createTelegramHarness({ webhook: true }))
