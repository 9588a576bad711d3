import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { contentPath, onDisk } from '../files/index.js'

export interface FilesCopied {
  readonly count: number
  readonly bytes: number
  /** SHA-256 of those that were not there, or whose bytes are others by now: they were left out. */
  readonly faults: readonly string[]
}

/**
 * Copies the files of these contents from one folder into a new one, which appears whole: nothing is there under its name
 * until all is on the disk. Each is hashed on the way.
 */
export async function copyFiles(from: string, to: string, contents: readonly string[]): Promise<FilesCopied> {
  const unfinished = `${to}.part`
  await rm(unfinished, { recursive: true, force: true })
  if (contents.length === 0) return { count: 0, bytes: 0, faults: [] }
  const faults: string[] = []
  let bytes = 0
  try {
    await mkdir(unfinished, { recursive: true, mode: 0o700 })
    for (const sha256 of contents) {
      const content = await readFile(contentPath(from, sha256)).catch(() => null)
      if (!content || createHash('sha256').update(content).digest('hex') !== sha256) faults.push(sha256)
      else {
        await writeWhole(contentPath(unfinished, sha256), content)
        bytes += content.length
      }
    }
    await rename(unfinished, to)
    await onDisk(dirname(to))
    return { count: contents.length - faults.length, bytes, faults }
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Puts a folder of files in the place of another, which is kept beside it. Answers where; null when there was none. */
export async function replaceFiles(next: string, target: string, stamp: string): Promise<string | null> {
  const kept = existsSync(target) ? `${target}.before-restore-${stamp}` : null
  if (kept) await rename(target, kept)
  if (existsSync(next)) await rename(next, target)
  await onDisk(dirname(target))
  return kept
}
