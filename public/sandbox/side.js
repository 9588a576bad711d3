// @ts-check
import { moveClock } from './api.js'
import { byId, el, toast } from './dom.js'
import { hintsFor, TOUR_WORKER, tourSteps } from './hints.js'
import { conversationsOf, now, state, thread } from './state.js'
import { fullDay, hour } from './time.js'

/** @typedef {import('./api.js').Person} Person */
/** @typedef {import('./api.js').Conversation} Conversation */

/** @type {readonly [string, object][]} */
const MOVES = [
  ['+1 小时', { hours: 1 }],
  ['+1 天', { days: 1 }],
  ['明早 9 点', { to: 'next_morning' }],
  ['月末', { to: 'month_end' }],
  ['下月 1 日', { to: 'next_month' }],
]

const done = /** @type {Set<number>} */ (new Set())

/** `BH-202611-0007`, `【超时】0007` or `您报的0007`. */
const NUMBER = /(?:[A-Z]+\d*-\d{6}-|】\s*|您报的\s*)(\d{4})(?!\d)/

/**
 * Last four digits of the request the bot spoke of last, to this person if there is one.
 * @param {Person | undefined} person
 */
function latestNumber(person) {
  const said = (person ? conversationsOf(person) : [])
    .flatMap(({ id, kind }) => thread(id).messages.map((message) => ({ ...message, kind })))
    .filter(({ author, text }) => author === null && NUMBER.test(text))
    .sort((a, b) => b.at - a.at)
  const mine = said.find(
    ({ kind, mentions }) => kind === 'private' || mentions.some(({ id }) => id === person?.externalId),
  )
  return (mine ?? said[0])?.text.match(NUMBER)?.[1] ?? '0001'
}

/**
 * @param {{ go: (person: Person, conversation: Conversation, text?: string) => void }} actions
 */
export function drawSide({ go }) {
  const { me } = state
  if (!me) return
  const number = latestNumber(me)
  byId('hints').replaceChildren(
    ...hintsFor(me, number).map(({ say, does, where }) => {
      const conversation = conversationsOf(me).find(({ kind }) => (kind === 'private') === (where === 'private'))
      const target = (state.open?.kind === 'private') === (where === 'private') ? state.open : conversation
      return el(
        'li',
        {},
        el(
          'button',
          { class: 'hint', attrs: { type: 'button' }, on: { click: () => target && go(me, target, say) } },
          el('span', { class: 'hint-say', text: say }),
          el('span', { class: 'hint-does', text: `${where === 'private' ? '私聊' : '群里'} · ${does}` }),
        ),
      )
    }),
  )
  drawTour(go)
}

/**
 * @param {(person: Person, conversation: Conversation, text?: string) => void} go
 */
function drawTour(go) {
  const number = latestNumber(state.people.find(({ externalId }) => externalId === TOUR_WORKER))
  const steps = tourSteps(number).map((step) => ({
    ...step,
    person: state.people.find(({ externalId }) => externalId === step.as),
    conversation: state.conversations.find(({ id }) => id === step.where),
  }))
  byId('tour').hidden = steps.some(({ person, conversation }) => !person || !conversation)
  byId('tour-steps').replaceChildren(
    ...steps.map(({ person, conversation, say, title, does }, index) =>
      el(
        'li',
        { class: done.has(index) ? 'step step-done' : 'step' },
        el(
          'button',
          {
            class: 'step-button',
            attrs: { type: 'button' },
            on: {
              click: () => {
                if (!person || !conversation) return
                done.add(index)
                go(person, conversation, say)
              },
            },
          },
          el('span', { class: 'step-title', text: title }),
          el('span', { class: 'step-does', text: does }),
        ),
      ),
    ),
  )
}

export function drawClock() {
  byId('clock').hidden = !state.clockMovable
  byId('clock-hour').textContent = hour(now())
  byId('clock-day').textContent = fullDay(now())
}

export function createClock() {
  const buttons = MOVES.map(([label, move]) =>
    el('button', {
      class: 'clock-move',
      text: label,
      attrs: { type: 'button' },
      on: {
        click: async () => {
          for (const button of buttons) button.disabled = true
          try {
            await moveClock(move)
          } catch (error) {
            toast(error instanceof Error ? error.message : String(error))
          }
          for (const button of buttons) button.disabled = false
        },
      },
    }),
  )
  byId('clock-moves').replaceChildren(...buttons)
  setInterval(drawClock, 1000)
}

/** @param {boolean} shown only matters where the panel lies over the chat */
export function showSide(shown) {
  document.body.toggleAttribute('data-side', shown)
  if (shown) byId('tips-close').focus()
}

/** Where the focus goes back to. */
let openedBy = byId('tips-open')
for (const button of [byId('tips-open'), byId('tips-open-list')]) {
  button.addEventListener('click', () => {
    openedBy = button
    showSide(!document.body.hasAttribute('data-side'))
  })
}
byId('tips-close').addEventListener('click', () => {
  showSide(false)
  openedBy.focus()
})
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') showSide(false)
})
