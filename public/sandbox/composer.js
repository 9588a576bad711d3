// @ts-check
import { edit, newId, say, upload } from './api.js'
import { byId, el, toast } from './dom.js'
import { preview } from './message.js'
import { shrink } from './picture.js'
import { change, find, now, put, remove, state, thread } from './state.js'

/** @typedef {import('./state.js').Shown} Shown */
/** @typedef {import('./api.js').Say} Say */

const form = /** @type {HTMLFormElement} */ (byId('composer'))
const input = /** @type {HTMLTextAreaElement} */ (byId('input'))
const picker = /** @type {HTMLInputElement} */ (byId('picture'))
const attachedBox = byId('attached')
const mention = byId('mention')

const BOT_NAME = '邻里'
const MENTION = /[@＠]邻里(?=[\s\u2005:：,，]|$)/u
const QUOTE_LENGTH = 200
const MOST_PICTURES = 9
const MOST_INPUT_HEIGHT = 160

/** @typedef {{ text: string, quote: Shown | null, editing: Shown | null, images: { id: string, url: string }[] }} Draft */
/** @type {Map<string, Draft>} */
const drafts = new Map()
/** What is on its way or failed, by message id, so that it can be tried again as the same message. */
const outgoing = /** @type {Map<string, Say>} */ (new Map())

/** @returns {Draft} */
function draft() {
  const key = `${state.me?.externalId}|${state.open?.id}`
  let found = drafts.get(key)
  if (!found) {
    found = { text: '', quote: null, editing: null, images: [] }
    drafts.set(key, found)
  }
  return found
}

/** @param {Partial<Draft>} part */
function setDraft(part) {
  Object.assign(draft(), part)
  drawComposer()
}

function fit() {
  input.style.height = 'auto'
  input.style.height = `${Math.min(input.scrollHeight, MOST_INPUT_HEIGHT)}px`
}

export function drawComposer() {
  const { text, quote, editing, images } = draft()
  if (input.value !== text) input.value = text
  const isPrivate = state.open?.kind === 'private'
  mention.hidden = isPrivate
  input.placeholder = isPrivate ? '对邻里说…' : '在群里说…'
  /** @param {string} label @param {() => void} click */
  const drop = (label, click) =>
    el('button', { class: 'attached-drop', text: '×', attrs: { type: 'button', 'aria-label': label }, on: { click } })
  const about = editing ?? quote
  attachedBox.replaceChildren(
    ...(about
      ? [
          el(
            'div',
            { class: 'attached-quote' },
            el('span', {
              class: 'attached-words',
              text: editing
                ? `正在修改：${preview(about)}`
                : `引用 ${about.author?.name ?? BOT_NAME}：${preview(about)}`,
            }),
            drop(editing ? '不改了' : '不引用', () =>
              setDraft(editing ? { editing: null, text: '' } : { quote: null }),
            ),
          ),
        ]
      : []),
    ...images.map(({ id, url }) =>
      el(
        'div',
        { class: 'attached-picture' },
        el('img', { attrs: { src: url, alt: '要发的图片' } }),
        drop('去掉这张图片', () => setDraft({ images: images.filter((one) => one.id !== id) })),
      ),
    ),
  )
  attachedBox.hidden = attachedBox.childElementCount === 0
  fit()
}

/**
 * Puts words into the input, to be changed or sent by the person.
 * @param {string} text
 */
export function fill(text) {
  setDraft({ text, editing: null })
  input.focus()
  input.setSelectionRange(text.length, text.length)
}

/** @param {Shown} message */
export function quoteMessage(message) {
  setDraft({ quote: message, editing: null })
  input.focus()
}

/** @param {Shown} message */
export function editMessage(message) {
  setDraft({ editing: message, quote: null, text: message.text })
  input.focus()
}

/** @param {() => void} redraw called when the open conversation changed */
export function createComposer(redraw) {
  async function submit() {
    const { me, open } = state
    const { text, quote, editing, images } = draft()
    const words = text.trim()
    if (!me || !open || (words === '' && images.length === 0)) return
    setDraft({ text: '', quote: null, editing: null, images: [] })
    if (editing) return submitEdit(editing, words)
    const id = newId()
    const called = open.kind !== 'private' && MENTION.test(words)
    /** @type {Say} */
    const message = {
      id,
      as: me.externalId,
      conversation: open.id,
      text: words,
      images: images.map((image) => image.id),
      ...(quote ? { quote: { id: quote.id, text: quote.text.slice(0, QUOTE_LENGTH) } } : {}),
    }
    outgoing.set(`m:${id}`, message)
    // After everything already there, whatever the service's clock says by now.
    const at = Math.max(now(), thread(open.id).messages.at(-1)?.at ?? 0)
    put(open.id, [
      {
        id: `m:${id}`,
        conversation: open.id,
        author: { id: me.externalId, name: me.name },
        at,
        text: words,
        mentions: called ? [{ id: null, name: BOT_NAME }] : [],
        quote: message.quote ?? null,
        choices: [],
        pressed: [],
        media: images.map((image) => ({ kind: /** @type {const} */ ('image'), id: image.id, name: '' })),
        edited: false,
        sending: true,
      },
    ])
    redraw()
    await deliver(message)
  }

  /** @param {Say} message */
  async function deliver(message) {
    const id = `m:${message.id}`
    try {
      const taken = await say(message)
      outgoing.delete(id)
      put(message.conversation, [taken.message])
    } catch (error) {
      // The message may have been taken all the same and have come back as an event.
      if (find(message.conversation, id)?.sending) {
        const failed = error instanceof Error ? error.message : String(error)
        change(message.conversation, id, (shown) => ({ ...shown, sending: false, failed }))
        toast(failed, () => retry(id))
      }
    }
    redraw()
  }

  /** @param {string} id */
  function retry(id) {
    const message = outgoing.get(id)
    if (!message) return
    change(message.conversation, id, (shown) => ({ ...shown, sending: true, failed: undefined }))
    redraw()
    void deliver(message)
  }

  /**
   * @param {Shown} message
   * @param {string} text
   */
  async function submitEdit(message, text) {
    if (text === message.text || !message.author || text === '') return
    const change = {
      id: newId(),
      as: message.author.id,
      conversation: message.conversation,
      messageId: message.id,
      text,
    }
    const attempt = async () => {
      try {
        await edit(change)
      } catch (error) {
        toast(error instanceof Error ? error.message : String(error), attempt)
      }
    }
    await attempt()
  }

  /** @param {Iterable<File>} files */
  async function attach(files) {
    const target = draft()
    for (const file of files) {
      if (!file.type.startsWith('image/') || target.images.length >= MOST_PICTURES) continue
      try {
        const picture = await shrink(file)
        const { id } = await upload(picture)
        target.images = [...target.images.filter((one) => one.id !== id), { id, url: `/sandbox/media/${id}` }]
      } catch (error) {
        toast(error instanceof Error ? error.message : String(error))
      }
      drawComposer()
    }
    input.focus()
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void submit()
    input.focus()
  })
  input.addEventListener('input', () => {
    draft().text = input.value
    fit()
  })
  input.addEventListener('keydown', (event) => {
    // While an input method composes, Enter takes its suggestion.
    if (event.isComposing || event.keyCode === 229) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void submit()
    }
    if (event.key === 'Escape' && (draft().editing || draft().quote)) setDraft({ editing: null, quote: null, text: '' })
    if (event.key === 'ArrowUp' && input.value === '' && state.open) {
      const own = thread(state.open.id).messages.findLast(
        ({ author, text, sending, failed }) => author?.id === state.me?.externalId && text && !sending && !failed,
      )
      if (own) {
        event.preventDefault()
        editMessage(own)
      }
    }
  })
  input.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    void attach(files)
  })
  picker.addEventListener('change', () => {
    void attach([...(picker.files ?? [])])
    picker.value = ''
  })
  mention.addEventListener('click', () => {
    if (!MENTION.test(input.value)) fill(`@${BOT_NAME} ${input.value}`)
    else input.focus()
  })
  return {
    /** @param {Shown} message */
    retry: (message) => retry(message.id),
    /** @param {Shown} message */
    discard(message) {
      outgoing.delete(message.id)
      remove(message.conversation, message.id)
      redraw()
    },
  }
}
