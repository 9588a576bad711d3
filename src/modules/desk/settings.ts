import { z } from 'zod'
import { settingsSchema } from '../../community/settings.js'
import { command, type Decision, type Turn } from '../../kernel/module.js'
import { texts } from './texts.js'

const input = z.object({
  /** Such as terms.urgentAcceptMinutes. */
  path: z.string().regex(/^[a-zA-Z_]+(\.[a-zA-Z_]+)*$/),
  /** How people call it. */
  label: z.string().max(60),
  /** Null goes back to the default. */
  value: z.union([z.number(), z.string().max(200), z.null()]),
  reason: z.string().max(200).default(''),
})
type Input = z.infer<typeof input>

type Tree = Readonly<Record<string, unknown>>

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands at a path; undefined where nothing does. */
export function valueAt(tree: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, key) => (isTree(found) ? found[key] : undefined), tree)
}

/** The tree with another value at the path; undefined takes it out. */
export function withValue(tree: unknown, path: string, value: unknown): Tree {
  const [key = '', ...rest] = path.split('.')
  const { [key]: old, ...others } = isTree(tree) ? tree : {}
  const child = rest.length > 0 ? withValue(old, rest.join('.'), value) : value
  const empty = child === undefined || (isTree(child) && Object.keys(child).length === 0)
  return empty ? others : { ...others, [key]: child }
}

interface State {
  readonly known: boolean
  readonly fault: string | null
  /** What was set before; undefined where the default held. */
  readonly before: unknown
}

/** What is wrong with a value, in words a manager understands. */
function faultOf(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case 'too_big':
      return texts.atMost(Number(issue.maximum))
    case 'too_small':
      return texts.atLeast(Number(issue.minimum), issue.inclusive !== false)
    case 'invalid_type':
      return texts.wholeNumber
    default:
      return issue?.code === 'custom' ? issue.message : texts.wrongKind
  }
}

const shown = (value: unknown): string => (value === undefined || value === null ? texts.standard : String(value))

const answer = (turn: Turn, text: string): Decision => ({
  events: [],
  drafts: [{ key: `turn:${turn.inboxId}:setting`, to: { kind: 'here' }, text, priority: 'reply' }],
})

/** Sets one figure of the community. What varies by place and year is the manager's to decide, on the record. */
export const changeSetting = command<Input, State>({
  name: 'desk.change-setting',
  roles: ['manager'],
  input,
  match: () => null,
  load: async (tx, turn, { path, value }) => {
    const row = await tx.community.findUnique({ where: { id: turn.community?.id ?? -1 }, select: { settings: true } })
    const standard = valueAt(settingsSchema.parse({}), path)
    const tried = settingsSchema.safeParse(withValue(row?.settings, path, value ?? undefined))
    return {
      known: standard !== undefined && !isTree(standard),
      fault: tried.success ? null : faultOf(tried.error.issues[0]),
      before: valueAt(row?.settings, path),
    }
  },
  decide: ({ known, fault, before }, turn, { path, label, value, reason }) => {
    if (!turn.community) return answer(turn, texts.noCommunity)
    if (!known) return answer(turn, texts.unknownSetting)
    if (fault !== null) return answer(turn, texts.badValue(label, fault))
    if ((before ?? null) === value) return answer(turn, texts.sameValue(label))
    return {
      ...answer(turn, texts.changed(label)),
      events: [
        {
          type: 'desk.setting_changed',
          communityId: turn.community.id,
          subject: `setting:${path}`,
          page: 'settings',
          text: texts.changedEntry(label, shown(before), shown(value), reason),
          data: { path, before: before ?? null, after: value, personId: turn.actor.personId, reason },
        },
      ],
    }
  },
})
