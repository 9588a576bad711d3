import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Context } from 'hono'

// The same distance from src/ and from dist/.
const PUBLIC = fileURLToPath(new URL('../../public', import.meta.url))
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

interface Asset {
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly etag: string
}

/**
 * Scripts and styles of `public/<folder>`, and the styles that all share, read once; browsers keep them and ask whether
 * they changed. `missing` answers for a name that is not there.
 */
export function createAssets(folder: string, missing: (c: Context) => Response | Promise<Response>) {
  const assets = new Map<string, Asset>()
  const files = ['shared', folder].flatMap((one) =>
    readdirSync(join(PUBLIC, one)).map((name) => [name, join(PUBLIC, one, name)] as const),
  )
  for (const [name, path] of files) {
    const type = TYPES[extname(name)]
    if (!type) continue
    const bytes = new Uint8Array(readFileSync(path))
    assets.set(name, { type, bytes, etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 20)}"` })
  }
  return (c: Context): Response | Promise<Response> => {
    const asset = assets.get(c.req.param('file') ?? '')
    if (!asset) return missing(c)
    c.header('ETag', asset.etag)
    c.header('Cache-Control', 'no-cache')
    c.header('X-Content-Type-Options', 'nosniff')
    if (c.req.header('if-none-match') === asset.etag) return c.body(null, 304)
    return c.body(asset.bytes, 200, { 'Content-Type': asset.type })
  }
}
