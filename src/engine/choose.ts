import type { Tx } from '../db/transaction.js'
import type { AnyCommand, Role, Turn } from '../kernel/module.js'

/** Which command a turn is for, with its raw input. */
export interface Chosen {
  readonly command: AnyCommand
  readonly input: unknown
  /** The turn as the command sees it: the words may have become an answer. */
  readonly turn: Turn
}

/**
 * Order of precedence: a tapped or numbered choice; a phrase of the handbook; the answer to the question we wait on; what
 * the recogniser understood.
 */
export async function chooseCommand(tx: Tx, commands: readonly AnyCommand[], turn: Turn): Promise<Chosen | null> {
  const { said } = turn
  if (said.kind === 'choice') {
    const command = commands.find((one) => one.name === said.command)
    return command ? { command, input: said.input, turn } : null
  }
  const phrase = firstMatch(
    commands.filter((one) => one.help),
    turn,
  )
  if (phrase) return phrase
  if (said.kind === 'text') {
    const answered = await answerOf(tx, commands, turn)
    if (answered) return answered
  }
  return firstMatch(
    commands.filter((one) => !one.help),
    turn,
  )
}

function firstMatch(commands: readonly AnyCommand[], turn: Turn): Chosen | null {
  for (const command of commands) {
    const input = command.match(turn)
    if (input !== null && input !== undefined) return { command, input, turn }
  }
  return null
}

/** Takes the pending question of this account here, if there is one. It is asked once: the answer uses it up. */
async function answerOf(tx: Tx, commands: readonly AnyCommand[], turn: Turn): Promise<Chosen | null> {
  if (turn.said.kind !== 'text') return null
  const { channel, conversation } = turn.place
  const key = { channel_conversation_accountId: { channel, conversation, accountId: turn.actor.accountId } }
  const question = await tx.pendingQuestion.findUnique({ where: key })
  if (!question) return null
  const command = commands.find((one) => one.name === question.command)
  const inTime = question.expiresAt > turn.now
  if (inTime && command?.accepts && !command.accepts(turn)) return null
  await tx.pendingQuestion.delete({ where: key })
  if (!inTime || !command) return null
  const { text, attachments } = turn.said
  const said = { kind: 'answer', command: question.command, input: question.input, text, attachments } as const
  return { command, input: question.input, turn: { ...turn, said } }
}

/** The one place where a role decides what may be used. */
export const mayUse = (command: AnyCommand, roles: readonly Role[]): boolean =>
  command.roles === 'anyone' || command.roles.some((role) => roles.includes(role))
