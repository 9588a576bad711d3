import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Reader } from '../../db/transaction.js'
import { isoTime } from '../../kernel/local-time.js'
import { attachmentsOf, keptFile, openAttachment } from '../kept-file.js'
import type { WebOptions } from '../options.js'
import { texts } from '../texts.js'
import { noteView } from './access.js'
import { apiError } from './errors.js'
import { type Env, json, refusals, security } from './route-parts.js'
import { type AttachmentAnswer, errorSchema } from './schemas.js'

const route = createRoute({
  method: 'get',
  path: '/api/v1/requests/{number}/attachments/{id}',
  operationId: 'getRequestAttachment',
  summary: 'The bytes of a picture or file that came with a request',
  security,
  request: {
    params: z.object({
      number: z.string().max(100).openapi({ example: 'FD-202611-0001' }),
      id: z.string().max(20).openapi({ example: '17' }),
    }),
  },
  responses: {
    200: {
      description: 'The bytes, with the type they have by their content',
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    403: json(errorSchema, 'Pictures cannot be masked: they are for tokens of workers and managers of the community'),
    404: json(errorSchema, 'There is none, its bytes are not kept, or it is not within the scope of the token'),
    ...refusals,
  },
})

/** What came with a request, as the API tells it. */
export async function readAttachments(
  read: Reader,
  number: string,
  timezone: string,
  seesPersonal: boolean,
): Promise<AttachmentAnswer[]> {
  const list = await attachmentsOf(read, `request:${number}`)
  return list.map(({ id, status, reason, type, bytes, sha256, createdAt }) => ({
    id,
    // Being fetched is a kind of waiting.
    status: status === 'fetching' ? 'waiting' : (status as AttachmentAnswer['status']),
    reason: status === 'refused' || status === 'dropped' ? reason : null,
    type,
    bytes,
    sha256,
    sentAt: isoTime(createdAt, timezone),
    path: sha256 && seesPersonal ? `/api/v1/requests/${number}/attachments/${id}` : null,
  }))
}

/** The bytes of what came with requests, each look noted. */
export function addAttachments(app: OpenAPIHono<Env>, { db, files, clock }: WebOptions): void {
  app.openapi(route, async (c) => {
    const caller = c.get('caller')
    const { number, id } = c.req.valid('param')
    if (!caller.seesPersonal) return apiError(c, 403, 'forbidden', texts.pictures)
    const row = await db.read.request.findUnique({ where: { number }, select: { communityId: true } })
    if (!row || !caller.communities.has(row.communityId)) return apiError(c, 404, 'not_found', texts.noAttachment)
    const found = await openAttachment(db.read, files, `request:${number}`, id)
    if (!found) return apiError(c, 404, 'not_found', texts.noAttachment)
    const subjects = [`request:${number}`]
    await noteView(db, caller, clock.now(), { action: `api.attachment:${id}`, list: 'requests', subjects })
    return keptFile(c, `${number}-${id}`, found.attachment, found.bytes) as never
  })
}
