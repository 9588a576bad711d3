import type { Database } from '../../db/client.js'
import { logAccess } from '../../ledger/access.js'
import type { Ctx } from './env.js'

/**
 * Notes that the viewer is about to see personal data, before they do: what cannot be noted is not shown. Who sees only
 * masked data leaves no note. Without a subject it is about many of the community at once.
 */
export async function noteView(
  db: Database,
  c: Ctx,
  now: Date,
  view: { readonly action: string; readonly subject?: string; readonly detail?: string },
): Promise<void> {
  const { works, community } = c.get('room')
  if (!works) return
  const actor = `person:${c.get('viewer').personId}`
  const { action, subject = `community:${community.id}`, detail = '' } = view
  await db.write((tx) => logAccess(tx, { at: now, actor, action, subject, detail }))
}
