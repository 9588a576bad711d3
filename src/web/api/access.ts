import type { Database } from '../../db/client.js'
import type { Caller } from './token.js'

/**
 * Notes that the caller is about to see personal data, before they do: what cannot be noted is not shown. Callers who
 * only see masked data leave no note.
 */
export async function noteView(
  db: Database,
  caller: Caller,
  now: Date,
  view: { readonly action: string; readonly list: string; readonly subjects: readonly string[] },
): Promise<void> {
  const subjects = [...new Set(view.subjects)]
  if (!caller.seesPersonal || subjects.length === 0) return
  const [only, ...more] = subjects
  await db.write((tx) =>
    tx.accessLog.create({
      data: {
        at: now,
        actor: `token:${caller.name}`,
        action: view.action,
        subject: more.length === 0 && only ? only : view.list,
        detail: more.length === 0 ? '' : subjects.join(' '),
      },
    }),
  )
}
