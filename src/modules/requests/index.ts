import type { Module } from '../../kernel/module.js'
import { applyRequestEvent } from './apply.js'
import { cannot, notARequest, notOurs, solve, whose } from './commands/close.js'
import { readdress, recategorise, where } from './commands/correct.js'
import { detail, detailQuietly } from './commands/detail.js'
import { edited } from './commands/edited.js'
import { accept, note, pause, resume, transfer } from './commands/handle.js'
import { detailOf, todo } from './commands/lists.js'
import { merge, unmerge } from './commands/merge.js'
import { metoo, metooUnderstood } from './commands/metoo.js'
import { staffPicture } from './commands/picture.js'
import { contestTyped, rate, rateReason } from './commands/rate.js'
import { reportCommands } from './commands/report.js'
import { chase, chaseUnderstood, feedback, progress, withdraw, withdrawUnderstood } from './commands/reporter.js'
import { suspicionCommands } from './commands/suspicion.js'
import { escalate } from './jobs.js'
import { wanted } from './reactions.js'
import { requestsSheet } from './sheets.js'
import type { SameProblem } from './types.js'
import { adviceWordings, wordings } from './wordings.js'

/** 诉求: from a word in the group to a settled entry in the ledger. */
export function createRequestsModule(sameProblem: SameProblem): Module {
  const { reportExplicit, reportAnswer, reportUnderstood, offerToLog, offeredLog, declined } =
    reportCommands(sameProblem)
  const { suspect, suspicion, needed } = suspicionCommands(sameProblem)
  return {
    name: 'requests',
    eventPrefix: 'request',
    commands: [
      // Said by workers.
      accept,
      note,
      transfer,
      pause,
      resume,
      solve,
      cannot,
      notOurs,
      whose,
      notARequest,
      recategorise,
      readdress,
      merge,
      unmerge,
      todo,
      detailOf,
      staffPicture,
      // Said by residents.
      reportExplicit,
      progress,
      chase,
      withdraw,
      detail,
      metoo,
      contestTyped,
      // Tapped or awaited.
      reportAnswer,
      rate,
      rateReason,
      suspicion,
      needed,
      where,
      edited,
      offeredLog,
      declined,
      // Understood from plain talk; the order is that of cost when two could fit.
      detailQuietly,
      withdrawUnderstood,
      chaseUnderstood,
      metooUnderstood,
      feedback,
      reportUnderstood,
      suspect,
      offerToLog,
    ],
    reactions: [wanted(sameProblem)],
    jobs: [escalate],
    sheets: [requestsSheet as never],
    wordings: [...Object.values(wordings), ...Object.values(adviceWordings)],
    apply: applyRequestEvent,
    contextOf: async (sql, accountId) => {
      const open = await sql.row('SELECT 1 AS one FROM "Request" WHERE "reporterId" = ? AND status <> ? LIMIT 1', [
        accountId,
        'closed',
      ])
      return { hasOpenRequest: open !== null }
    },
  }
}
