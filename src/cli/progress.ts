/** One line of standard error that says how far long work is. */
export interface Progress {
  say(text: string): void
  /** Clears the line of a terminal. */
  end(): void
}

const TERMINAL_EVERY_MS = 100
/** Lines in a log file stay: fewer of them. */
const FILE_EVERY_MS = 2000

export function createProgress(stream: NodeJS.WriteStream = process.stderr, now: () => number = Date.now): Progress {
  let last = Number.NEGATIVE_INFINITY
  return {
    say(text) {
      if (now() - last < (stream.isTTY ? TERMINAL_EVERY_MS : FILE_EVERY_MS)) return
      last = now()
      stream.write(stream.isTTY ? `\r\u001b[K${text}` : `${text}\n`)
    },
    end() {
      if (stream.isTTY && last > 0) stream.write('\r\u001b[K')
    },
  }
}
