import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a server process tells the one that started it. */
export interface Told {
  readonly port?: number
  readonly idle?: true
  /** CPU time of the process so far, user and system, ms. */
  readonly cpuMs?: number
  readonly failed?: string
}

/** What it may be asked. */
export type Asked = 'cpu' | 'idle'

export const tell = (told: Told): void => void process.send?.(told)

process.on('message', (asked: Asked) => {
  if (asked !== 'cpu') return
  const { user, system } = process.cpuUsage()
  tell({ cpuMs: (user + system) / 1000 })
})

/** Listens on a free port with Node's own HTTP server and tells the port. */
export function serve(listener: RequestListener): void {
  const server = createServer({ keepAliveTimeout: 65_000 }, listener)
  server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }))
}

/** The database file that this process shall use, and what else it was started with. */
export const [file = '', mode = '', farRoot = ''] = process.argv.slice(2)
