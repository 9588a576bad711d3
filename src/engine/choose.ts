import { readDate, readJson } from '../db/sql.js'
import type { Sql } from '../db/transaction.js'
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
export async function chooseCommand(sql: Sql, commands: readonly AnyCommand[], turn: Turn): Promise<Chosen | null> {
  const { said } = turn
  if (said.kind === 'choice') {
    const command = commands.find((one) => one.name === said.command)
    return command ? { command, input: said.input, turn } : null
  }
  const phrase = phraseOf(commands, turn)
  if (phrase) return phrase
  if (said.kind === 'text') {
    const answered = await answerOf(sql, commands, turn)
    if (answered) return answered
  }
  return firstMatch(
    commands.filter((one) => !one.help),
    turn,
  )
}

/** Where several phrases fit, one that is meant for people like the speaker goes first: a worker's 撤回 is of a visit. */
function phraseOf(commands: readonly AnyCommand[], turn: Turn): Chosen | null {
  const meant = (one: AnyCommand) => one.help?.roles.some((role) => turn.actor.roles.includes(role)) ?? false
  return (
    firstMatch(commands.filter(meant), turn) ??
    firstMatch(
      commands.filter((one) => one.help && !meant(one)),
      turn,
    )
  )
}

function firstMatch(commands: readonly AnyCommand[], turn: Turn): Chosen | null {
  for (const command of commands) {
    const input = command.match(turn)
    if (input !== null && input !== undefined) return { command, input, turn }
  }
  return null
}

interface QuestionRow {
  readonly id: number
  readonly command: string
  readonly input: unknown
  readonly expiresAt: unknown
}

/** Takes the pending question of this account here, if there is one. It is asked once: the answer uses it up. */
async function answerOf(sql: Sql, commands: readonly AnyCommand[], turn: Turn): Promise<Chosen | null> {
  if (turn.said.kind !== 'text') return null
  const question = await sql.row<QuestionRow>(
    `SELECT id, command, input, "expiresAt" FROM "PendingQuestion"
     WHERE channel = ? AND conversation = ? AND "accountId" = ?`,
    [turn.place.channel, turn.place.conversation, turn.actor.accountId],
  )
  if (!question) return null
  const command = commands.find((one) => one.name === question.command)
  const inTime = readDate(question.expiresAt) > turn.now
  if (inTime && command?.accepts && !command.accepts(turn)) return null
  await sql.run('DELETE FROM "PendingQuestion" WHERE id = ?', [question.id])
  if (!inTime || !command) return null
  const { text, attachments } = turn.said
  const input = readJson(question.input)
  const said = { kind: 'answer', command: question.command, input, text, attachments } as const
  return { command, input, turn: { ...turn, said } }
}

/** The one place where a role decides what may be used. */
export const mayUse = (command: AnyCommand, roles: readonly Role[]): boolean =>
  command.roles === 'anyone' || command.roles.some((role) => roles.includes(role))
