import type { ServerResponse } from 'node:http'

/** What the Bot API server answers for a file. */
export type FarFile =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** getFile refuses it, as Telegram does beyond 20 MB. */
  | { readonly kind: 'too_big' }
  /** getFile does not know it. */
  | { readonly kind: 'unknown' }
  /** getFile names this path, whatever that leads to. */
  | { readonly kind: 'path'; readonly path: string }
  /** The bytes are answered with this status, and where it is a redirect with this place. */
  | { readonly kind: 'status'; readonly status: number; readonly location?: string }
  /** Bytes without end. */
  | { readonly kind: 'endless' }
  /** A few bytes, then nothing, and the connection stays. */
  | { readonly kind: 'hangs' }
  /** Half of it, then the connection breaks. */
  | { readonly kind: 'breaks'; readonly bytes: Buffer }

/** A picture of one dot. */
export const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export function getFile(files: ReadonlyMap<string, FarFile>, id: string): object {
  const refused = (description: string) => ({ ok: false, error_code: 400, description: `Bad Request: ${description}` })
  const file = files.get(id)
  if (file?.kind === 'too_big') return refused('file is too big')
  if (file?.kind === 'unknown') return refused('wrong file_id or the file is temporarily unavailable')
  const path = file?.kind === 'path' ? file.path : `photos/${id}`
  return { ok: true, result: { file_id: id, file_unique_id: 'u', file_path: path } }
}

export function serveFile(file: FarFile | undefined, response: ServerResponse): void {
  const answer = (status: number, headers = {}) => response.writeHead(status, headers)
  switch (file?.kind) {
    case undefined:
      answer(200).end(DOT)
      return
    case 'bytes':
      answer(200).end(file.bytes)
      return
    case 'status':
      answer(file.status, file.location ? { location: file.location } : {}).end()
      return
    case 'hangs':
      answer(200).write(DOT.subarray(0, 8))
      return
    case 'breaks':
      answer(200, { 'content-length': String(file.bytes.length) }).write(
        file.bytes.subarray(0, file.bytes.length / 2),
        () => response.destroy(),
      )
      return
    case 'endless': {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.concat([DOT, Buffer.alloc(256 * 1024)])));
        response.once('drain', more)
      }
      answer(200)
      more()
      return
    }
    default:
      answer(404).end()
  }
}
