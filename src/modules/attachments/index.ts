import type { Module } from '../../kernel/module.js'
import { applyAttachmentEvent } from './apply.js'
import { dropOldAttachments } from './jobs.js'
import { takenDown, tellRefused } from './reactions.js'

/**
 * Pictures, voice and files that came with requests and visits: what the ledger says of them, who hears when one could not be
 * kept, and how long they stay. The bytes are brought by src/attachments.
 */
export const attachmentsModule: Module = {
  name: 'attachments',
  eventPrefix: 'attachment',
  commands: [],
  reactions: [tellRefused, takenDown],
  jobs: [dropOldAttachments],
  sheets: [],
  apply: applyAttachmentEvent,
}
