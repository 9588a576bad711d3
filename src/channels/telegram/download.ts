import { FetchFailure } from '../../kernel/errors.js'
import { ApiFault, type TelegramApi } from './api.js'

/** Before Telegram's file id in a reference. */
export const REFERENCE = 'telegram:'

/** What Telegram answers for a file beyond the 20 MB that it gives to bots. */
const TOO_LARGE = /file is too big/i

/**
 * Opens the file behind a reference of ours: its path is asked for, then its bytes.
 * @throws FetchFailure
 */
export async function openFile(
  api: TelegramApi,
  reference: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  try {
    const { file_path: path } = await api.call('getFile', { file_id: reference.slice(REFERENCE.length) }, { signal })
    if (!path || !isPlain(path)) throw new FetchFailure('gone', 'Telegram named no file to fetch')
    return await api.download(path, signal)
  } catch (error) {
    throw toFetchFailure(error)
  }
}

/** A path below the server's own folder. A server that runs in local mode names files of its own disk: not for us. */
const isPlain = (path: string): boolean =>
  path.length < 500 && !path.startsWith('/') && path.split('/').every((part) => part !== '' && !/^\.+$/.test(part))

function toFetchFailure(error: unknown): FetchFailure {
  if (error instanceof FetchFailure) return error
  if (!(error instanceof ApiFault)) return new FetchFailure('unreachable', String(error), { cause: error })
  const { code, message, parameters } = error
  if (code === 429)
    return new FetchFailure('throttled', message, { retryAfterMs: (parameters.retryAfterSeconds ?? 30) * 1000 })
  if (code === 400) return new FetchFailure(TOO_LARGE.test(message) ? 'too_large' : 'gone', message, { cause: error })
  // A path holds for an hour; asked again, getFile tells a new one. A wrong token is the operator's to mend.
  return new FetchFailure('unreachable', message, { cause: error })
}
