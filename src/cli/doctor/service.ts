import { createServer } from 'node:net'
import { type Finding, note, well, wrong } from './finding.js'
import { texts } from './texts.js'

const TIMEOUT_MS = 3000

/** Whether the service runs at its address, or something else does. */
export async function checkService(host: string, port: number): Promise<Finding> {
  const { what } = texts.service
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  try {
    const response = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    await response.body?.cancel()
    return response.ok
      ? well(what, texts.service.running(address))
      : wrong(what, texts.service.ill(address, response.status))
  } catch {
    return (await isFree(host, port))
      ? note(what, texts.service.stopped(address))
      : wrong(what, texts.service.taken(address))
  }
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}
