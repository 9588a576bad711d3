import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { Orders } from './points.js'

/** One process of the service. */
export interface Life {
  /** Resolves when it is up, or dead already. */
  readonly up: Promise<unknown>
  /** Resolves with the signal the process died of. */
  readonly death: Promise<NodeJS.Signals | null>
  kill(): Promise<void>
  /** Lets it finish what it has and end. */
  end(): Promise<void>
}

type Child = ChildProcessByStdio<Writable, Readable, null>

const spawnChild = (): Child =>
  spawn(process.execPath, ['--import', 'tsx', 'test/crash/child.ts'], { stdio: ['pipe', 'pipe', 'inherit'] })

/** The next process loads while the one before it lives: loading takes longer than most lives. */
let spare: Child | undefined

export const processes = {
  async start(orders: Orders, onEnd: () => void): Promise<Life> {
    const child = spare ?? spawnChild()
    spare = spawnChild()
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (words: string) => {
      said += words
    })
    const says = async (word: string) => {
      while (!said.includes(word)) await once(child.stdout, 'data')
    }
    const death = once(child, 'close').then(([code, signal]) => {
      onEnd()
      if (signal === null && code !== 0) throw new Error(`the child ended with ${code}`)
      return signal as NodeJS.Signals | null
    })
    child.stdin.write(JSON.stringify(orders))
    return {
      up: Promise.race([says('ready'), death]),
      death,
      kill: async () => {
        child.kill('SIGKILL')
        await death
      },
      end: async () => {
        child.kill('SIGTERM')
        const signal = await death
        if (signal !== null || !said.includes('calm')) throw new Error(`the child did not end well: ${signal} ${said}`)
      },
    }
  },
  /** Ends the process that was kept ready. */
  close(): void {
    spare?.kill('SIGKILL')
    spare = undefined
  },
}
