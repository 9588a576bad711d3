// @ts-check
import { avatar, el } from './dom.js'

/** @typedef {import('./state.js').Shown} Shown */
/** @typedef {import('./api.js').Person} Person */
/**
 * @typedef {object} MessageActions
 * @property {(message: Shown) => void} quote
 * @property {(message: Shown) => void} edit
 * @property {(message: Shown) => void} retry
 * @property {(message: Shown) => void} discard
 * @property {(message: Shown, data: string) => Promise<boolean>} press answers whether it was taken
 * @property {(source: string, name: string) => void} enlarge
 * @property {(id: string) => void} jump to a quoted message
 */

const BOT_NAME = '邻里'
const LINK = /https?:\/\/[^\s<>"'，。；）)]+/u

/**
 * @param {string} id
 * @param {string} [name] saved under this name
 */
const mediaUrl = (id, name) => `/sandbox/media/${id}${name ? `?save&name=${encodeURIComponent(name)}` : ''}`

/** @param {string} words */
const escapePattern = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * Text with names called and links set off.
 * @param {Shown} message
 * @param {Person} me
 */
function words({ text, mentions }, me) {
  const box = el('div', { class: 'text' })
  const called = mentions.map(({ name }) => `[@＠]${escapePattern(name)}`)
  for (const part of text.split(new RegExp(`(${[...called, LINK.source].join('|')})`, 'u'))) {
    const mention = /^[@＠]/u.test(part) && mentions.find(({ name }) => part.slice(1) === name)
    if (mention) {
      const mine = mention.id === me.externalId
      box.append(el('span', { class: mine ? 'called called-me' : 'called', text: part }))
    } else if (part.match(LINK)?.[0] === part) {
      box.append(el('a', { text: part, attrs: { href: part, target: '_blank', rel: 'noopener noreferrer' } }))
    } else if (part) box.append(part)
  }
  return box
}

/**
 * @param {Shown} message
 * @param {Shown | undefined} original
 * @param {MessageActions} actions
 */
function quoteBlock({ quote }, original, actions) {
  if (!quote) return null
  const said = original ? preview(original) : quote.text
  if (!said) return null
  const by = original ? `${original.author?.name ?? BOT_NAME}：` : ''
  return el(
    'button',
    {
      class: 'quote',
      attrs: { type: 'button', 'aria-label': `引用的消息：${by}${said}` },
      on: { click: () => original && actions.jump(original.id) },
    },
    el('span', { class: 'quote-words', text: `${by}${said}` }),
  )
}

/**
 * A message in one line.
 * @param {Shown} message
 */
export function preview({ text, media }) {
  const kinds = media.map(({ kind, name }) => (kind === 'image' ? '[图片]' : `[文件] ${name}`))
  return [...kinds, text.replace(/\s+/g, ' ')].filter(Boolean).join(' ')
}

/**
 * @param {Shown} message
 * @param {MessageActions} actions
 */
const pictures = ({ media }, actions) =>
  media.map(({ kind, id, name }) => {
    if (kind === 'file') {
      return el('a', {
        class: 'file',
        text: name || '文件',
        attrs: { href: mediaUrl(id, name || '文件'), download: name },
      })
    }
    const image = el('img', { class: 'picture-image', attrs: { src: mediaUrl(id), alt: name || '图片' } })
    return el(
      'button',
      {
        class: 'picture',
        attrs: { type: 'button', 'aria-label': `看大图${name ? `：${name}` : ''}` },
        on: { click: () => actions.enlarge(mediaUrl(id), name) },
      },
      image,
    )
  })

/**
 * @param {Shown} message
 * @param {Person} me
 * @param {MessageActions} actions
 */
function choices(message, me, actions) {
  if (message.choices.length === 0) return null
  const buttons = message.choices.map(({ label, data }) => {
    const mine = message.pressed.some((press) => press.data === data && press.by.id === me.externalId)
    const button = el('button', {
      class: mine ? 'choice choice-pressed' : 'choice',
      text: mine ? `✓ ${label}` : label,
      attrs: { type: 'button', disabled: mine },
      on: {
        click: async () => {
          button.disabled = true
          button.classList.add('choice-busy')
          const taken = await actions.press(message, data)
          button.classList.remove('choice-busy')
          if (!taken) button.disabled = false
        },
      },
    })
    return button
  })
  const others = message.pressed.filter(({ by }) => by.id !== me.externalId)
  const told = others.map(({ data, by }) => {
    const label = message.choices.find((choice) => choice.data === data)?.label
    return label ? `${by.name} 选了“${label}”` : null
  })
  const note = [...new Set(told.filter(Boolean))].join('，')
  return el('div', { class: 'choices' }, ...buttons, note ? el('p', { class: 'choices-note', text: note }) : null)
}

/**
 * @param {Shown} message
 * @param {MessageActions} actions
 */
function status(message, actions) {
  if (message.sending) return el('p', { class: 'status', text: '正在送达…' })
  if (message.failed) {
    /** @param {string} text @param {() => void} click */
    const button = (text, click) =>
      el('button', { class: 'status-button', text, attrs: { type: 'button' }, on: { click } })
    return el(
      'p',
      { class: 'status status-failed' },
      '没有送出 ',
      button('重试', () => actions.retry(message)),
      button('删除', () => actions.discard(message)),
    )
  }
  return message.edited ? el('p', { class: 'status', text: '已编辑' }) : null
}

/**
 * @param {Shown} message
 * @param {boolean} own
 * @param {MessageActions} actions
 */
function toolbar(message, own, actions) {
  if (message.sending || message.failed) return null
  /** @param {string} text @param {() => void} click */
  const button = (text, click) => el('button', { class: 'tool', text, attrs: { type: 'button' }, on: { click } })
  return el(
    'div',
    { class: 'tools' },
    button('引用', () => actions.quote(message)),
    own && message.text ? button('编辑', () => actions.edit(message)) : null,
  )
}

/**
 * One message of the log.
 * @param {Shown} message
 * @param {{ me: Person, followsOwn: boolean, isPrivate: boolean, original: Shown | undefined, actions: MessageActions }} around
 *   `followsOwn`: right after another of the same author, so the name need not be said again
 */
export function messageItem(message, { me, followsOwn, isPrivate, original, actions }) {
  const { author } = message
  const own = author?.id === me.externalId
  const side = own ? 'own' : author ? 'other' : 'bot'
  const name = author?.name ?? BOT_NAME
  const bare = message.text === '' && !message.quote
  const showName = !own && !isPrivate && !followsOwn
  const spoken = el('span', { class: 'visually-hidden', text: `${own ? '我' : name}：` })
  const bubble = el(
    'div',
    { class: bare ? 'bubble bubble-bare' : 'bubble' },
    spoken,
    quoteBlock(message, original, actions),
    ...pictures(message, actions),
    message.text ? words(message, me) : null,
  )
  return el(
    'li',
    { class: `message message-${side}${followsOwn ? ' message-follows' : ''}`, attrs: { 'data-id': message.id } },
    avatar(author),
    el(
      'div',
      { class: 'message-body' },
      showName
        ? el(
            'p',
            { class: 'name', attrs: { 'aria-hidden': 'true' } },
            name,
            author ? null : el('span', { class: 'bot-badge', text: '机器人' }),
          )
        : null,
      el('div', { class: 'bubble-row' }, bubble, toolbar(message, own, actions)),
      choices(message, me, actions),
      status(message, actions),
    ),
  )
}
