import { z } from 'zod'
import { addDays, localDate, monthRange } from '../../../kernel/local-time.js'
import { type AnyCommand, type CommunityView, command, type Turn } from '../../../kernel/module.js'
import type { Sheet } from '../../../kernel/sheet.js'
import { hashInspectionToken, newInspectionToken, openInspectionLinks } from '../../../ledger/links.js'
import { type LedgerPage, ledgerPages } from '../../../ledger/pages/registry.js'
import { afterPhrase, type Period, readPeriod } from '../phrases.js'
import { texts } from '../texts.js'
import { amongColleagues, reply, type WordsInput, wordsInput } from './shared.js'

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 7
const MAX_DAYS = 30
/** One row tells where the service is opened in a browser. */
const ADDRESS_ROW = 1

interface Wish {
  readonly label: string
  readonly days: number
  readonly pages: readonly LedgerPage[]
  readonly from: Date
  readonly to: Date
}

/** `市民政局 7天 居民诉求 2026-10` in any order: days, pages and months are known by their looks; the rest is for whom. */
export function readWish(words: string, pages: readonly LedgerPage[], community: CommunityView, now: Date): Wish {
  const { timezone } = community
  const label: string[] = []
  const chosen: LedgerPage[] = []
  let days = DEFAULT_DAYS
  const periods: Period[] = []
  for (const word of words.split(/[\s,，、]+/).filter(Boolean)) {
    const span = /^(\d{1,3})天$/.exec(word)
    const period = readPeriod(word, now, timezone)
    const page = pages.find(
      (one) => one.title === word || one.page === word || (word.length > 1 && one.title.includes(word)),
    )
    if (span) days = Number(span[1])
    else if (period) periods.push(period)
    else if (page) chosen.push(page)
    else label.push(word)
  }
  const year = localDate(now, timezone).slice(0, 4)
  return {
    label: label.join(' ') || '检查组',
    days,
    pages: chosen.length > 0 ? chosen : pages,
    from: earliest(periods.map((period) => period.from)) ?? monthRange(`${year}-01`, timezone).from,
    to: latest(periods.map((period) => period.to)) ?? monthRange(`${year}-12`, timezone).to,
  }
}

const sorted = (dates: readonly Date[]): Date[] => [...dates].sort((a, b) => a.getTime() - b.getTime())
const earliest = (dates: readonly Date[]): Date | undefined => sorted(dates)[0]
const latest = (dates: readonly Date[]): Date | undefined => sorted(dates).at(-1)

interface LinkState {
  readonly url: string | null
  readonly token: string
  readonly open: Awaited<ReturnType<typeof openInspectionLinks>>
}

/** 检查链接 …: a read-only, masked look for an inspector; alone it lists those that are open. */
export const inspectionLink = (sheets: () => readonly Sheet[]): AnyCommand =>
  command<WordsInput, LinkState>({
    name: 'ledger.link',
    help: {
      say: '检查链接 市民政局 7天 居民诉求 2026-10',
      does: '给检查组开一个只读、限时、打码的台账链接；单发“检查链接”看已开的',
      roles: ['manager'],
    },
    roles: ['manager'],
    input: wordsInput,
    match: (turn) => {
      if (turn.said.kind !== 'text' || !amongColleagues(turn)) return null
      const words = afterPhrase(turn.said.text, ['检查链接', '开检查链接'])
      return words === null ? null : { words }
    },
    load: async (tx, turn) => ({
      url: (await tx.serviceAddress.findUnique({ where: { id: ADDRESS_ROW } }))?.url ?? null,
      token: newInspectionToken(),
      open: turn.community ? await openInspectionLinks(tx, turn.community.id, turn.now) : [],
    }),
    decide: (state, turn, { words }) => {
      const { community } = turn
      if (!community) return reply(turn, texts.noCommunity)
      const pages = ledgerPages(sheets(), community.settings)
      if (words === '') return listLinks(turn, state, pages, community.timezone)
      if (turn.place.kind !== 'private') return reply(turn, texts.usePrivate)
      if (!state.url) return reply(turn, texts.linkNoAddress)
      const wish = readWish(words, pages, community, turn.now)
      if (wish.days < 1 || wish.days > MAX_DAYS) return reply(turn, texts.linkDays)
      const expiresAt = new Date(turn.now.getTime() + wish.days * DAY_MS)
      const titles = wish.pages.map((page) => page.title)
      const until = localDate(expiresAt, community.timezone)
      const period = `${localDate(wish.from, community.timezone)} 至 ${addDays(localDate(wish.to, community.timezone), -1)}`
      const url = `${state.url}/inspect/${state.token}`
      return {
        events: [
          {
            type: 'ledger.link_created',
            communityId: community.id,
            subject: `link:${hashInspectionToken(state.token).slice(0, 8)}`,
            page: 'ledger',
            text: texts.linkEvent(wish.label, titles, period, until),
            data: {
              tokenHash: hashInspectionToken(state.token),
              label: wish.label,
              pages: wish.pages.map((page) => page.page),
              from: wish.from.toISOString(),
              to: wish.to.toISOString(),
              expiresAt: expiresAt.toISOString(),
              createdById: turn.actor.personId,
            },
          },
        ],
        drafts: reply(turn, texts.linkMade(url, wish.label, titles, period, until)).drafts,
      }
    },
  })

function listLinks(turn: Turn, { open }: LinkState, pages: readonly LedgerPage[], timezone: string) {
  if (open.length === 0) return reply(turn, texts.noLinks)
  const titleOf = (page: unknown) => pages.find((one) => one.page === page)?.title ?? String(page)
  const lines = open.map((link) =>
    texts.link(
      link.id,
      link.label,
      z.array(z.string()).parse(link.pages).map(titleOf),
      localDate(link.expiresAt, timezone),
      link.views,
    ),
  )
  const choices = open.slice(0, 5).map((link) => ({
    label: `撤销链接 ${link.id}`,
    command: 'ledger.revoke-link',
    input: { id: link.id },
  }))
  return reply(turn, [texts.linkList, ...lines].join('\n'), choices)
}

/** 撤销链接 3: the link opens nothing from now on. */
export const revokeLink = command<{ id: number }, { open: boolean }>({
  name: 'ledger.revoke-link',
  help: { say: '撤销链接 3', does: '提前收回一个检查链接', roles: ['manager'] },
  roles: ['manager'],
  input: z.object({ id: z.number().int().positive() }),
  match: (turn) => {
    if (turn.said.kind !== 'text' || !amongColleagues(turn)) return null
    const found = /^(?:撤销|收回)(?:检查)?链接\s*(\d{1,9})号?$/.exec(turn.said.text.trim())
    return found ? { id: Number(found[1]) } : null
  },
  load: async (tx, { community, now }, { id }) => ({
    open: community !== null && (await openInspectionLinks(tx, community.id, now)).some((link) => link.id === id),
  }),
  decide: ({ open }, turn, { id }) => {
    if (!open || !turn.community) return reply(turn, texts.linkUnknown(id))
    return {
      events: [
        {
          type: 'ledger.link_revoked',
          communityId: turn.community.id,
          subject: `link:${id}`,
          page: 'ledger',
          text: texts.linkRevokedEvent(id),
          data: { id },
        },
      ],
      drafts: reply(turn, texts.linkRevoked(id)).drafts,
    }
  },
})
