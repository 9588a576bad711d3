import { monthRange, shortTime } from '../../../kernel/local-time.js'
import { command } from '../../../kernel/module.js'
import { type ClosePlan, closeDecision, planClose } from '../close-month.js'
import { afterPhrase, readMonth } from '../phrases.js'
import { texts } from '../texts.js'
import { amongColleagues, reply, type WordsInput, wordsInput } from './shared.js'

/** 封账 2026-10: seals a month that is over and posts its fingerprint. */
export const closeMonth = command<WordsInput, ClosePlan | string>({
  name: 'ledger.close',
  help: { say: '封账 2026-10', does: '给过完的一个月封账，指纹发到工作群和街道群', roles: ['manager'] },
  roles: ['manager'],
  input: wordsInput,
  match: (turn) => {
    if (turn.said.kind !== 'text' || !amongColleagues(turn)) return null
    const words = afterPhrase(turn.said.text, ['封账', '月结'])
    return words === null || words.length > 12 ? null : { words }
  },
  load: async (tx, { community, now }, { words }) => {
    if (!community) return texts.noCommunity
    const month = readMonth(words || '上月', now, community.timezone)
    if (!month) return texts.badMonth
    const { to } = monthRange(month, community.timezone)
    if (to > now) return texts.notOver(month, shortTime(to, community.timezone).slice(0, 5))
    const closed = await tx.ledgerClose.findUnique({
      where: { communityId_month: { communityId: community.id, month } },
    })
    if (closed) return texts.closedAlready(month, closed.fingerprint)
    return (await planClose(tx, community, month)) ?? texts.nothingToClose(month)
  },
  decide: (plan, turn) =>
    typeof plan === 'string' || !turn.community ? reply(turn, String(plan)) : closeDecision(turn.community, plan, turn),
})
