import type { z } from 'zod'
import type { Tx } from '../db/transaction.js'
import type { Role } from './actor.js'
import type { Decision } from './decision.js'
import type { Turn } from './turn.js'

/**
 * One thing that can be said. The engine asks `match` of every command in order, checks the role in one place, and runs
 * load → decide → apply in one transaction.
 */
export interface Command<Input, State> {
  /** Unique, `<module>.<verb>`, such as requests.close. Choices and questions name it. */
  readonly name: string
  /** How to say it and what it does, for 帮助 and the handbook. Hidden commands (buttons only) have none. */
  readonly help?: { readonly say: string; readonly does: string; readonly roles: readonly Role[] }
  /** Who may use it; 'anyone' includes strangers. */
  readonly roles: readonly Role[] | 'anyone'
  readonly input: z.ZodType<Input>
  /** Input read from plain words or the understanding; null when the words are not for this command. Pure. */
  match(turn: Turn): unknown
  /** Whether words answer the question this command waits on; without it any words do. Words it declines are read anew. */
  accepts?(turn: Turn): boolean
  load(tx: Tx, turn: Turn, input: Input): Promise<State>
  /** Pure: no await, clock, randomness, database. */
  decide(state: State, turn: Turn, input: Input): Decision
}

/** A command with its types closed over, as the engine holds it. */
export interface AnyCommand {
  readonly name: string
  readonly help?: Command<unknown, unknown>['help']
  readonly roles: readonly Role[] | 'anyone'
  match(turn: Turn): unknown
  accepts?(turn: Turn): boolean
  run(tx: Tx, turn: Turn, input: unknown): Promise<Decision>
}

/** Closes a command over its input and state. @throws ZodError when the input (of a button, say) is not the command's. */
export function command<Input, State>(definition: Command<Input, State>): AnyCommand {
  return {
    name: definition.name,
    help: definition.help,
    roles: definition.roles,
    match: (turn) => definition.match(turn),
    accepts: definition.accepts,
    run: async (tx, turn, raw) => {
      const input = definition.input.parse(raw)
      return definition.decide(await definition.load(tx, turn, input), turn, input)
    },
  }
}
