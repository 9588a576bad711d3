import type { Database } from '../../db/client.js'
import type { Ctx } from './env.js'

/**
 * Notes that the viewer is about to see personal data, before they do: what cannot be noted is not shown. Who sees only
 * masked data leaves no note.
 */
export async function noteView(
  db: Database,
  c: Ctx,
  now: Date,
  view: { readonly action: string; readonly subject: string; readonly detail?: string },
): Promise<void> {
  if (!c.get('room').works) return
  const actor = `person:${c.get('viewer').personId}`
  const { action, subject, detail = '' } = view
  await db.write((tx) => tx.accessLog.create({ data: { at: now, actor, action, subject, detail } }))
}
