import type { Draft, Turn } from '../../kernel/module.js'
import { reply } from './decide-reply.js'
import { logTexts } from './texts.js'
import type { LogState, Photos, PreparedSlip, Resolution, Slip } from './types.js'

/** Which household? With buttons for the likely ones; a tap goes on with all the slips that wait. */
export function question(state: LogState, turn: Turn, one: PreparedSlip, rest: readonly Slip[], photos: Photos): Draft {
  const { resolution, slip } = one
  const offered =
    resolution.kind === 'several' || resolution.kind === 'near'
      ? resolution.households
      : resolution.kind === 'empty' && !isWholeHouse(slip)
        ? state.suggestions.slice(0, 4)
        : []
  const text = questionText(resolution, slip, offered.length > 0)
  const blank = resolution.kind === 'empty' && slip.text === ''
  return {
    ...reply(turn, 'which', rest.length > 0 ? `${text}${logTexts.alsoWaiting(rest.length)}` : text),
    choices: offered.map((household) => ({
      label: logTexts.household(household),
      ...(blank
        ? { command: 'visits.start', input: { householdId: household.id } }
        : { command: 'visits.log', input: { slips: [{ ...slip, householdId: household.id }, ...rest], photos } }),
    })),
  }
}

function questionText(resolution: Resolution, slip: Slip, offers: boolean): string {
  switch (resolution.kind) {
    case 'several':
      return logTexts.whichOf(resolution.asked)
    case 'near':
      return logTexts.near(resolution.asked)
    case 'none':
      return logTexts.notFound(resolution.asked)
    default:
      if (isWholeHouse(slip)) return logTexts.oneByOne
      return offers ? logTexts.whichHousehold : logTexts.whichHouseholdPlain
  }
}

/** 整幢都走了: nobody can tell which homes that were. */
export const isWholeHouse = (slip: Slip): boolean =>
  slip.name === null && /所有|每一?户|全部|整[幢栋楼个]|挨家挨户|一遍|各家|家家/.test(slip.text)
