import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const bench = fileURLToPath(new URL('.', import.meta.url))
const resolver = createRequire(join(bench, 'package.json'))

/** Where a peer's entry lies, or null when `npm ci --prefix bench` was not run. */
function find(name: string): string | null {
  try {
    const path = resolver.resolve(name)
    // The service aliases some of these names to what it uses itself: that is not the peer.
    return path.startsWith(join(bench, 'node_modules')) ? path : null
  } catch {
    return null
  }
}

export const missing = (names: readonly string[]): string[] => names.filter((name) => !find(name))

/** Loads a peer of bench/package.json. Its types are not there when it is not, so the caller says what it uses. */
export async function peer<T>(name: string): Promise<T> {
  const path = find(name)
  if (!path) throw new Error(`${name} is not installed: npm ci --prefix bench`)
  return (await import(pathToFileURL(path).href)) as T
}
