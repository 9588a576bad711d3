import { settingsSchema } from '../../community/settings.js'
import type { Tx } from '../../db/transaction.js'
import type { CustomPage } from '../../kernel/custom-page.js'
import { faultsOf } from '../../ledger/pages/define.js'

/** Puts a page among the community's own; one of the same name gives way. */
export const keepPage = (tx: Tx, communityId: number, page: CustomPage): Promise<void> =>
  change(tx, communityId, (pages) => {
    const at = pages.findIndex((one) => one.page === page.page)
    return at < 0 ? [...pages, page] : pages.with(at, page)
  })

/** Takes a page away. */
export const dropPage = (tx: Tx, communityId: number, name: string): Promise<void> =>
  change(tx, communityId, (pages) => pages.filter((one) => one.page !== name))

/**
 * Writes the pages into what the community has set; everything else it has set stays as it is.
 * @throws when the settings would not hold, such as by too many pages.
 */
async function change(
  tx: Tx,
  communityId: number,
  changed: (pages: readonly CustomPage[]) => readonly CustomPage[],
): Promise<void> {
  const { settings } = await tx.community.findUniqueOrThrow({ where: { id: communityId }, select: { settings: true } })
  const stored = (settings ?? {}) as Readonly<Record<string, unknown>>
  const pages = changed(settingsSchema.parse(stored).ledger.pages)
  const next = { ...stored, ledger: { ...(stored.ledger as object | undefined), pages } }
  const { error } = settingsSchema.safeParse(next)
  if (error) throw new Error(faultsOf(error).join('\n'))
  await tx.community.update({ where: { id: communityId }, data: { settings: next as object } })
}
