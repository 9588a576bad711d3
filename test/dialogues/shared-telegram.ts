import type { Group, Person } from '../support/channel-harness.js'
import type { TelegramHarness } from '../support/telegram-harness.js'
import type { Hands } from './shared-far-world.js'

/** A Telegram chat as the Bot API names it. */
export const chatOf = (person: Person, group: Group | null) =>
  group
    ? { id: Number(group.id), type: 'group', title: group.name }
    : { id: Number(person.id), type: 'private', first_name: person.name }

export const userOf = (person: Person) => ({ id: Number(person.id), is_bot: false, first_name: person.name })

/** Buttons are tapped; an edit names the last message of the person there. */
export function telegramHands(harness: TelegramHarness): Hands {
  const { server } = harness
  const lastSaid = new Map<string, number>()
  const deliver = server.deliver.bind(server)
  server.deliver = (update) => {
    const message = update.message as { message_id: number; from: { id: number }; chat: { id: number } } | undefined
    if (message) lastSaid.set(`${message.from.id} ${message.chat.id}`, message.message_id)
    return deliver(update)
  }
  return {
    pick: (person, group, message, label) => harness.press(person, group ? { group } : { person }, message, label),
    edit: async (person, group, text) => {
      const chat = chatOf(person, group)
      const message_id = lastSaid.get(`${person.id} ${chat.id}`)
      deliver({ edited_message: { message_id, date: 1, edit_date: 2, from: userOf(person), chat, text } })
    },
  }
}
