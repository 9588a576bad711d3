/**
 * The load generator, a process of its own: as many keep-alive connections as our webhook asks of Telegram, each with
 * one delivery under way. It speaks HTTP over bare sockets, so that it costs the machine as little as it can.
 */
import { connect } from 'node:net'
import { FIRST_ID, GROUPS, PATH, SECRET, SECRET_HEADER, updateText } from './update.js'

export interface Job {
  readonly port: number
  readonly connections: number
  /** What is said; cycled. */
  readonly texts: readonly string[]
  /** Deliveries before the time that counts, or so many milliseconds: the server's code is compiled by then. */
  readonly warmUp: number
  readonly warmUpMs: number
  /** Ends after so many deliveries in all, or so many milliseconds after the warm-up. */
  readonly most: number
  readonly ms: number
}

export interface Measured {
  /** Deliveries answered 200, in all and within the time that counts. */
  readonly taken: number
  readonly counted: number
  readonly seconds: number
  /** ms. */
  readonly p50: number
  readonly p99: number
  readonly worst: number
}

const PEOPLE = 400

function encode(index: number, text: string): Buffer {
  const body = Buffer.from(updateText(FIRST_ID + index, index % GROUPS, index % PEOPLE, text))
  const head = `POST ${PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n${SECRET_HEADER}: ${SECRET}\r\nContent-Length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}

/** Length of the first answer in `buffer`, or 0 while it is not whole. @throws when it is no 200. */
function answerLength(buffer: Buffer): number {
  const end = buffer.indexOf('\r\n\r\n')
  if (end < 0) return 0
  const head = buffer.toString('latin1', 0, end)
  if (!head.startsWith('HTTP/1.1 200')) throw new Error(`a delivery was refused: ${head.split('\r\n')[0]}`)
  const length = /^content-length: (\d+)/im.exec(head)?.[1]
  if (length === undefined) throw new Error(`an answer without content-length: ${head}`)
  const whole = end + 4 + Number(length)
  return buffer.length >= whole ? whole : 0
}

function run(job: Job): Promise<Measured> {
  const latencies: number[] = []
  let opens = Number.POSITIVE_INFINITY
  let closes = Number.POSITIVE_INFINITY
  let sent = 0
  let taken = 0
  let last = 0
  let running = job.connections

  const open = () => {
    if (opens < Number.POSITIVE_INFINITY) return
    opens = performance.now()
    closes = opens + job.ms
    process.send?.({ opened: true })
  }
  return new Promise((resolve, reject) => {
    setTimeout(open, job.warmUpMs)
    if (job.warmUp === 0) open()
    const finish = () => {
      running -= 1
      if (running > 0) return
      latencies.sort((a, b) => a - b)
      const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
      const seconds = (last - opens) / 1000
      resolve({ taken, counted: latencies.length, seconds, p50: at(0.5), p99: at(0.99), worst: at(1) })
    }
    for (let n = 0; n < job.connections; n += 1) {
      const socket = connect(job.port, '127.0.0.1')
      socket.setNoDelay(true)
      let since = 0
      let rest: Buffer = Buffer.alloc(0)
      const next = () => {
        since = performance.now()
        if (sent >= job.most || since >= closes) {
          socket.end()
          return finish()
        }
        const index = sent
        sent += 1
        socket.write(encode(index, job.texts[index % job.texts.length] ?? ''))
      }
      socket.on('connect', next)
      socket.on('error', reject)
      socket.on('data', (chunk) => {
        try {
          rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
          const length = answerLength(rest)
          if (length === 0) return
          rest = rest.subarray(length)
          taken += 1
          if (taken === job.warmUp) open()
          const now = performance.now()
          if (now >= opens && now <= closes) {
            latencies.push(now - since)
            last = now
          }
          next()
        } catch (error) {
          reject(error as Error)
        }
      })
    }
  })
}

process.on('message', (job: Job) => {
  run(job).then(
    (measured) => process.send?.({ measured }),
    (error: unknown) => process.send?.({ failed: String(error) }),
  )
})
process.send?.({ ready: true })
