import type { Database } from '../../db/client.js'
import type { FileFolder } from '../../files/index.js'
import type { Clock } from '../../kernel/clock.js'
import type { Understanding } from '../../kernel/intent.js'
import type { Logger } from '../../kernel/log.js'
import type { Module } from '../../kernel/module.js'

export interface DeskOptions {
  readonly db: Database
  readonly modules: readonly Module[]
  /** Where the bytes of attachments are; missing: none are kept. */
  readonly files?: FileFolder
  readonly clock: Clock
  readonly logger: Logger
  /** Reads an address or a category out of words typed into a form. */
  readonly understand: (words: string) => Understanding
  /** Called when something was written that may have to be sent. */
  readonly wake: () => void
  /** Name and address of the chat page of the demo, where there is one. */
  readonly sandbox?: string
}
