import { Prisma } from '../../db/generated/sqlite/client.js'
import type { Tx } from '../../db/transaction.js'
import { dialectOf } from '../dialect.js'

/** Whom it is about, by our own ids: all accounts of the person, or the one account nobody has bound. */
export interface DataSubject {
  readonly personId: number | null
  readonly accountIds: readonly number[]
  readonly householdId: number | null
}

/** What the database holds about somebody; the numbers say how much, the words what. */
export interface Holdings {
  readonly names: readonly string[]
  readonly phone: string
  readonly channels: readonly string[]
  readonly home: { readonly building: string; readonly unit: string; readonly room: string } | null
  readonly roles: readonly string[]
  readonly requests: number
  readonly openRequests: number
  readonly joined: number
  readonly ratings: number
  readonly messages: number
  /** Pictures and files they sent that are kept. */
  readonly attachments: number
  readonly entries: number
  readonly views: number
}

/** The person behind an account with all its accounts. */
export async function dataSubjectOf(
  tx: Tx,
  actor: { readonly accountId: number; readonly personId: number | null; readonly householdId: number | null },
): Promise<DataSubject> {
  const { accountId, personId, householdId } = actor
  const accounts = personId === null ? [] : await tx.account.findMany({ where: { personId }, select: { id: true } })
  const accountIds = [...new Set([accountId, ...accounts.map((account) => account.id)])].sort((a, b) => a - b)
  return { personId, accountIds, householdId }
}

/** Looks up everything that is held about somebody. */
export async function findHoldings(tx: Tx, subject: DataSubject): Promise<Holdings> {
  const { personId, householdId } = subject
  const accountIds = [...subject.accountIds]
  const accounts = await tx.account.findMany({ where: { id: { in: accountIds } } })
  const person =
    personId === null ? null : await tx.person.findUnique({ where: { id: personId }, include: { roles: true } })
  const home = householdId === null ? null : await tx.household.findUnique({ where: { id: householdId } })
  const reported = { reporterId: { in: accountIds } }
  let messages = 0
  for (const account of accounts) messages += (await messageIdsOf(tx, account)).length
  return {
    names: [...new Set([person?.name ?? '', ...accounts.map((account) => account.displayName)])].filter(Boolean),
    phone: person?.phone ?? '',
    channels: [...new Set(accounts.map((account) => account.channel))],
    home,
    roles: person?.roles.map((grant) => grant.role) ?? [],
    requests: await tx.request.count({ where: reported }),
    openRequests: await tx.request.count({ where: { ...reported, status: { not: 'closed' } } }),
    joined: await tx.requestReporter.count({ where: { accountId: { in: accountIds }, kind: 'metoo' } }),
    ratings: await tx.satisfaction.count({ where: { accountId: { in: accountIds } } }),
    messages,
    attachments: await tx.attachment.count({ where: { accountId: { in: accountIds }, status: 'kept' } }),
    entries: (await entriesOf(tx, subject)).length,
    views: await tx.accessLog.count({
      where: {
        subject: { in: [`person:${personId ?? 0}`, ...(householdId === null ? [] : [`household:${householdId}`])] },
      },
    }),
  }
}

/** Inbox rows that an account sent. Reads the whole inbox: this is asked rarely, and an index would serve nothing else. */
export async function messageIdsOf(
  tx: Tx,
  account: { readonly channel: string; readonly externalId: string },
): Promise<number[]> {
  const { channel, externalId } = account
  const sender =
    (await dialectOf(tx)) === 'sqlite'
      ? Prisma.sql`json_extract(payload, '$.sender.id')`
      : Prisma.sql`payload->'sender'->>'id'`
  const rows = await tx.$queryRaw<{ id: bigint | number }[]>`
    SELECT id FROM "InboxMessage" WHERE channel = ${channel} AND ${sender} = ${externalId} ORDER BY id`
  return rows.map((row) => Number(row.id))
}

/**
 * Ledger entries with words of the person: what their accounts did, what is about them, and what of their requests or
 * their home names them or tells their words.
 */
export async function entriesOf(
  tx: Tx,
  subject: DataSubject,
): Promise<{ readonly communityId: number; readonly seq: number }[]> {
  const { personId, householdId } = subject
  const accountIds = [...subject.accountIds]
  const accounts = await tx.account.findMany({ where: { id: { in: accountIds } }, include: { person: true } })
  const names = accounts.flatMap((account) => [account.displayName, account.person?.name ?? ''])
  const known = names.filter((name) => name.length >= 2)
  const requests = await tx.request.findMany({ where: { reporterId: { in: accountIds } }, select: { number: true } })
  const about = [...accountIds.map((id) => `account:${id}`), ...(personId === null ? [] : [`person:${personId}`])]
  const naming = { OR: known.map((name) => ({ text: { contains: name } })) }
  const ownRequests = { subject: { in: requests.map(({ number }) => `request:${number}`) } }
  return tx.ledgerEntry.findMany({
    where: {
      erasedAt: null,
      OR: [
        { actor: { in: accountIds.map((id) => `account:${id}`) } },
        { subject: { in: about } },
        { ...ownRequests, type: 'request.logged' },
        { ...ownRequests, ...naming },
        ...(householdId === null ? [] : [{ householdId, ...naming }]),
      ],
    },
    orderBy: [{ communityId: 'asc' }, { seq: 'asc' }],
    select: { communityId: true, seq: true },
  })
}
