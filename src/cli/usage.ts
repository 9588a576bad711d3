import { CommanderError } from 'commander'

/** Exit code of what the command line's reader threw: 2 for wrong usage, 0 when help was asked for; null for other errors. */
export function usageExitCode(error: unknown): number | null {
  if (!(error instanceof CommanderError)) return null
  return error.exitCode === 0 ? 0 : 2
}
