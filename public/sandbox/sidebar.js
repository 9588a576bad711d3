// @ts-check
import { avatar, badge, byId, el } from './dom.js'
import { preview } from './message.js'
import { conversationsOf, membersOf, now, state, thread, unread, unreadForMe } from './state.js'
import { short } from './time.js'

/** @typedef {import('./api.js').Person} Person */
/** @typedef {import('./api.js').Conversation} Conversation */

/** @type {Record<string, string>} */
const SIGNS = { residents: '居', workers: '工', subdistrict: '街', unknown: '群' }
/** How many people with news are shown at once. */
const MOST_OTHERS = 6

/** @param {Conversation} conversation */
function conversationAvatar({ kind }) {
  if (kind === 'private') return avatar(null)
  return el('span', {
    class: `avatar avatar-group avatar-${kind}`,
    text: SIGNS[kind] ?? '群',
    attrs: { 'aria-hidden': 'true' },
  })
}

/**
 * @param {Conversation} conversation
 * @param {Person} me
 */
function lastWords({ id, kind }, me) {
  const last = thread(id).messages.at(-1)
  if (!last) return kind === 'private' ? '私聊：只有你们俩看得到' : '还没有人说话'
  const by =
    last.author === null
      ? kind === 'private'
        ? ''
        : '邻里：'
      : last.author.id === me.externalId
        ? ''
        : `${last.author.name}：`
  return `${by}${preview(last)}`
}

/** @param {Person} me */
export const sortedConversations = (me) => {
  /** @param {Conversation} one */
  const at = (one) => thread(one.id).messages.at(-1)?.at ?? 0
  return conversationsOf(me).sort((a, b) => at(b) - at(a))
}

/**
 * @param {{ open: (conversation: Conversation) => void, become: (person: Person, conversation?: Conversation) => void }} actions
 */
export function drawSidebar({ open, become }) {
  const { me } = state
  if (!me) return
  byId('me-avatar').replaceWith(
    Object.assign(avatar({ id: me.externalId, name: me.name }, 'avatar-large'), { id: 'me-avatar' }),
  )
  byId('me-name').textContent = me.name
  byId('me-role').textContent = [me.roleLabel, me.home].filter(Boolean).join(' · ')

  const list = byId('conversations')
  const focused = document.activeElement?.getAttribute('data-conversation')
  list.replaceChildren(
    ...sortedConversations(me).map((conversation) => {
      const last = thread(conversation.id).messages.at(-1)
      const count = unread(me, conversation)
      const current = conversation.id === state.open?.id
      return el(
        'li',
        {},
        el(
          'button',
          {
            class: current ? 'conversation conversation-open' : 'conversation',
            attrs: { type: 'button', 'aria-current': current && 'true', 'data-conversation': conversation.id },
            on: { click: () => open(conversation) },
          },
          conversationAvatar(conversation),
          el(
            'span',
            { class: 'conversation-words' },
            el(
              'span',
              { class: 'conversation-top' },
              el('span', { class: 'conversation-name', text: conversation.name }),
              last ? el('time', { class: 'conversation-time', text: short(last.at, now()) }) : null,
            ),
            el(
              'span',
              { class: 'conversation-bottom' },
              el('span', { class: 'conversation-last', text: lastWords(conversation, me) }),
              badge(count),
            ),
          ),
        ),
      )
    }),
  )
  if (focused) list.querySelector(/** @type {any} */ (`[data-conversation="${CSS.escape(focused)}"]`))?.focus()
  drawOthers(me, become)
  const all = conversationsOf(me).reduce((sum, conversation) => sum + unread(me, conversation), 0)
  document.title = `${all > 0 ? `(${all}) ` : ''}邻里 · 社区群里的办事助手`
}

/**
 * Whoever else the bot has written to: what happens next often happens there.
 * @param {Person} me
 * @param {(person: Person, conversation?: Conversation) => void} become
 */
function drawOthers(me, become) {
  const news = state.people
    .filter((person) => person.externalId !== me.externalId)
    .map((person) => ({ person, ...unreadForMe(person) }))
    .filter(({ count }) => count > 0)
    .slice(0, MOST_OTHERS)
  byId('others').hidden = news.length === 0
  byId('others-row').replaceChildren(
    ...news.map(({ person, count, where }) =>
      el(
        'button',
        {
          class: 'other',
          attrs: { type: 'button', 'aria-label': `换成${person.name}，${count} 条新消息`, title: `换成${person.name}` },
          on: { click: () => become(person, where ?? undefined) },
        },
        avatar({ id: person.externalId, name: person.name }),
        badge(count),
        el('span', { class: 'other-name', text: person.name }),
      ),
    ),
  )
}

/** @param {Conversation} conversation */
export function drawHead(conversation) {
  byId('chat-name').textContent = conversation.name
  const people = membersOf(conversation)
  byId('chat-members').textContent =
    conversation.kind === 'private'
      ? `和${state.me?.name ?? ''}的私聊`
      : `${people.length + 1} 人：邻里、${people.map(({ name }) => name).join('、')}`
}
