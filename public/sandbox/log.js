// @ts-check
import { byId, el } from './dom.js'
import { messageItem } from './message.js'
import { find, now, state, thread } from './state.js'
import { separator } from './time.js'

/** @typedef {import('./state.js').Shown} Shown */
/** @typedef {import('./message.js').MessageActions} MessageActions */

const log = byId('log')
const scroll = byId('scroll')
const jump = byId('jump')
const older = byId('older')

/** A pause after which the time is said again. */
const PAUSE_MS = 8 * 60_000
/** Nearer to the end than this, new messages keep the end in view; pixels. */
const NEAR_END = 90

/** @type {Map<string, { node: HTMLElement, facts: readonly unknown[] }>} */
let drawn = new Map()
let drawnFor = ''

const nearEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END

export function toEnd() {
  scroll.scrollTop = scroll.scrollHeight
  jump.hidden = true
}

jump.addEventListener('click', toEnd)
scroll.addEventListener('scroll', () => {
  if (nearEnd()) jump.hidden = true
})
// Pictures grow the log after it was drawn.
log.addEventListener('load', () => wasAtEnd && toEnd(), true)
let wasAtEnd = true
scroll.addEventListener('scroll', () => {
  wasAtEnd = nearEnd()
})

/**
 * @param {string} id
 */
export function showMessage(id) {
  const node = log.querySelector(`[data-id="${CSS.escape(id)}"]`)
  if (!node) return
  node.scrollIntoView({ block: 'center' })
  node.classList.add('message-found')
  setTimeout(() => node.classList.remove('message-found'), 1600)
}

/**
 * Brings the log in line with the open conversation, touching only what changed, so that focus and a reader's place stay.
 * @param {MessageActions} actions
 */
export function drawLog(actions) {
  const { me, open } = state
  if (!me || !open) return
  const place = `${me.externalId}|${open.id}`
  const fresh = place !== drawnFor
  const { messages, more, loaded } = thread(open.id)
  const follow = fresh || nearEnd()
  const heightBefore = scroll.scrollHeight
  const firstBefore = drawn.keys().next().value
  const grew = messages.length > 0 && !fresh

  /** @type {typeof drawn} */
  const next = new Map()
  /**
   * @param {string} key
   * @param {readonly unknown[]} facts
   * @param {() => HTMLElement} make
   */
  const row = (key, facts, make) => {
    const known = drawn.get(key)
    const same = !fresh && known?.facts.every((fact, index) => fact === facts[index])
    next.set(key, known && same ? known : { node: make(), facts })
  }

  /** @type {Shown | undefined} */
  let previous
  for (const message of messages) {
    const pause = !previous || message.at - previous.at > PAUSE_MS
    if (pause) {
      const words = separator(message.at, now())
      row(`t:${message.id}`, [words], () => el('li', { class: 'pause', text: words }))
    }
    const followsOwn = !pause && previous?.author?.id === message.author?.id
    const original = message.quote?.id ? find(open.id, message.quote.id) : undefined
    const around = { me, followsOwn, isPrivate: open.kind === 'private', original, actions }
    row(message.id, [message, followsOwn, original], () => messageItem(message, around))
    previous = message
  }

  // A change of conversation is no news: only what comes afterwards is read aloud.
  if (fresh) log.setAttribute('aria-live', 'off')
  arrange([...next.values()].map(({ node }) => node))
  if (fresh) requestAnimationFrame(() => log.setAttribute('aria-live', 'polite'))

  const last = messages.at(-1)
  const appended = last !== undefined && !drawn.has(last.id)
  const prepended = grew && firstBefore !== undefined && next.keys().next().value !== firstBefore
  drawn = next
  drawnFor = place
  older.hidden = !more
  byId('empty').hidden = !loaded || messages.length > 0
  if (follow || (appended && last.author?.id === me.externalId)) toEnd()
  else if (appended) jump.hidden = false
  else if (prepended) scroll.scrollTop += scroll.scrollHeight - heightBefore
}

/** @param {HTMLElement[]} nodes */
function arrange(nodes) {
  const keep = new Set(nodes)
  for (const child of [...log.children]) if (!keep.has(/** @type {HTMLElement} */ (child))) child.remove()
  nodes.forEach((node, index) => {
    if (log.children[index] !== node) log.insertBefore(node, log.children[index] ?? null)
  })
}
