import type { SandboxConversation, SandboxDirectory, SandboxPerson } from '../../channels/sandbox/types.js'
import { PRIVATE } from '../../channels/sandbox/view.js'
import type { Reader } from '../../db/transaction.js'
import { roleLabels, texts } from './texts.js'

const CHANNEL = 'sandbox'

/** What a list of made-up people knows beyond the database: their groups, and how to call their role. */
export interface KnownPerson {
  readonly id: string
  readonly role: string | null
  readonly roleLabel: string
  readonly groups: readonly string[]
}

/** The strongest first: the one a person is shown with. */
const BY_STRENGTH = ['officer', 'surveyor', 'manager', 'coordinator', 'worker'] as const

/**
 * Everybody with a sandbox account and all sandbox groups. Who is in which group only the list of known people tells;
 * somebody it does not know is in the groups their role would bring them to.
 */
export function sandboxDirectory(
  read: Reader,
  known: readonly KnownPerson[],
  now: () => Date,
): () => Promise<SandboxDirectory> {
  const knownById = new Map(known.map((person) => [person.id, person]))
  const place = new Map(known.map(({ id }, index) => [id, index]))
  const rank = (id: string) => place.get(id) ?? known.length

  return async () => {
    const at = now()
    const inForce = { startsAt: { lte: at }, OR: [{ endsAt: null }, { endsAt: { gt: at } }] }
    const [accounts, chats] = await Promise.all([
      read.account.findMany({
        where: { channel: CHANNEL },
        include: { person: { include: { household: true, roles: { where: inForce } } } },
        orderBy: { id: 'asc' },
      }),
      read.chat.findMany({
        where: { channel: CHANNEL, active: true, kind: { not: 'private' } },
        orderBy: { id: 'asc' },
      }),
    ])
    const members = new Map<string, string[]>(chats.map(({ externalId }) => [externalId, []]))
    const people = accounts
      .map(({ externalId, displayName, person }): SandboxPerson => {
        const granted = new Set(person?.roles.map(({ role }) => role))
        const role = BY_STRENGTH.find((one) => granted.has(one)) ?? (person ? 'resident' : 'stranger')
        const hint = knownById.get(externalId)
        const groups = hint?.groups ?? chats.filter(({ kind }) => belongs(role, kind)).map((chat) => chat.externalId)
        for (const group of groups) members.get(group)?.push(externalId)
        const label = hint && (hint.role ?? 'stranger') === role ? hint.roleLabel : roleLabels[role]
        return { externalId, name: displayName || externalId, role, roleLabel: label, home: homeOf(person?.household) }
      })
      .sort((a, b) => rank(a.externalId) - rank(b.externalId))
    const groups = chats.map(
      ({ externalId, name, kind }): SandboxConversation => ({
        id: externalId,
        name: name || externalId,
        kind,
        members: members.get(externalId) ?? [],
      }),
    )
    const privates = people.map(
      ({ externalId }): SandboxConversation => ({
        id: `${PRIVATE}${externalId}`,
        name: texts.botName,
        kind: 'private',
        members: [externalId],
      }),
    )
    return { people, conversations: [...groups, ...privates] }
  }
}

function belongs(role: string, kind: string): boolean {
  if (kind === 'workers') return role === 'worker' || role === 'coordinator' || role === 'manager'
  if (kind === 'subdistrict') return role === 'manager' || role === 'officer'
  return role !== 'officer'
}

function homeOf(household: { building: string; unit: string; room: string } | null | undefined): string {
  if (!household) return ''
  const { building, unit, room } = household
  return `${building}幢${unit ? `${unit}单元` : ''}${room}`
}
