import { z } from 'zod'
import { type MadeFile, type MadePicture, recipeSchema } from './making.js'

export const CHAT_KINDS = ['private', 'residents', 'workers', 'subdistrict', 'unknown'] as const
export type ChatKind = (typeof CHAT_KINDS)[number]

/** A picture or file, by the platform's own reference; of what belongs to a request or a visit the bytes are fetched later. */
export const attachmentSchema = z.object({
  reference: z.string().min(1).max(500),
  mime: z.string().max(100),
  name: z.string().max(200).optional(),
})
export type AttachmentRef = z.infer<typeof attachmentSchema>

/**
 * What a platform gave us, in the project's own words. A channel parses to this and nothing else; it is what
 * the inbox stores, so it must hold everything a turn needs.
 */
export const incomingSchema = z.object({
  channel: z.string().min(1).max(40),
  /** The platform's id of this update; unique within the channel. */
  externalId: z.string().min(1).max(200),
  /** The platform's id of the conversation. Messages of one conversation are handled in order. */
  conversation: z.string().min(1).max(200),
  isPrivate: z.boolean(),
  /** The group's name, where the platform tells it. */
  conversationName: z.string().max(200).optional(),
  sender: z.object({ id: z.string().min(1).max(200), name: z.string().max(200) }),
  /** Platform time of the message, ms since 1970. */
  sentAt: z.number().int(),
  /** The platform's id of the message itself, where it has one: what `replyTo`, a later `quoted.externalId` or an edit name. */
  messageId: z.string().max(200).optional(),
  event: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('text'),
      /** What was said, without a mention of the bot: `@bot 报事 …` arrives as `报事 …`, `/report@bot` as `/report`. */
      text: z.string().max(20_000),
      attachments: z.array(attachmentSchema).max(20).default([]),
      /** The platform's id of the quoted message, or its text where there is no id (WeChat). */
      quoted: z.object({ externalId: z.string().optional(), text: z.string().optional() }).optional(),
      /** The message mentions the bot or answers it; always so in a private conversation. */
      addressed: z.boolean().default(false),
    }),
    /** An earlier message (its `messageId`) was changed by its author. */
    z.object({ kind: z.literal('edited'), text: z.string().max(20_000) }),
    /** A button was pressed; `data` is what we put there, `messageId` the message that carries it. */
    z.object({ kind: z.literal('button'), data: z.string().max(200), messageId: z.string().optional() }),
    z.object({ kind: z.literal('joined') }),
    z.object({ kind: z.literal('left') }),
    /** The conversation goes on under another id (a group that became a supergroup). */
    z.object({ kind: z.literal('migrated'), to: z.string() }),
    /** A person blocked or unblocked the bot. */
    z.object({ kind: z.literal('reachable'), reachable: z.boolean() }),
  ]),
})
export type IncomingMessage = z.infer<typeof incomingSchema>
export type IncomingInput = z.input<typeof incomingSchema>

/** One tap. `data` is opaque; channels without buttons show `n. label`. */
export interface Choice {
  readonly label: string
  readonly data: string
}

/** Words of ours with what goes beside them. Plain text: a channel escapes what its platform would read as markup. */
const wordsSchema = z.object({
  text: z.string(),
  /**
   * Account to mention. In a group the channel puts the name before the text, which itself does not hold it; in a
   * private conversation it is left out.
   */
  mention: z.object({ id: z.string(), name: z.string() }).optional(),
  choices: z.array(z.object({ label: z.string(), data: z.string() })).optional(),
  /** The platform's id of the message this one answers. */
  replyTo: z.string().optional(),
})

/** What a channel sends. */
export type OutgoingMessage = z.infer<typeof wordsSchema> & {
  readonly image?: MadePicture
  readonly file?: MadeFile
}

/** What went with a message that was sent, by its content: the bytes are not kept. */
const attachedSchema = z.object({
  kind: z.enum(['image', 'file']),
  /** Words for a picture, the name of a file. */
  name: z.string(),
  mime: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
})
export type Attached = Readonly<z.infer<typeof attachedSchema>>

/** A message as the outbox keeps it: with the recipe of what goes with it, and once sent with what that came to. */
export const storedMessageSchema = wordsSchema.extend({
  attach: recipeSchema.optional(),
  attached: z.array(attachedSchema).optional(),
})
export type StoredMessage = z.infer<typeof storedMessageSchema>
