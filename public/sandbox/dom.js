// @ts-check
import { state } from './state.js'

/**
 * Makes an element. Text only ever becomes text: nothing here reads markup.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {{ class?: string, text?: string, attrs?: Record<string, string | boolean | undefined>, on?: Record<string, (event: Event) => void> }} [options]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, options = {}, ...children) {
  const node = document.createElement(tag)
  if (options.class) node.className = options.class
  if (options.text !== undefined) node.textContent = options.text
  for (const [name, value] of Object.entries(options.attrs ?? {})) {
    if (value === true) node.setAttribute(name, '')
    else if (value !== false && value !== undefined) node.setAttribute(name, value)
  }
  for (const [type, listener] of Object.entries(options.on ?? {})) node.addEventListener(type, listener)
  for (const child of children) if (child) node.append(child)
  return node
}

/**
 * An element the page surely has.
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} id
 * @returns {Kind}
 */
export function byId(id) {
  const node = document.getElementById(id)
  if (!node) throw new Error(`no #${id}`)
  return /** @type {Kind} */ (node)
}

const AVATAR_COLOURS = 8

/**
 * A round sign with a person's first character; neighbours in the list of people have different colours.
 * @param {{ id: string, name: string } | null} who null is the bot
 * @param {string} [size]
 */
export function avatar(who, size = '') {
  if (!who) {
    const picture = el('img', { attrs: { src: '/sandbox/assets/icon.svg', alt: '' } })
    return el('span', { class: `avatar avatar-bot ${size}`, attrs: { 'aria-hidden': 'true' } }, picture)
  }
  const place = state.people.findIndex(({ externalId }) => externalId === who.id)
  const initial = [...who.name][0] ?? '?'
  return el('span', {
    class: `avatar avatar-${Math.max(place, 0) % AVATAR_COLOURS} ${size}`,
    text: initial,
    attrs: { 'aria-hidden': 'true' },
  })
}

/** @param {number} count */
export function badge(count) {
  if (count === 0) return null
  const words = count > 99 ? '99+' : String(count)
  return el('span', { class: 'badge', text: words, attrs: { 'aria-label': `${count} 条未读` } })
}

/**
 * Says for a moment that something went wrong, with a way to try again.
 * @param {string} words
 * @param {() => void} [retry]
 */
export function toast(words, retry) {
  const close = () => note.remove()
  const again =
    retry &&
    el('button', {
      class: 'toast-retry',
      text: '重试',
      attrs: { type: 'button' },
      on: {
        click: () => {
          close()
          retry()
        },
      },
    })
  const note = el('div', { class: 'toast' }, el('span', { text: words }), again)
  const room = byId('toasts')
  // One at a time: a row of the same complaint helps nobody.
  room.replaceChildren(note)
  setTimeout(close, retry ? 12_000 : 5000)
}
