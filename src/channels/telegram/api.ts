import { Agent } from 'node:https'
import { Telegram } from 'telegraf'
import type { Telegram as Methods, Opts } from 'telegraf/types'

/**
 * A call that failed. `taken` says what became of it: 'no', it surely had no effect; 'maybe', nobody knows.
 * Holds no underlying error: that one's stack would carry the address, and with it the bot's token, into a log.
 */
export class ApiFault extends Error {
  override readonly name = 'ApiFault'
  constructor(
    message: string,
    readonly taken: 'no' | 'maybe',
    /** Telegram's error code, where it answered. */
    readonly code: number | null,
    readonly parameters: { readonly retryAfterSeconds?: number; readonly migrateTo?: string } = {},
  ) {
    super(message)
  }
}

export interface TelegramApi {
  /**
   * Calls one method of the Bot API.
   * @throws ApiFault, also when `timeoutMs` passed or `signal` was aborted.
   */
  call<M extends keyof Methods>(
    method: M,
    payload: Opts<M>,
    options?: { readonly timeoutMs?: number; readonly signal?: AbortSignal },
  ): Promise<ReturnType<Methods[M]>>
  /**
   * The bytes of a file by the path that getFile told, as they come.
   * @throws ApiFault
   */
  download(path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>
  close(): void
}

const TIMEOUT_MS = 30_000
/** Idle connections are dropped before Telegram drops them: a request sent into a closing one has an unknown end. */
const IDLE_MS = 8_000
/** Codes of faults before anything was sent: no such host, no connection, an untrusted certificate. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/
/** ETIMEDOUT while connecting; Node leaves the reason empty when every address of a host timed out. */
const CONNECT_TIMEOUT = /reason: (connect ETIMEDOUT|$)/

/** The Bot API through Telegraf's client. `apiRoot` may have a path. */
export function createApi(token: string, apiRoot: string): TelegramApi {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS })
  const root = apiRoot.endsWith('/') ? apiRoot : `${apiRoot}/`
  const client = new Telegram(token, { agent, apiRoot: root, webhookReply: false })
  return {
    async call(method, payload, { timeoutMs = TIMEOUT_MS, signal } = {}) {
      const deadline = AbortSignal.timeout(timeoutMs)
      // Telegraf names the type of an old shim; its HTTP client takes Node's own.
      const either = signal ? AbortSignal.any([signal, deadline]) : deadline
      try {
        return await client.callApi(method, payload, { signal: either as never })
      } catch (error) {
        throw toFault(error, token)
      }
    },
    async download(path, signal) {
      const address = `${root}file/bot${token}/${path.split('/').map(encodeURIComponent).join('/')}`
      try {
        // Followed, a redirect would lead wherever the answer says.
        const response = await fetch(address, { signal, redirect: 'error' })
        if (response.ok && response.body) return response.body
        await response.body?.cancel()
        throw new ApiFault(`${response.status} for a file`, 'no', response.status, waitOf(response))
      } catch (error) {
        throw error instanceof ApiFault ? error : toFault(error, token)
      }
    },
    close: () => agent.destroy(),
  }
}

function waitOf(response: Response): { readonly retryAfterSeconds?: number } {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return seconds > 0 ? { retryAfterSeconds: seconds } : {}
}

interface Loose {
  readonly message?: unknown
  readonly code?: unknown
  readonly name?: unknown
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number }
}

function toFault(error: unknown, token: string): ApiFault {
  const loose = (typeof error === 'object' && error !== null ? error : {}) as Loose
  const words = String(loose.message ?? error)
    .replaceAll(token, '[token]')
    .replace(/\/bot[^/\s]+/g, '/bot[token]')
  if (typeof loose.code === 'number') {
    const { retry_after: retryAfterSeconds, migrate_to_chat_id: to } = loose.parameters ?? {}
    return new ApiFault(words, takenOnCode(loose.code), loose.code, {
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      ...(to === undefined ? {} : { migrateTo: String(to) }),
    })
  }
  const code = String(loose.code ?? '')
  const neverSent = NEVER_SENT.test(code) || (code === 'ETIMEDOUT' && CONNECT_TIMEOUT.test(words))
  return new ApiFault(words, neverSent ? 'no' : 'maybe', null)
}

/**
 * 500 and 503 are Telegram saying that it did not do the work. 502 and 504 come from a gateway that lost the answer:
 * the work may have been done behind it.
 */
function takenOnCode(code: number): 'no' | 'maybe' {
  return code < 500 || code === 500 || code === 503 ? 'no' : 'maybe'
}
