import type { Module } from '../../kernel/module.js'
import { applyPersonEvent } from './apply.js'
import { bind, settle } from './bind.js'
import { bindChat, greetGroup, reclaimChat } from './chats.js'
import { help, nod, whoAmI } from './help.js'
import { wordings } from './wordings.js'

/** Who somebody is and what a group is: help, bindings with a confirming tap, groups and their changing ids. */
export function createPeopleModule(others: readonly Module[]): Module {
  const self: Module = {
    name: 'people',
    eventPrefix: 'person',
    commands: [help(() => [self, ...others]), whoAmI, bindChat, reclaimChat, bind, settle, greetGroup, nod],
    reactions: [],
    jobs: [],
    sheets: [],
    wordings: Object.values(wordings),
    apply: applyPersonEvent,
  }
  return self
}
