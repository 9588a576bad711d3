import { z } from 'zod'
import { responsibleFor, type WorkerView } from '../../../community/responsible.js'
import { instant, type LocalDate, localDate } from '../../../kernel/local-time.js'
import { type CommunityView, command, type Draft } from '../../../kernel/module.js'
import { readNumeral } from '../decide-address.js'
import { readSpan } from '../decide-day.js'
import { reply, say } from '../decide-reply.js'
import { staffLedger, staffTexts } from '../texts-staff.js'
import { colleague } from './people.js'

const COVER =
  /^(?:请)?(?:代管|顶班|代班)[\s:：,，]+(\S+?)[\s,，]+(\S*?(?:区|网格|格|片)|\S*[A-Za-z0-9]+-\d+)[\s,，]*(.*)$/s

type CoverState =
  | { readonly kind: 'stranger' | 'how' | 'past' }
  | { readonly kind: 'grid'; readonly known: readonly string[] }
  | { readonly kind: 'own'; readonly grid: string; readonly person: WorkerView }
  | {
      readonly kind: 'ready'
      readonly community: CommunityView
      readonly person: WorkerView
      readonly holder: WorkerView | null
      readonly grid: { readonly id: number; readonly name: string }
      readonly span: { readonly from: LocalDate; readonly to: LocalDate }
    }

const inputSchema = z.object({ name: z.string(), grid: z.string(), span: z.string() })

/** 代管: a colleague covers a grid for some days; requests and reminders go to them, then back by itself. */
export const cover = command<z.infer<typeof inputSchema>, CoverState | null>({
  name: 'visits.cover',
  help: { say: '代管 李强 2区 11-24 到 11-30', does: '请同事代管网格，到期自动交还', roles: ['manager'] },
  roles: ['manager'],
  input: inputSchema,
  match: (turn) => {
    if (turn.said.kind !== 'text' || turn.place.kind === 'residents') return null
    const found = COVER.exec(turn.said.text.normalize('NFKC').trim())
    if (found) return { name: found[1] ?? '', grid: found[2] ?? '', span: found[3] ?? '' }
    return /^代管(?:$|\s)/.test(turn.said.text) ? { name: '', grid: '', span: '' } : null
  },
  load: async (tx, turn, input) => {
    const { community, now } = turn
    if (!community) return null
    const today = localDate(now, community.timezone)
    const span = readSpan(input.span, today)
    if (input.name === '' || !span) return { kind: 'how' }
    if (span.to < today) return { kind: 'past' }
    const person = await colleague(tx, community, input.name, now)
    if (!person) return { kind: 'stranger' }
    const grids = await tx.grid.findMany({ where: { communityId: community.id }, orderBy: { code: 'asc' } })
    const grid = grids.find((one) => isGrid(one, input.grid))
    if (!grid) return { kind: 'grid', known: grids.map((one) => one.name) }
    const holder = await responsibleFor(tx, grid.id, instant(span.from, 12, 0, community.timezone))
    if (holder?.id === person.id) return { kind: 'own', grid: grid.name, person }
    return { kind: 'ready', community, person, holder, grid: { id: grid.id, name: grid.name }, span }
  },
  decide: (state, turn, input) => {
    if (state?.kind !== 'ready') return say(turn, 'cover', refusalOf(state, input))
    const { community, person, holder, grid, span } = state
    const tell = (id: number, name: string, text: string): Draft => ({
      key: `turn:${turn.inboxId}:cover-${name}`,
      to: { kind: 'person', personId: id, communityId: community.id, privateOnly: true },
      text,
      priority: 'push',
    })
    return {
      events: [
        {
          type: 'visit.cover_set',
          communityId: community.id,
          subject: `grid:${grid.id}`,
          page: 'visits',
          gridId: grid.id,
          workerId: person.id,
          text: staffLedger.cover(person.name, grid.name, span),
          data: { gridId: grid.id, personId: person.id, from: span.from, to: span.to },
        },
      ],
      drafts: [
        reply(turn, 'cover', staffTexts.coverDone(person.name, grid.name, span)),
        tell(person.id, 'to', staffTexts.coverTold(holder?.name ?? null, grid.name, span)),
        ...(holder ? [tell(holder.id, 'from', staffTexts.coverHolder(person.name, grid.name, span))] : []),
      ],
    }
  },
})

function refusalOf(state: Exclude<CoverState, { kind: 'ready' }> | null, input: z.infer<typeof inputSchema>): string {
  switch (state?.kind) {
    case 'past':
      return staffTexts.coverPast
    case 'stranger':
      return staffTexts.noSuchPerson(input.name)
    case 'grid':
      return staffTexts.noSuchGrid(input.grid, state.known)
    case 'own':
      return staffTexts.coverOwn(state.person.name, state.grid)
    default:
      return staffTexts.coverHow
  }
}

/** `2区`, `二区`, `第二网格`, `BH-02` and the grid's own name mean the same. */
function isGrid(grid: { readonly code: string; readonly name: string }, words: string): boolean {
  const wanted = words.toUpperCase()
  if (grid.name === words || grid.code.toUpperCase() === wanted) return true
  const number = (text: string) => {
    const said = /[零〇一二三四五六七八九十\d]+/.exec(text.replace(/^第/, ''))?.[0]
    return said === undefined ? null : readNumeral(said)
  }
  const of = number(words)
  return of !== null && (number(grid.name) === of || String(Number(/\d+$/.exec(grid.code)?.[0] ?? -1)) === of)
}
