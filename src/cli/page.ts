import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { modules } from '../app.js'
import { settingsSchema } from '../community/settings.js'
import { carryOut } from '../engine/decision.js'
import { OperatorError } from '../kernel/errors.js'
import type { DomainEvent } from '../kernel/module.js'
import { pageDefined, pageDropped, readPage } from '../ledger/pages/define.js'
import { ledgerPages, paperBalance } from '../ledger/pages/registry.js'
import { ledgerTexts } from './ledger-texts.js'
import { communityByCode, withDatabase } from './session.js'

const { page: texts } = ledgerTexts

/** All pages of a community and the paper ledgers each replaces. */
export async function listPages({ community: code }: { community: string }): Promise<void> {
  await withDatabase(async (db) => {
    const { settings } = await communityByCode(db.read, code)
    const pages = ledgerPages(
      modules.flatMap((module) => module.sheets),
      settingsSchema.parse(settings),
    )
    for (const { page, title, own, replaces } of pages) console.log(texts.line(page, title, own, replaces))
    const { replaced, known, left } = paperBalance(pages)
    console.log(texts.balance(replaced, known))
    for (const { area, names } of left) console.log(texts.left(area, names))
  })
}

/** Adds the page of a JSON file to a community's own, or replaces the one of its name. */
export async function definePage(file: string, { community: code }: { community: string }): Promise<void> {
  const json = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new OperatorError(texts.unreadable(file), { cause: error })
  })
  const { page, faults } = readPage(json)
  if (!page) throw new OperatorError([texts.faulty(file), ...faults].join('\n'))
  await change(code, (communityId) => pageDefined(communityId, page))
  console.log(texts.defined(page.title))
}

/** Takes a page of a community's own away; the entries stay. */
export async function dropPage(name: string, { community: code }: { community: string }): Promise<void> {
  let title = ''
  await change(code, (communityId, settings) => {
    const page = settingsSchema.parse(settings).ledger.pages.find((one) => one.page === name)
    if (!page) throw new OperatorError(texts.unknown(name))
    title = page.title
    return pageDropped(communityId, page)
  })
  console.log(texts.dropped(title))
}

async function change(code: string, eventOf: (communityId: number, settings: unknown) => DomainEvent): Promise<void> {
  await withDatabase(async (db) => {
    const community = await communityByCode(db.read, code)
    const cause = { now: new Date(), inboxId: null, actor: `cli:${userInfo().username}` }
    const events = [eventOf(community.id, community.settings)]
    await db.write((tx) => carryOut(tx, modules, { events, drafts: [] }, cause, null))
  })
}
