// @ts-check
import { getDirectory, getHistory, listen, newId, press } from './api.js'
import { createComposer, drawComposer, editMessage, fill, quoteMessage } from './composer.js'
import { byId, el, toast } from './dom.js'
import { drawLog, showMessage } from './log.js'
import { createPicker } from './picker.js'
import { createClock, drawClock, drawSide, showSide } from './side.js'
import { drawHead, drawSidebar, sortedConversations } from './sidebar.js'
import {
  change,
  conversationsOf,
  forgetThreads,
  isIn,
  markRead,
  put,
  rememberedPlace,
  rememberPlace,
  setClock,
  state,
  thread,
} from './state.js'
import { setTimezone } from './time.js'

/** @typedef {import('./api.js').Person} Person */
/** @typedef {import('./api.js').Conversation} Conversation */
/** @typedef {import('./api.js').SandboxEvent} SandboxEvent */

const PHONE = matchMedia('(max-width: 760px)')
const lightbox = /** @type {HTMLDialogElement} */ (byId('lightbox'))

/** Whether the open conversation is before somebody's eyes. */
const inView = () => !document.hidden && (!PHONE.matches || document.body.dataset.view === 'chat')

let scheduled = false
/** Draws everything once before the next picture of the screen. */
function redraw() {
  if (scheduled) return
  scheduled = true
  queueMicrotask(() => {
    scheduled = false
    const { me, open } = state
    if (!me) return
    if (open && inView()) markRead(me, open)
    drawSidebar({ open: openConversation, become })
    if (open) drawHead(open)
    drawLog(messageActions)
    drawSide({ go })
    picker.draw()
  })
}

const composer = createComposer(redraw)
const picker = createPicker((person) => become(person))

/** @type {import('./message.js').MessageActions} */
const messageActions = {
  quote: quoteMessage,
  edit: editMessage,
  retry: composer.retry,
  discard: composer.discard,
  jump: showMessage,
  async press(message, data) {
    if (!state.me) return false
    const attempt = {
      id: newId(),
      as: state.me.externalId,
      conversation: message.conversation,
      messageId: message.id,
      data,
    }
    try {
      await press(attempt)
      return true
    } catch (error) {
      toast(
        error instanceof Error ? error.message : String(error),
        () => void press(attempt).catch(() => toast('还是没有送出。')),
      )
      return false
    }
  },
  enlarge(source, name) {
    const image = /** @type {HTMLImageElement} */ (byId('lightbox-image'))
    image.src = source
    image.alt = name || '图片'
    lightbox.showModal()
  },
}

/** @param {'list' | 'chat'} view */
function show(view) {
  document.body.dataset.view = view
}

/** @param {Conversation} conversation */
function openConversation(conversation) {
  state.open = conversation
  show('chat')
  rememberPlace()
  drawComposer()
  redraw()
  // On a phone the keyboard would hide half of what one came to read.
  if (!PHONE.matches) byId('input').focus()
}

/**
 * Speaks as somebody else from now on; stays in the conversation if they are in it too.
 * @param {Person} person
 * @param {Conversation} [conversation]
 */
function become(person, conversation) {
  state.me = person
  const stay = state.open && isIn(person, state.open) && state.open
  state.open = conversation ?? (stay || (sortedConversations(person)[0] ?? null))
  if (conversation) show('chat')
  rememberPlace()
  drawComposer()
  redraw()
  void loadThreads()
}

/**
 * @param {Person} person
 * @param {Conversation} conversation
 * @param {string} [text] put into the input
 */
function go(person, conversation, text) {
  showSide(false)
  if (person.externalId === state.me?.externalId) openConversation(conversation)
  else become(person, conversation)
  if (text) fill(text)
}

/** Reads what the person can see and the page does not know yet. */
async function loadThreads() {
  if (!state.me) return
  const missing = conversationsOf(state.me).filter(({ id }) => !thread(id).loaded)
  await Promise.all(
    missing.map(async ({ id }) => {
      try {
        const { messages, more } = await getHistory(id)
        put(id, messages)
        Object.assign(thread(id), { loaded: true, more })
      } catch (error) {
        toast(error instanceof Error ? error.message : String(error), () => void loadThreads())
      }
    }),
  )
  redraw()
}

async function loadOlder() {
  if (!state.open) return
  const { id } = state.open
  const known = thread(id)
  const { messages, more } = await getHistory(id, known.messages[0]?.at)
  const before = known.messages.length
  put(id, messages)
  known.more = more && thread(id).messages.length > before
  redraw()
}

async function loadDirectory() {
  const { people, conversations, clock } = await getDirectory()
  setTimezone(clock.timezone)
  setClock(clock.now)
  Object.assign(state, { people, conversations, clockMovable: clock.movable })
  // The same people and places may have new names and homes by now.
  if (state.me) state.me = people.find(({ externalId }) => externalId === state.me?.externalId) ?? state.me
  if (state.open) state.open = conversations.find(({ id }) => id === state.open?.id) ?? state.open
}

/** @param {SandboxEvent} event */
function onEvent(event) {
  switch (event.kind) {
    case 'message':
      put(event.message.conversation, [event.message])
      break
    case 'pressed':
      change(event.conversation, event.messageId, (message) => ({
        ...message,
        pressed: [...message.pressed, event.press],
      }))
      break
    case 'edited':
      change(event.conversation, event.messageId, (message) => ({
        ...message,
        text: event.text,
        mentions: [],
        edited: true,
      }))
      break
    case 'clock':
      setClock(event.now)
      drawClock()
  }
  redraw()
}

async function readAgain() {
  forgetThreads()
  try {
    await loadDirectory()
  } catch {
    // Shown as a broken connection already; the threads say so too.
  }
  await loadThreads()
}

/** @param {boolean} connected */
function onConnection(connected) {
  const note = byId('connection')
  note.textContent = connected ? '' : '连接断开，正在重连…'
  note.classList.toggle('connection-lost', !connected)
}

function bind() {
  byId('me').addEventListener('click', () => {
    picker.show()
    void loadDirectory().then(() => picker.draw())
  })
  byId('back').addEventListener('click', () => {
    show('list')
    redraw()
  })
  byId('older').addEventListener('click', () => {
    loadOlder().catch((error) => toast(error.message, () => void loadOlder()))
  })
  byId('lightbox-close').addEventListener('click', () => lightbox.close())
  lightbox.addEventListener('click', () => lightbox.close())
  document.addEventListener('visibilitychange', redraw)
  byId('empty').replaceChildren(
    el('p', { class: 'empty-title', text: '这里还没有人说话' }),
    el('p', { class: 'empty-words', text: '从“试试说”里挑一句，或者直接输入。' }),
  )
}

async function start() {
  bind()
  try {
    await loadDirectory()
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error), () => location.reload())
    return
  }
  const place = rememberedPlace()
  const me = state.people.find(({ externalId }) => externalId === place.me) ?? state.people[0]
  if (!me) {
    byId('me-name').textContent = '还没有演示人物'
    return
  }
  state.me = me
  listen({ onEvent, onReset: () => void readAgain(), onConnection })
  createClock()
  drawClock()
  await loadThreads()
  const wanted = state.conversations.find(({ id }) => id === place.open)
  become(me, wanted && isIn(me, wanted) ? wanted : undefined)
  byId('app').removeAttribute('aria-busy')
}

void start()
