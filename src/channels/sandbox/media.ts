import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Most bytes of an uploaded picture. */
export const MAX_UPLOAD_BYTES = 1024 * 1024

const MIME: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
}
const MEDIA_ID = /^[0-9a-f]{32}\.(png|jpg|webp|gif|bin)$/

/** Pictures and files of the sandbox in one folder, each named by its content. */
export interface MediaFolder {
  /** Keeps the bytes; answers with their id. The same bytes have the same id. */
  save(bytes: Uint8Array): Promise<string>
  /** The bytes, or null when there are none of this id. */
  open(id: string): Promise<Uint8Array<ArrayBuffer> | null>
}

/** What these bytes are, by their first signs; whatever is no picture is `bin`. */
function extensionOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (head.startsWith('\xff\xd8\xff')) return 'jpg'
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return 'webp'
  if (head.startsWith('GIF8')) return 'gif'
  return 'bin'
}

/** The id of these bytes: by what they are, not by what they are called. */
export const mediaId = (bytes: Uint8Array): string =>
  idOf(createHash('sha256').update(bytes).digest('hex'), extensionOf(bytes))

/** The id of bytes known by their digest and type. */
export const mediaIdOf = (sha256: string, mime: string): string =>
  idOf(sha256, Object.keys(MIME).find((extension) => MIME[extension] === mime) ?? 'bin')

const idOf = (sha256: string, extension: string): string => `${sha256.slice(0, 32)}.${extension}`

/** The type to serve it as. A page never renders what is not one of the known pictures. */
export function mediaMime(id: string): string {
  return MIME[id.split('.')[1] ?? ''] ?? 'application/octet-stream'
}

export const isMediaId = (id: string): boolean => MEDIA_ID.test(id)

export function createMediaFolder(folder: string): MediaFolder {
  return {
    async save(bytes) {
      const id = mediaId(bytes)
      await mkdir(folder, { recursive: true })
      // Written aside and renamed: a reader never meets half a picture.
      const aside = join(folder, `${id}.${process.pid}.${Math.random().toString(36).slice(2)}`)
      await writeFile(aside, bytes)
      await rename(aside, join(folder, id))
      return id
    },
    async open(id) {
      if (!isMediaId(id)) return null
      try {
        return new Uint8Array(await readFile(join(folder, id)))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
    },
  }
}
