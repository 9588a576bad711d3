import type { Module } from '../../kernel/module.js'
import { applyVisitEvent } from './apply.js'
import { amend, withdraw } from './commands/amend.js'
import { describe, log } from './commands/log.js'
import { linkRequest, noteRequest, raise } from './commands/raise.js'
import { photo, start } from './commands/start.js'

/** 包片联户: visits that a worker logs in ten seconds, goals and reminders that follow them. */
export const visitsModule: Module = {
  name: 'visits',
  eventPrefix: 'visit',
  commands: [log, amend, withdraw, raise, start, describe, photo],
  reactions: [linkRequest, noteRequest],
  jobs: [],
  sheets: [],
  apply: applyVisitEvent,
}
