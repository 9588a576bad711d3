// @ts-check

/** @typedef {import('./api.js').Message} Message */
/** @typedef {import('./api.js').Person} Person */
/** @typedef {import('./api.js').Conversation} Conversation */
/** @typedef {Message & { sending?: boolean, failed?: string }} Shown */
/** @typedef {{ messages: Shown[], loaded: boolean, more: boolean }} Thread */

const READ_KEY = 'linli.sandbox.read'
const ME_KEY = 'linli.sandbox.me'

/** @type {{ people: Person[], conversations: Conversation[], me: Person | null, open: Conversation | null, clockOffset: number, clockMovable: boolean }} */
export const state = { people: [], conversations: [], me: null, open: null, clockOffset: 0, clockMovable: false }

/** @type {Map<string, Thread>} */
const threads = new Map()
/** Since when messages count as new, for whoever has not read the conversation yet. */
let started = 0
/** @type {Record<string, number>} */
let read = load()

/** @returns {Record<string, number>} */
function load() {
  try {
    return JSON.parse(localStorage.getItem(READ_KEY) ?? '{}')
  } catch {
    return {}
  }
}

/** Now, on the service's clock. */
export const now = () => Date.now() + state.clockOffset

/** @param {number} serverNow */
export function setClock(serverNow) {
  state.clockOffset = serverNow - Date.now()
  if (started !== 0) return
  started = serverNow
  // Marks from a service whose clock was further on, such as one started afresh since, would hide everything new.
  read = Object.fromEntries(Object.entries(read).filter(([, at]) => at <= serverNow))
}

/**
 * @param {string} conversation
 * @returns {Thread}
 */
export function thread(conversation) {
  let found = threads.get(conversation)
  if (!found) {
    found = { messages: [], loaded: false, more: false }
    threads.set(conversation, found)
  }
  return found
}

/** Forgets what was read from the service, but not what is still on its way there. */
export function forgetThreads() {
  for (const one of threads.values()) {
    one.loaded = false
    one.messages = one.messages.filter(({ sending, failed }) => sending || failed)
  }
}

/**
 * Puts messages where they belong in time; one that is known is replaced.
 * @param {string} conversation
 * @param {Shown[]} messages
 */
export function put(conversation, messages) {
  const one = thread(conversation)
  const byId = new Map(one.messages.map((message) => [message.id, message]))
  for (const message of messages) byId.set(message.id, message)
  // The sort is stable: messages of the same instant stay as they came.
  one.messages = [...byId.values()].sort((a, b) => a.at - b.at)
}

/**
 * @param {string} conversation
 * @param {string} id
 * @param {(message: Shown) => Shown} alter
 */
export function change(conversation, id, alter) {
  const one = thread(conversation)
  one.messages = one.messages.map((message) => (message.id === id ? alter(message) : message))
}

/**
 * @param {string} conversation
 * @param {string} id
 */
export const find = (conversation, id) => thread(conversation).messages.find((message) => message.id === id)

/**
 * @param {string} conversation
 * @param {string} id
 */
export function remove(conversation, id) {
  const one = thread(conversation)
  one.messages = one.messages.filter((message) => message.id !== id)
}

/**
 * @param {Person} person
 * @param {Conversation} conversation
 */
export const isIn = (person, conversation) =>
  conversation.members === 'everyone' || conversation.members.includes(person.externalId)

/** @param {Person} person */
export const conversationsOf = (person) => state.conversations.filter((conversation) => isIn(person, conversation))

/** @param {Conversation} conversation */
export const membersOf = ({ members }) =>
  members === 'everyone' ? state.people : state.people.filter(({ externalId }) => members.includes(externalId))

/**
 * @param {Person} person
 * @param {Conversation} conversation
 */
const readKey = (person, conversation) => `${person.externalId}|${conversation.id}`

/**
 * @param {Person} person
 * @param {Conversation} conversation
 */
export const unread = (person, conversation) => unreadMessages(person, conversation).length

/**
 * @param {Person} person
 * @param {Conversation} conversation
 */
function unreadMessages(person, conversation) {
  const since = read[readKey(person, conversation)] ?? started
  return thread(conversation.id).messages.filter(
    ({ at, author, sending }) => at > since && !sending && author?.id !== person.externalId,
  )
}

/**
 * What a person has not read of what is meant for them: said in private, or calling them by name.
 * @param {Person} person
 * @returns {{ count: number, where: Conversation | null }} `where` the newest of it was said
 */
export function unreadForMe(person) {
  let count = 0
  let newest = 0
  /** @type {Conversation | null} */
  let where = null
  for (const conversation of conversationsOf(person)) {
    for (const { at, mentions } of unreadMessages(person, conversation)) {
      if (conversation.kind !== 'private' && !mentions.some(({ id }) => id === person.externalId)) continue
      count += 1
      if (at >= newest) {
        newest = at
        where = conversation
      }
    }
  }
  return { count, where }
}

/**
 * @param {Person} person
 * @param {Conversation} conversation
 */
export function markRead(person, conversation) {
  const last = thread(conversation.id).messages.at(-1)
  read = { ...read, [readKey(person, conversation)]: Math.max(last?.at ?? 0, started) }
  try {
    localStorage.setItem(READ_KEY, JSON.stringify(read))
  } catch {
    // Private windows may refuse to keep anything; then unread counts last as long as the page.
  }
}

/** The address names who and where, so that each window can be somebody else. */
export function rememberPlace() {
  const query = new URLSearchParams()
  if (state.me) query.set('as', state.me.externalId)
  if (state.open) query.set('in', state.open.id)
  history.replaceState(null, '', `?${query}`)
  try {
    if (state.me) localStorage.setItem(ME_KEY, state.me.externalId)
  } catch {
    // As above.
  }
}

export function rememberedPlace() {
  const query = new URLSearchParams(location.search)
  let me = query.get('as')
  try {
    me ??= localStorage.getItem(ME_KEY)
  } catch {
    // As above.
  }
  return { me, open: query.get('in') }
}
