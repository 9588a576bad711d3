import { type FileHandle, open } from 'node:fs/promises'
import { createInflateRaw, inflateRawSync } from 'node:zlib'
import { OperatorError } from '../../kernel/errors.js'

/** One file inside a zip archive. */
export interface ZipEntry {
  readonly name: string
  /** Its uncompressed bytes, piece by piece. */
  stream(): AsyncIterable<Buffer>
  /** Its whole text. For small parts only. */
  text(): Promise<string>
}

const END_SIZE = 22
const END_MARK = 0x06054b50
const END64_MARK = 0x06064b50
const END64_LOCATOR_MARK = 0x07064b50
const ENTRY_MARK = 0x02014b50
const MAX_COMMENT = 65_535
const FULL_32 = 0xffffffff
const FULL_16 = 0xffff
const MAX_TEXT_PART = 512 * 1024 * 1024

/** Reads a zip archive by its directory, also one beyond 4 GB. @throws OperatorError when the file is none. */
export async function openZip(path: string): Promise<{ entries: ZipEntry[]; close(): Promise<void> }> {
  const file = await open(path, 'r')
  try {
    return { entries: await readDirectory(file), close: () => file.close() }
  } catch (error) {
    await file.close()
    throw new OperatorError(`${path} 不是完整的 .xlsx 文件`, { cause: error })
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  if (bytesRead < length) throw new Error('the archive ends too early')
  return buffer
}

async function readDirectory(file: FileHandle): Promise<ZipEntry[]> {
  const { size } = await file.stat()
  const tailSize = Math.min(size, END_SIZE + MAX_COMMENT)
  const tail = await readAt(file, size - tailSize, tailSize)
  let end = tail.length - END_SIZE
  while (end >= 0 && tail.readUInt32LE(end) !== END_MARK) end -= 1
  if (end < 0) throw new Error('no end of the directory')
  let count = tail.readUInt16LE(end + 10)
  let length = tail.readUInt32LE(end + 12)
  let start = tail.readUInt32LE(end + 16)
  if (count === FULL_16 || length === FULL_32 || start === FULL_32) {
    const locator = await readAt(file, size - tailSize + end - 20, 20)
    if (locator.readUInt32LE(0) !== END64_LOCATOR_MARK) throw new Error('no locator of the large directory')
    const end64 = await readAt(file, Number(locator.readBigUInt64LE(8)), 56)
    if (end64.readUInt32LE(0) !== END64_MARK) throw new Error('no large directory')
    count = Number(end64.readBigUInt64LE(32))
    length = Number(end64.readBigUInt64LE(40))
    start = Number(end64.readBigUInt64LE(48))
  }
  const directory = await readAt(file, start, length)
  const entries: ZipEntry[] = []
  for (let at = 0; entries.length < count; ) {
    if (directory.readUInt32LE(at) !== ENTRY_MARK) throw new Error('a broken entry of the directory')
    const nameLength = directory.readUInt16LE(at + 28)
    const extraLength = directory.readUInt16LE(at + 30)
    const commentLength = directory.readUInt16LE(at + 32)
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength)
    const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)
    entries.push(
      entryOf(file, name, {
        method: directory.readUInt16LE(at + 10),
        ...sizes(
          extra,
          directory.readUInt32LE(at + 20),
          directory.readUInt32LE(at + 24),
          directory.readUInt32LE(at + 42),
        ),
      }),
    )
    at += 46 + nameLength + extraLength + commentLength
  }
  return entries
}

/** Sizes and offset of an entry; those that do not fit into 32 bits stand in the extra field, in this order. */
function sizes(extra: Buffer, compressed: number, plain: number, offset: number) {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let field = at + 4
    const wide = (value: number): number => {
      if (value !== FULL_32) return value
      field += 8
      return Number(extra.readBigUInt64LE(field - 8))
    }
    const widePlain = wide(plain)
    return { plain: widePlain, compressed: wide(compressed), offset: wide(offset) }
  }
  return { plain, compressed, offset }
}

function entryOf(
  file: FileHandle,
  name: string,
  { method, compressed, plain, offset }: { method: number; compressed: number; plain: number; offset: number },
): ZipEntry {
  const dataStart = async () => {
    const header = await readAt(file, offset, 30)
    return offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  }
  async function* raw(): AsyncGenerator<Buffer> {
    const start = await dataStart()
    for (let done = 0; done < compressed; ) {
      const part = await readAt(file, start + done, Math.min(256 * 1024, compressed - done))
      done += part.length
      yield part
    }
  }
  return {
    name,
    stream: () => (method === 0 ? raw() : inflated(raw())),
    async text() {
      if (plain > MAX_TEXT_PART) throw new OperatorError(`${name} 太大，无法读取`)
      const packed = await readAt(file, await dataStart(), compressed)
      return (method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: MAX_TEXT_PART })).toString('utf8')
    },
  }
}

async function* inflated(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 })
  const fed = (async () => {
    for await (const part of source)
      if (!inflate.write(part)) await new Promise((resolve) => inflate.once('drain', resolve))
    inflate.end()
  })()
  fed.catch((error: Error) => inflate.destroy(error))
  for await (const part of inflate) yield part as Buffer
  await fed
}
