import type { Module } from '../../kernel/module.js'
import type { Wording } from '../../kernel/wording.js'
import { applyDeskEvent } from './apply.js'
import { login, signedIn, signOutAll } from './login.js'
import { assignGrid, unbind } from './people.js'
import { endRole, grantRole } from './roles.js'
import { changeSetting } from './settings.js'
import { changeWords } from './words.js'

/** 工作台: the way into the web desk, and what is changed there only: figures, words, roles, bindings, who answers for a grid. */
export const createDeskModule = (wordings: () => readonly Wording[]): Module => ({
  name: 'desk',
  eventPrefix: 'desk',
  commands: [login, signOutAll, signedIn, changeSetting, changeWords(wordings), grantRole, endRole, unbind, assignGrid],
  reactions: [],
  jobs: [],
  sheets: [],
  apply: applyDeskEvent,
})
