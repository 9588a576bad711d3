import { Hono } from 'hono'
import type { Reader } from '../../../db/transaction.js'
import { keptFile, openAttachment } from '../../kept-file.js'
import { noteView } from '../access-log.js'
import { type Env, pathOf } from '../env.js'
import type { DeskOptions } from '../options.js'

/** Corrections of corrections that are followed back. */
const MOST_CORRECTIONS = 10

interface Visit {
  readonly id: number
  readonly key: string
  readonly correctsId: number | null
}

/** Ids of the photos kept of each visit, by its id; those of a visit that was corrected count for the correction. */
export async function readPhotos(read: Reader, visits: readonly Visit[]): Promise<ReadonlyMap<number, number[]>> {
  const owners = new Map(visits.map((visit) => [`visit:${visit.key}`, visit.id]))
  let earlier = visits.flatMap(({ id, correctsId }) => (correctsId === null ? [] : [{ owner: id, correctsId }]))
  for (let round = 0; earlier.length > 0 && round < MOST_CORRECTIONS; round += 1) {
    const ids = earlier.map((one) => one.correctsId)
    const rows = await read.visit.findMany({
      where: { id: { in: ids } },
      select: { id: true, key: true, correctsId: true },
    })
    const ownerOf = new Map(earlier.map((one) => [one.correctsId, one.owner]))
    earlier = []
    for (const { id, key, correctsId } of rows) {
      const owner = ownerOf.get(id)
      if (owner === undefined) continue
      owners.set(`visit:${key}`, owner)
      if (correctsId !== null) earlier.push({ owner, correctsId })
    }
  }
  const attachments = await read.attachment.findMany({
    where: { subject: { in: [...owners.keys()] }, status: 'kept' },
    orderBy: { id: 'asc' },
    select: { id: true, subject: true },
  })
  const photos = new Map<number, number[]>()
  for (const { id, subject } of attachments) {
    const owner = owners.get(subject)
    if (owner !== undefined) photos.set(owner, [...(photos.get(owner) ?? []), id])
  }
  return photos
}

/** The photos of a visit as links. */
export const Photos = ({ code, ids }: { readonly code: string; readonly ids: readonly number[] }) => (
  <>
    {ids.map((id, index) => (
      <>
        {' · '}
        <a href={pathOf(code, `visits/photos/${id}`)}>照片{ids.length > 1 ? ` ${index + 1}` : ''}</a>
      </>
    ))}
  </>
)

/** The bytes of a visit's photo, to those who work in its community; each look is noted. */
export function photosApp({ db, clock, files }: DeskOptions): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/photos/:id', async (c) => {
    const { community, works } = c.get('room')
    const id = c.req.param('id')
    const row =
      works && /^\d{1,9}$/.test(id) ? await db.read.attachment.findUnique({ where: { id: Number(id) } }) : null
    const key = row?.subject.startsWith('visit:') ? row.subject.slice('visit:'.length) : ''
    const visit = await db.read.visit.findUnique({ where: { key } })
    if (visit?.communityId !== community.id) return c.notFound()
    const subject = `visit:${key}`
    const found = await openAttachment(db.read, files, subject, id)
    if (!found) return c.notFound()
    await noteView(db, c, clock.now(), { action: 'desk.attachment', subject, detail: `attachment:${id}` })
    return keptFile(c, `${visit.day}-${id}`, found.attachment, found.bytes)
  })
  return app
}
