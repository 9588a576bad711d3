// @ts-check

/** @typedef {import('../../src/channels/sandbox/types.js').SandboxMessage} Message */
/** @typedef {import('../../src/channels/sandbox/types.js').SandboxPerson} Person */
/** @typedef {import('../../src/channels/sandbox/types.js').SandboxConversation} Conversation */
/** @typedef {import('../../src/channels/sandbox/types.js').SandboxEvent} SandboxEvent */
/** @typedef {{ now: number, timezone: string, movable: boolean }} Clock */
/** @typedef {{ id: string, as: string, conversation: string, text: string, quote?: { id: string, text: string }, images: string[] }} Say */

const API = '/sandbox/api'
const NO_ANSWER = '连不上服务，请检查网络或稍后再试。'

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<any>}
 */
async function call(path, init) {
  let response
  try {
    response = await fetch(`${API}${path}`, init)
  } catch {
    throw new Error(NO_ANSWER)
  }
  const body = await response.json().catch(() => null)
  if (!response.ok) throw new Error(body?.error?.message ?? NO_ANSWER)
  return body
}

/**
 * @param {string} path
 * @param {unknown} body
 */
const post = (path, body) =>
  call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** @returns {Promise<{ people: Person[], conversations: Conversation[], clock: Clock }>} */
export const getDirectory = () => call('/directory')

/**
 * @param {string} conversation
 * @param {number} [before]
 * @returns {Promise<{ messages: Message[], more: boolean }>}
 */
export function getHistory(conversation, before) {
  const query = new URLSearchParams({ conversation })
  if (before !== undefined) query.set('before', String(before))
  return call(`/history?${query}`)
}

/**
 * @param {Say} message
 * @returns {Promise<{ message: Message }>}
 */
export const say = (message) => post('/say', message)

/** @param {{ id: string, as: string, conversation: string, messageId: string, data: string }} press */
export const press = (press) => post('/press', press)

/** @param {{ id: string, as: string, conversation: string, messageId: string, text: string }} edit */
export const edit = (edit) => post('/edit', edit)

/** @param {object} move */
export const moveClock = (move) => post('/clock', move)

/**
 * @param {Blob} picture
 * @returns {Promise<{ id: string }>}
 */
export const upload = (picture) =>
  call('/media', { method: 'POST', headers: { 'content-type': picture.type }, body: picture })

/** An id nobody else has; `crypto.randomUUID` is missing on plain http from another machine. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const RETRY_MS = 2000

/**
 * Listens to everything that happens. After a break it goes on where it stopped; `onReset` is called when that is not
 * possible and all must be read again.
 * @param {{ onEvent: (event: SandboxEvent) => void, onReset: () => void, onConnection: (connected: boolean) => void }} listeners
 */
export function listen({ onEvent, onReset, onConnection }) {
  let last = ''
  const open = () => {
    const source = new EventSource(`${API}/events${last ? `?after=${encodeURIComponent(last)}` : ''}`)
    /** @param {MessageEvent} event */
    const seen = (event) => {
      last = event.lastEventId
    }
    source.addEventListener('hello', seen)
    source.addEventListener('reset', (event) => {
      seen(event)
      onReset()
    })
    for (const kind of ['message', 'pressed', 'edited', 'clock']) {
      source.addEventListener(kind, (event) => {
        seen(event)
        onEvent(JSON.parse(event.data))
      })
    }
    source.onopen = () => onConnection(true)
    source.onerror = () => {
      onConnection(false)
      // The browser tries again by itself after a broken line, but not after an answer such as 502.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, RETRY_MS)
    }
  }
  open()
}
