import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Job, Measured } from './load.js'
import type { Asked, Told } from './serve.js'

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

function start(name: string, args: readonly string[]): ChildProcess {
  return fork(path(name), args, { execArgv: process.execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
}

/** The next message of a child. @throws when it ends instead, or says that it failed. */
async function next<T extends { failed?: string }>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${child.spawnfile} ${child.spawnargs.at(-1)} ended with ${code}`)
  })
  const [told] = (await Promise.race([once(child, 'message'), ended])) as [T]
  if (told.failed) throw new Error(told.failed)
  return told
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

export interface Server {
  readonly port: number
  /** Resolves when the service has handled all it took. */
  idle(): Promise<void>
  /** CPU time it took so far, ms. */
  cpuMs(): Promise<number>
  /** Killed rather than stopped: what it acknowledged must be in its file. */
  kill(): Promise<void>
}

export async function startServer(name: string, args: readonly string[]): Promise<Server> {
  const child = start(`servers/${name}.ts`, args)
  const { port = 0 } = await next<Told>(child)
  const ask = (asked: Asked) => {
    child.send(asked)
    return next<Told>(child)
  }
  return {
    port,
    idle: async () => void (await ask('idle')),
    cpuMs: async () => (await ask('cpu')).cpuMs ?? Number.NaN,
    kill: () => end(child),
  }
}

/** Runs the load generator in a process of its own; `onOpen` is called when its warm-up is over. */
export async function load(job: Job, onOpen: () => Promise<void>): Promise<Measured> {
  const child = start('load.ts', [])
  try {
    await next(child)
    child.send(job)
    await next(child)
    await onOpen()
    const { measured } = await next<{ measured?: Measured; failed?: string }>(child)
    if (!measured) throw new Error('the load generator gave no figures')
    return measured
  } finally {
    await end(child)
  }
}
