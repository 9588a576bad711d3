import type { Module } from '../../kernel/module.js'
import { applyVisitEvent } from './apply.js'
import { boardMaker } from './charts.js'
import { amend, withdraw } from './commands/amend.js'
import { board } from './commands/board.js'
import { cover } from './commands/cover.js'
import { exportVisits } from './commands/export.js'
import { goal } from './commands/goal.js'
import { household, openHousehold } from './commands/household.js'
import { howTo } from './commands/howto.js'
import { leave } from './commands/leave.js'
import { leaveDecide } from './commands/leave-decide.js'
import { leaveEnd } from './commands/leave-end.js'
import { describe, log } from './commands/log.js'
import { plan } from './commands/plan.js'
import { linkRequest, noteRequest, raise } from './commands/raise.js'
import { shareAnswer, shareAsk } from './commands/share.js'
import { list, progress } from './commands/show.js'
import { photo, start } from './commands/start.js'
import { visitsWorkbook } from './export/maker.js'
import { forgetHousehold } from './forget.js'
import { keepMonths } from './jobs.js'
import { monthEnd, noticeOddities } from './jobs-month.js'
import { paceReminder, weeklyPlan } from './jobs-remind.js'
import { diarySheet, householdsSheet, rateSheet } from './sheets.js'

/** 包片联户: visits that a worker logs in ten seconds, goals and reminders that follow them. */
export const visitsModule: Module = {
  name: 'visits',
  eventPrefix: 'visit',
  commands: [
    progress,
    list,
    plan,
    board,
    exportVisits,
    goal,
    leave,
    leaveEnd,
    cover,
    household,
    howTo,
    log,
    amend,
    withdraw,
    raise,
    start,
    describe,
    photo,
    openHousehold,
    leaveDecide,
    shareAsk,
    shareAnswer,
  ],
  reactions: [linkRequest, noteRequest, forgetHousehold],
  jobs: [keepMonths, weeklyPlan, paceReminder, monthEnd, noticeOddities],
  makers: [boardMaker, visitsWorkbook],
  sheets: [diarySheet as never, householdsSheet as never, rateSheet as never],
  apply: applyVisitEvent,
}
