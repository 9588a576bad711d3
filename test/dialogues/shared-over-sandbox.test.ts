import { createWorld } from '../support/world.js'
import { dialoguesOver } from './shared-dialogues.js'

dialoguesOver('a channel that only remembers', () => createWorld(), { edits: true, captions: true })
