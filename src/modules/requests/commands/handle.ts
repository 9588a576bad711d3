import { shortTime } from '../../../kernel/local-time.js'
import { cardChoices } from '../card.js'
import { termsOf } from '../terms.js'
import { texts, title } from '../texts.js'
import { readUntil } from '../until.js'
import { findWorker, type WorkerMatch } from '../workers.js'
import { happened, onTurn, refuse, say, toReporters, toWorker, withAttachments } from './shared.js'
import { staffCommand } from './staff.js'

/** 接单: takes a request up. A colleague who takes it becomes responsible. */
export const accept = staffCommand<null>({
  name: 'requests.accept',
  verbs: ['接单', '我来办', '我来', '收到接单'],
  verb: '接',
  help: { say: '接单 0012', does: '接下一件诉求' },
  decide: (request, turn) => {
    if (request.status === 'in_progress' || request.status === 'waiting')
      return refuse(turn, texts.acceptedAlready(request))
    const me = turn.actor.personId ? { id: turn.actor.personId, name: turn.actor.name } : request.worker
    const handler = turn.actor.roles.includes('worker') || !request.worker ? me : request.worker
    const by = handler?.name ?? turn.actor.name
    const instead = request.worker && handler && request.worker.id !== handler.id ? `（代${request.worker.name}）` : ''
    const event = happened({ ...request, worker: handler }, 'accepted', `${by}接单${instead}`, {
      workerId: handler?.id ?? null,
    })
    return {
      events: [event],
      drafts: [
        say(turn, texts.accepted(request, by), {
          subject: event.subject,
          choices: cardChoices(request.number, { accepted: true }),
        }),
        ...toReporters(
          request,
          onTurn(turn, 'accepted'),
          (one) => texts.acceptedToReporter(turn.community?.settings.texts ?? {}, one, by),
          {
            groupText: texts.acceptedInGroup(request, by),
          },
        ),
      ],
    }
  },
})

/** 进展: a word on how it goes, passed on to the reporters. */
export const note = staffCommand<null>({
  name: 'requests.note',
  verbs: ['进展', '处理中', '备注'],
  verb: '写进展的是',
  help: { say: '进展 0012 维保下午到', does: '记一句进展并转告居民' },
  askWords: () => texts.askNote,
  decide: (request, turn, words) => ({
    events: [happened(request, 'noted', `进展：${words}`, { words, ...withAttachments(turn) })],
    drafts: [
      say(turn, texts.noted(request)),
      ...toReporters(request, onTurn(turn, 'noted'), (one) => texts.noteToReporter(one, words)),
    ],
  }),
})

/** 转派: another colleague answers for it from now on. */
export const transfer = staffCommand<WorkerMatch>({
  name: 'requests.transfer',
  verbs: ['转派给', '转派', '转给', '派给'],
  verb: '转',
  help: { say: '转派 0012 李强', does: '转给同事办' },
  askWords: () => texts.askTransfer,
  load: (tx, turn, _request, words) =>
    findWorker(tx, turn.community?.id ?? -1, words.split(/[\s,，]+/)[0] ?? '', turn.now),
  decide: (request, turn, words, match) => {
    const [wanted = '', ...reason] = words.split(/[\s,，]+/)
    if (match.kind === 'none') return refuse(turn, texts.noWorker(wanted))
    if (match.kind === 'several') return refuse(turn, texts.twoWorkers(wanted))
    const to = match.worker
    const from = request.worker?.name ?? '未派人'
    const event = happened(
      { ...request, worker: to },
      'transferred',
      `由${from}转给${to.name}${reason.length > 0 ? `：${reason.join(' ')}` : ''}`,
      {
        workerId: to.id,
        reason: reason.join(' '),
        // The colleague gets the full term to take it up; that to close stays.
        acceptBy: turn.community ? termsOf(request, turn.community, turn.now).acceptBy.toISOString() : null,
      },
    )
    const card = `【转派】${title(request)}\n“${request.text.slice(0, 100)}”${reason.length > 0 ? `\n${turn.actor.name}：${reason.join(' ')}` : ''}`
    return {
      events: [event],
      drafts: [
        say(turn, texts.transferred(request, to.name)),
        toWorker({ ...request, worker: to }, onTurn(turn, 'transferred'), card, {
          choices: cardChoices(request.number, { accepted: false }),
        }),
        ...toReporters(request, onTurn(turn, 'transferred'), (one) => texts.transferredToReporter(one, to.name)),
      ],
    }
  },
})

/** 暂停: waits for something; the term rests until the day named. */
export const pause = staffCommand<null>({
  name: 'requests.pause',
  verbs: ['暂停', '挂起', '等待'],
  verb: '暂停',
  help: { say: '暂停 0012 等配件 到11-25', does: '先放着，到那天提醒您' },
  askWords: () => texts.askPause,
  decide: (request, turn, words) => {
    const zone = turn.community?.timezone ?? 'Asia/Shanghai'
    const until = readUntil(words, turn.now, zone, turn.community?.settings.workHours.from ?? 8.5)
    const reason = until ? until.rest : words
    const day = until ? shortTime(until.at, zone).slice(0, 5) : null
    return {
      events: [
        happened(request, 'paused', `暂停：${reason}${day ? `（到 ${day}）` : ''}`, {
          reason,
          until: until?.at.toISOString() ?? null,
        }),
      ],
      drafts: [
        say(turn, texts.paused(request, day)),
        ...toReporters(request, onTurn(turn, 'paused'), (one) => texts.pausedToReporter(one, reason, day)),
      ],
    }
  },
})

/** 恢复: goes on with what was paused. */
export const resume = staffCommand<null>({
  name: 'requests.resume',
  verbs: ['恢复', '继续办理'],
  verb: '恢复',
  help: { say: '恢复 0012', does: '继续办暂停的诉求' },
  decide: (request, turn) => ({
    events: [happened(request, 'resumed', '继续办理', {})],
    drafts: [say(turn, texts.resumed(request))],
  }),
})
