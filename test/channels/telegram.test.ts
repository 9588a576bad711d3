import { createTelegramHarness, TELEGRAM_FAULTS } from '../support/telegram-harness.js'
import { describeChannel } from './contract.js'

describeChannel('Telegram by long polling', () => createTelegramHarness(), TELEGRAM_FAULTS)
describeChannel('Telegram by webhook', () => createTelegramHarness({ webhook: true }), TELEGRAM_FAULTS)
