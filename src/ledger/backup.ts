import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { copyFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { type Database, openDatabase } from '../db/client.js'
import { openConnection } from '../db/sqlite-adapter.js'
import { filesBeside, onDisk } from '../files/index.js'
import { OperatorError } from '../kernel/errors.js'
import { copyFiles, type FilesCopied, replaceFiles } from './backup-files.js'
import { type VerifyReport, verifyLedger } from './verify/index.js'

export interface Backup {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  readonly ledger: VerifyReport
  /** The bytes of attachments, in a folder beside the file. */
  readonly files: FilesCopied
}

const FAULTS = {
  notSqlite: 'PostgreSQL 请用 pg_dump 备份、pg_restore 恢复；这个命令只管 SQLite 文件。',
  exists: (file: string) => `${file} 已经存在，不会覆盖。`,
  missing: (file: string) => `找不到备份文件 ${file}。`,
  damaged: (file: string, words: string) => `${file} 已损坏，不能用：${words}`,
  foreign: (file: string) => `${file} 不是本系统的数据库。`,
  inUse: (file: string) => `${file} 正在使用。请先停下服务，再恢复。`,
} as const

/**
 * Copies the database into a new file, consistent as of one instant, while the service goes on writing; then opens the
 * copy and verifies it: pages, indexes and every seal of the ledger. The files it names go into a folder beside it.
 * @throws OperatorError when the target exists, the database is not SQLite, or the copy is damaged.
 */
export async function backUp(db: Database, target: string): Promise<Backup> {
  if (db.file === undefined) throw new OperatorError(FAULTS.notSqlite)
  const file = resolve(target)
  for (const path of [file, filesBeside(file)]) if (existsSync(path)) throw new OperatorError(FAULTS.exists(path))
  const unfinished = `${file}.part`
  await rm(unfinished, { force: true })
  const connection = openConnection(db.file)
  try {
    connection.prepare('VACUUM INTO ?').run([unfinished])
  } finally {
    connection.close()
  }
  try {
    const { ledger, bytes, sha256, contents } = await examine(unfinished)
    await onDisk(unfinished)
    const files = await copyFiles(filesBeside(db.file), filesBeside(file), contents)
    await rename(unfinished, file)
    await onDisk(dirname(file))
    return { file, bytes, sha256, ledger, files }
  } finally {
    await rm(unfinished, { force: true })
  }
}

/**
 * Puts a backup in the place of the database. The backup is checked first; the database that was there is kept beside it.
 * Answers where. @throws OperatorError when the backup is damaged or the database is in use.
 */
export async function restore(
  backup: string,
  database: string,
  now: Date,
): Promise<{ readonly ledger: VerifyReport; readonly files: FilesCopied; readonly kept: string | null }> {
  const source = resolve(backup)
  const target = resolve(database)
  if (!existsSync(source)) throw new OperatorError(FAULTS.missing(source))
  const unfinished = `${target}.restoring`
  const newFiles = `${filesBeside(target)}.restoring`
  await rm(unfinished, { force: true })
  await rm(newFiles, { recursive: true, force: true })
  try {
    await copyFile(source, unfinished)
    const { ledger, contents } = await examine(unfinished)
    await onDisk(unfinished)
    const files = await copyFiles(filesBeside(source), newFiles, contents)
    const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14)
    const kept = existsSync(target) ? await putAside(target, stamp) : null
    // The database comes last: while it is missing, nobody begins with half of what belongs together.
    await replaceFiles(newFiles, filesBeside(target), stamp)
    await rename(unfinished, target)
    await onDisk(dirname(target))
    return { ledger, files, kept }
  } finally {
    await rm(unfinished, { force: true })
    await rm(newFiles, { recursive: true, force: true })
  }
}

/** Checks a copy in place, without leaving anything beside it. */
async function examine(
  file: string,
): Promise<{ ledger: VerifyReport; bytes: number; sha256: string; contents: string[] }> {
  try {
    const connection = openConnection(file)
    try {
      const [result] = connection.prepare('PRAGMA integrity_check').raw(true).all() as string[][]
      if (result?.[0] !== 'ok') throw new OperatorError(FAULTS.damaged(file, result?.[0] ?? ''))
      const tables = connection.prepare(`SELECT name FROM sqlite_master WHERE name = 'LedgerEntry'`).all()
      if (tables.length === 0) throw new OperatorError(FAULTS.foreign(file))
    } finally {
      connection.close()
    }
    const db = await openDatabase(`file:${file}`)
    const read = async () => {
      const kept = await db.read.keptFile.findMany({ orderBy: { sha256: 'asc' }, select: { sha256: true } })
      return { ledger: await verifyLedger(db.read), contents: kept.map((one) => one.sha256) }
    }
    const { ledger, contents } = await read().finally(() => db.close())
    foldLog(file)
    const hash = createHash('sha256')
    let bytes = 0
    for await (const part of createReadStream(file)) {
      hash.update(part as Buffer)
      bytes += (part as Buffer).length
    }
    return { ledger, contents, bytes, sha256: hash.digest('hex') }
  } catch (error) {
    if (error instanceof OperatorError) throw error
    const words = error instanceof Error ? error.message : String(error)
    throw new OperatorError(FAULTS.damaged(file, words), { cause: error })
  } finally {
    await Promise.all(['-wal', '-shm'].map((end) => rm(file + end, { force: true })))
  }
}

/** Writes what the log beside a file holds into the file: it is then whole without it. */
function foldLog(file: string): void {
  const connection = openConnection(file)
  try {
    const [row] = connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').raw(true).all() as number[][]
    if (row?.[0] !== 0) throw new OperatorError(FAULTS.inUse(file))
  } finally {
    connection.close()
  }
}

/** Writes everything into the one file and gives up the log beside it; fails while anybody else has it open. */
function leaveWal(file: string): void {
  const connection = openConnection(file)
  try {
    const [row] = connection.prepare('PRAGMA journal_mode = DELETE').raw(true).all() as string[][]
    if (row?.[0] !== 'delete') throw new OperatorError(FAULTS.inUse(file))
  } catch (error) {
    throw error instanceof OperatorError ? error : new OperatorError(FAULTS.inUse(file), { cause: error })
  } finally {
    connection.close()
  }
}

async function putAside(target: string, stamp: string): Promise<string> {
  leaveWal(target)
  const kept = join(dirname(target), `${basename(target)}.before-restore-${stamp}`)
  await rename(target, kept)
  return kept
}
