import { z } from 'zod'
import type { Reader } from '../db/transaction.js'
import type { DomainEvent } from './event.js'

/**
 * How to make the picture or file of a message once its turn is committed: small plain JSON that stays with the message
 * until it is sent. It says no more of anybody than the picture will.
 */
export const recipeSchema = z.object({ maker: z.string().min(1).max(60), input: z.unknown() })
export type Recipe = Readonly<z.infer<typeof recipeSchema>>

export interface MadePicture {
  readonly bytes: Uint8Array
  readonly mime: string
  /** What is on it, in words. */
  readonly alt: string
}

export interface MadeFile {
  readonly bytes: Uint8Array
  readonly mime: string
  readonly name: string
}

/** What a recipe came to. */
export interface Made {
  readonly image?: MadePicture
  readonly file?: MadeFile
  /**
   * With a picture or file: said in place of the draft's words, which cannot know what is only seen in the making.
   * Without: said below them, why there is none.
   */
  readonly text?: string
  /** What has to stand in the ledger before the thing leaves the house, and in whose name. */
  readonly registers?: { readonly event: DomainEvent; readonly actor: string }
}

/** Makes one kind of picture or file; it may be asked again for the same one after a crash. */
export interface Maker<Input> {
  /** Unique, `<module>.<thing>`, such as visits.board. */
  readonly name: string
  readonly input: z.ZodType<Input>
  /** Outside any transaction, with what is committed. A throw lets the message go with words alone. */
  make(read: Reader, input: Input): Promise<Made>
}

/** A maker with its input closed over, as the outbox holds it. */
export interface AnyMaker {
  readonly name: string
  make(read: Reader, input: unknown): Promise<Made>
}

export interface RecipeBook<Input> extends AnyMaker {
  /** What a draft attaches. */
  recipe(input: Input): Recipe
}

/** Closes a maker over its input. `make` throws a ZodError when a stored input is not the maker's any more. */
export const maker = <Input>({ name, input, make }: Maker<Input>): RecipeBook<Input> => ({
  name,
  make: (read, raw) => make(read, input.parse(raw)),
  recipe: (one) => ({ maker: name, input: one }),
})
