import { z } from 'zod'
import { command } from '../../../kernel/module.js'
import { pageDefined, pageDropped, readPage } from '../../../ledger/pages/define.js'
import { texts } from '../texts.js'
import { reply } from './shared.js'

const MAX_PAGES = 50

/** Defines a page of the community's own, from JSON: for forms and files, not for chat. */
export const definePage = command<{ json: string }, null>({
  name: 'ledger.define-page',
  roles: ['manager'],
  input: z.object({ json: z.string().max(50_000) }),
  match: () => null,
  load: async () => null,
  decide: (_, turn, { json }) => {
    const { community } = turn
    if (!community) return reply(turn, texts.noCommunity)
    const { page, faults } = readPage(json)
    if (!page) return reply(turn, texts.pageFaults(faults))
    const { pages } = community.settings.ledger
    if (pages.length >= MAX_PAGES && !pages.some((one) => one.page === page.page))
      return reply(turn, texts.pagesFull(MAX_PAGES))
    return { events: [pageDefined(community.id, page)], drafts: reply(turn, texts.pageDefined(page.title)).drafts }
  },
})

/** Takes a page of the community's own away. */
export const dropPage = command<{ page: string }, null>({
  name: 'ledger.drop-page',
  roles: ['manager'],
  input: z.object({ page: z.string().max(40) }),
  match: () => null,
  load: async () => null,
  decide: (_, turn, { page: name }) => {
    const { community } = turn
    const page = community?.settings.ledger.pages.find((one) => one.page === name)
    if (!community || !page) return reply(turn, texts.pageUnknown(name))
    return { events: [pageDropped(community.id, page)], drafts: reply(turn, texts.pageDropped(page.title)).drafts }
  },
})
