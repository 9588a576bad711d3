// @ts-check
import { avatar, badge, byId, el } from './dom.js'
import { state, unreadForMe } from './state.js'

/** @typedef {import('./api.js').Person} Person */

const dialog = /** @type {HTMLDialogElement} */ (byId('picker'))
const search = /** @type {HTMLInputElement} */ (byId('picker-search'))
const list = byId('picker-list')

/** @type {readonly [string, readonly string[]][]} */
const SECTIONS = [
  ['居民', ['resident']],
  ['社区', ['worker', 'coordinator', 'manager']],
  ['街道', ['officer']],
  ['第三方', ['surveyor']],
  ['其他', ['stranger']],
]

/** @param {(person: Person) => void} choose */
export function createPicker(choose) {
  function draw() {
    const wanted = search.value.trim().toLowerCase()
    const matching = state.people.filter(({ name, roleLabel, home }) =>
      `${name} ${roleLabel} ${home}`.toLowerCase().includes(wanted),
    )
    const sections = SECTIONS.flatMap(([title, roles]) => {
      const people = matching.filter(({ role }) => roles.includes(role))
      if (people.length === 0) return []
      return [
        el('h3', { class: 'picker-section', text: title }),
        el('ul', { class: 'picker-people' }, ...people.map(item)),
      ]
    })
    list.replaceChildren(
      ...(sections.length > 0 ? sections : [el('p', { class: 'picker-none', text: '没有找到这样的人。' })]),
    )
  }

  /** @param {Person} person */
  function item(person) {
    const mine = person.externalId === state.me?.externalId
    return el(
      'li',
      {},
      el(
        'button',
        {
          class: mine ? 'picker-person picker-person-me' : 'picker-person',
          attrs: { type: 'button', 'aria-current': mine && 'true' },
          on: {
            click: () => {
              dialog.close()
              choose(person)
            },
          },
        },
        avatar({ id: person.externalId, name: person.name }),
        el(
          'span',
          { class: 'picker-words' },
          el('span', { class: 'picker-name', text: person.name }),
          el('span', { class: 'picker-role', text: [person.roleLabel, person.home].filter(Boolean).join(' · ') }),
        ),
        badge(unreadForMe(person).count),
      ),
    )
  }

  search.addEventListener('input', draw)
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') list.querySelector('button')?.click()
  })
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const stops = [search, ...list.querySelectorAll('button')]
    const at = stops.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement))
    stops[Math.max(0, Math.min(stops.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus()
    event.preventDefault()
  })
  byId('picker-close').addEventListener('click', () => dialog.close())
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close()
  })
  return {
    show() {
      search.value = ''
      draw()
      dialog.showModal()
      search.focus()
    },
    draw: () => dialog.open && draw(),
  }
}
