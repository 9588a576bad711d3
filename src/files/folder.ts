import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { type FileKind, kindOfBytes } from './kinds.js'

/** More came than was asked for; what had come is gone again. */
export class TooManyBytes extends Error {
  override readonly name = 'TooManyBytes'
}

/** What a file that was fetched turned out to be. */
export interface Examined {
  readonly sha256: string
  readonly bytes: number
  readonly kind: FileKind | null
}

/**
 * Files in one folder, each named by its content, readable by the service's user alone. A file on its way stands aside under
 * a key until `adopt`: so that a crash neither leaves half a file behind nor costs a second fetch.
 */
export interface FileFolder {
  /** Writes what comes under a key. @throws TooManyBytes, or what the source threw; then nothing stays. */
  receive(key: string, source: AsyncIterable<Uint8Array>, mostBytes: number): Promise<void>
  /** Whether all of it stands under the key. */
  received(key: string): Promise<boolean>
  examine(key: string): Promise<Examined>
  /** Gives it its lasting name; it stays under its key as well, until `discard`. */
  adopt(key: string, sha256: string): Promise<void>
  discard(key: string): Promise<void>
  /** Keys under which something stands. */
  keys(): Promise<string[]>
  /** The bytes of a content, or null when they are not there. */
  read(sha256: string): Promise<Uint8Array<ArrayBuffer> | null>
  has(sha256: string): Promise<boolean>
  /** Done twice it changes nothing. */
  remove(sha256: string): Promise<void>
}

const PRIVATE_FILE = 0o600
const PRIVATE_FOLDER = 0o700
const KEY = /^[\w-]{1,60}$/
const SHA256 = /^[0-9a-f]{64}$/

/** The folder of files that belongs to a SQLite file, beside it: `linli.db` has `linli-files`. */
export const filesBeside = (database: string): string =>
  join(dirname(resolve(database)), `${basename(database).replace(/\.(?:db|sqlite3?)$/, '')}-files`)

/** Path of a content below a folder; two signs part the files into 256 folders. @throws when it is no SHA-256. */
export function contentPath(folder: string, sha256: string): string {
  if (!SHA256.test(sha256)) throw new Error('no content is called so')
  return join(folder, sha256.slice(0, 2), sha256)
}

/** Opens a folder of files, which is made when first written to. */
export function createFileFolder(folder: string): FileFolder {
  const incoming = join(folder, 'incoming')
  const underKey = (key: string): string => {
    if (!KEY.test(key)) throw new Error('no file stands under such a key')
    return join(incoming, key)
  }
  const lasting = (sha256: string) => contentPath(folder, sha256)
  return {
    receive: async (key, source, mostBytes) => {
      await mkdir(incoming, { recursive: true, mode: PRIVATE_FOLDER })
      const unfinished = `${underKey(key)}.part`
      try {
        await writeAll(unfinished, source, mostBytes)
        await rename(unfinished, underKey(key))
        await onDisk(incoming)
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
    },
    received: (key) => exists(underKey(key)),
    examine: async (key) => {
      const bytes = await readFile(underKey(key))
      return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length, kind: kindOfBytes(bytes) }
    },
    adopt: async (key, sha256) => {
      const target = lasting(sha256)
      await mkdir(dirname(target), { recursive: true, mode: PRIVATE_FOLDER })
      await linkOrCopy(underKey(key), target)
      await onDisk(dirname(target))
    },
    discard: async (key) => {
      await rm(underKey(key), { force: true })
    },
    keys: async () => {
      const names = await readdir(incoming).catch(nothingThere)
      // Halves of a life that was killed; nothing is on its way when this is asked.
      for (const name of names ?? []) if (name.endsWith('.part')) await rm(join(incoming, name), { force: true })
      return (names ?? []).filter((name) => KEY.test(name))
    },
    read: async (sha256) => {
      const bytes = await readFile(lasting(sha256)).catch(nothingThere)
      return bytes && new Uint8Array(bytes)
    },
    has: (sha256) => exists(lasting(sha256)),
    remove: async (sha256) => {
      await rm(lasting(sha256), { force: true })
    },
  }
}

async function writeAll(path: string, source: AsyncIterable<Uint8Array>, mostBytes: number): Promise<void> {
  const file = await open(path, 'w', PRIVATE_FILE)
  try {
    let written = 0
    for await (const part of source) {
      written += part.length
      if (written > mostBytes) throw new TooManyBytes(`more than ${mostBytes} bytes`)
      await file.appendFile(part)
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A second name where the disk has such a thing, else a copy that appears whole. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return
    const aside = `${to}.part`
    await copyFile(from, aside, constants.COPYFILE_FICLONE)
    await onDisk(aside)
    await rename(aside, to)
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    (error) => nothingThere(error) !== null,
  )

function nothingThere(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
  throw error
}

/** Waits until a file, or the names in a folder, are on the disk. */
export async function onDisk(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
