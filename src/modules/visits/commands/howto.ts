import { z } from 'zod'
import { command } from '../../../kernel/module.js'
import { say } from '../decide-reply.js'
import { showTexts } from '../decide-words.js'
import { staffWords, VISITORS } from './staff.js'

const HOW =
  /^(?:走访|入户|包片)(?:是什么|是啥|率|怎么|如何|咋|规定|要求|标准|说明|帮助|任务|要走?几户|一个月几户|多少户|的)/

/** 走访怎么记: the few lines a new colleague needs. */
export const howTo = command<object, object>({
  name: 'visits.how-to',
  help: { say: '走访怎么记', does: '看走访怎么记、怎么算', roles: VISITORS },
  roles: VISITORS,
  input: z.object({}),
  match: (turn) => {
    const words = staffWords(turn) ?? ''
    return HOW.test(words) && words.length <= 20 && turn.place.kind !== 'residents' ? {} : null
  },
  load: async () => ({}),
  decide: (_state, turn) => {
    const { quota, backdateDays, tierDays } = turn.community?.settings.visits ?? {}
    return say(turn, 'how-to', showTexts.howTo(quota ?? 30, backdateDays ?? 3, tierDays?.key ?? 30))
  },
})
