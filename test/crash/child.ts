import type { Orders } from './points.js'
import { runService } from './run.js'

/**
 * A process of the service for a test to kill. It has loaded all there is to load when it says `waiting`; told its orders on
 * standard input it runs, and says `ready`; ended by SIGTERM it finishes what it has and says `calm`.
 */
process.stdin.setEncoding('utf8').once('data', async (words: string) => {
  process.stdin.pause()
  const service = await runService(JSON.parse(words) as Orders)
  process.once('SIGTERM', async () => {
    await service.end()
    process.stdout.write('calm\n')
    process.exit(0)
  })
  process.stdout.write('ready\n')
})
process.stdout.write('waiting\n')
