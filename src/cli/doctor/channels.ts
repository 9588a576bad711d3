import { createRequire } from 'node:module'
import { createApi, type TelegramApi } from '../../channels/telegram/api.js'
import { texts as telegramTexts } from '../../channels/telegram/texts.js'
import type { Config } from '../../config.js'
import { type Finding, messageOf, note, well, wrong } from './finding.js'
import { texts } from './texts.js'

const TIMEOUT_MS = 10_000
const require = createRequire(import.meta.url)

/** Asks Telegram who the bot is, what it may see, and how the webhook fares. */
export async function checkTelegram(config: Config['telegram']): Promise<Finding[]> {
  const { what } = texts.telegram
  if (!config) return [note(what, texts.telegram.off)]
  const api = createApi(config.token, config.apiRoot)
  try {
    const me = await api.call('getMe', {}, { timeoutMs: TIMEOUT_MS })
    const username = me.username ?? String(me.id)
    const findings = [well(what, texts.telegram.online(username))]
    if (me.can_join_groups === false) findings.push(wrong(what, texts.telegram.groupsOff))
    if (!me.can_read_all_group_messages) findings.push(wrong(what, telegramTexts.privacyMode(username)))
    findings.push(...(await checkWebhook(api, config.webhook?.url)))
    return findings
  } catch (error) {
    return [wrong(what, messageOf(error))]
  } finally {
    api.close()
  }
}

/** How deliveries fare. That Telegram does not tell is no fault of ours. */
async function checkWebhook(api: TelegramApi, wanted: string | undefined): Promise<Finding[]> {
  const { what } = texts.telegram
  try {
    const hook = await api.call('getWebhookInfo', {}, { timeoutMs: TIMEOUT_MS })
    if (!hook.url) return []
    const findings = [
      hook.url === wanted
        ? well(what, texts.telegram.webhook(hook.url, hook.pending_update_count))
        : note(what, texts.telegram.webhookElsewhere(hook.url)),
    ]
    if (hook.last_error_message) findings.push(note(what, texts.telegram.webhookError(hook.last_error_message)))
    return findings
  } catch (error) {
    return [note(what, messageOf(error))]
  }
}

export function checkWechat(config: Config['wechat']): Finding {
  const { what } = texts.wechat
  if (!config) return note(what, texts.wechat.off)
  return isInstalled(config.puppet)
    ? well(what, texts.wechat.there(config.puppet))
    : wrong(what, texts.wechat.missing(config.puppet))
}

/** Whether the endpoint answers at all; a refusal of this bare call is an answer too. */
export async function checkLlm(config: Config['llm']): Promise<Finding> {
  const { what } = texts.llm
  if (!config) return note(what, texts.llm.off)
  try {
    const response = await fetch(config.url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    await response.body?.cancel()
    return well(what, texts.llm.answered(response.status))
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return wrong(what, `${config.url}: ${messageOf(cause)}`)
  }
}

export function checkFont(): Finding {
  const { what, there, missing } = texts.font
  return isInstalled('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')
    ? well(what, there)
    : wrong(what, missing)
}

function isInstalled(name: string): boolean {
  try {
    require.resolve(name)
    return true
  } catch (error) {
    // A package for `import` alone is there, only not for `require`.
    return (error as NodeJS.ErrnoException).code === 'ERR_PACKAGE_PATH_NOT_EXPORTED'
  }
}
