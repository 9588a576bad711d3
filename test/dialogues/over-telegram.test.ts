import {
  createTelegramHarness,
  type TelegramHarness,
  type TelegramHarnessOptions,
} from '../support/telegram-harness.js'
import { dialoguesOver } from './shared-dialogues.js'
import { createFarWorld, type FarWorldOptions } from './shared-far-world.js'
import { telegramHands } from './shared-telegram.js'

async function open(options: TelegramHarnessOptions = {}, more: Partial<FarWorldOptions> = {}) {
  const harness: TelegramHarness = await createTelegramHarness(options)
  return createFarWorld({ harness, hands: telegramHands(harness), ...more })
}

const traits = { edits: true, captions: true }
dialoguesOver('Telegram, polling', () => open(), traits)
dialoguesOver('Telegram, webhook', () => open({ webhook: true }), traits)
