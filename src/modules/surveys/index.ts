import type { Module } from '../../kernel/module.js'
import { applySurveyEvent } from './apply.js'
import { answer, editedAnswer, words } from './commands/answer.js'
import { departments, evaluate, evaluateDepartments, items, mended } from './commands/evaluate.js'
import { hire } from './commands/hire.js'
import { exported, list, opinions, progress, results, work } from './commands/look.js'
import { page, web } from './commands/page.js'
import { close, publish } from './commands/run.js'
import { reportMonth, satisfaction } from './commands/satisfaction.js'
import { decline, start } from './commands/start.js'
import { cancel, preview, revise, write } from './commands/write.js'
import { end, forget, push, remindItems } from './jobs.js'
import { resultsMaker, satisfactionMaker, tableMaker } from './makers.js'
import { surveySheets } from './sheets.js'
import { wordings } from './wordings.js'

/** 问卷与评议: asked in the chat, answered in the chat, anonymous in the database, honest in numbers. */
export const surveysModule: Module = {
  name: 'surveys',
  eventPrefix: 'survey',
  commands: [
    // Said by those who are asked.
    start,
    decline,
    answer,
    words,
    editedAnswer,
    web,
    page,
    // Said by those who ask.
    write,
    revise,
    preview,
    cancel,
    publish,
    close,
    evaluate,
    evaluateDepartments,
    departments,
    hire,
    mended,
    items,
    // To look at.
    list,
    progress,
    results,
    exported,
    opinions,
    work,
    satisfaction,
  ],
  reactions: [],
  jobs: [push, end, forget, remindItems, reportMonth],
  makers: [resultsMaker, tableMaker, satisfactionMaker],
  sheets: surveySheets,
  wordings: Object.values(wordings),
  apply: applySurveyEvent,
}
