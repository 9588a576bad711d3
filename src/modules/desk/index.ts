import type { Module } from '../../kernel/module.js'
import { applyDeskEvent } from './apply.js'
import { login, signedIn, signOutAll } from './login.js'
import { assignGrid, unbind } from './people.js'
import { changeSetting } from './settings.js'

/** 工作台: the way into the web desk, and what is changed there only: figures, bindings, who answers for a grid. */
export const deskModule: Module = {
  name: 'desk',
  eventPrefix: 'desk',
  commands: [login, signOutAll, signedIn, changeSetting, unbind, assignGrid],
  reactions: [],
  jobs: [],
  sheets: [],
  apply: applyDeskEvent,
}
