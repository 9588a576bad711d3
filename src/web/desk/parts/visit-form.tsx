import { z } from 'zod'
import { addDays } from '../../../kernel/local-time.js'
import { type Ctx, pathOf } from '../env.js'
import { Card, PostForm, Select } from './common.js'

interface Home {
  readonly id: number
  readonly building: string
  readonly unit: string
  readonly room: string
}

/** How each outcome is said in the chat: the word before the address, and the one behind it. */
const SAID = {
  met: ['走访', '在家'],
  not_home: ['走访', '没人'],
  refused: ['走访', '拒访'],
  phone: ['电访', ''],
  chat: ['微访', ''],
} as const
const OUTCOMES = [
  { value: 'met', label: '见到' },
  { value: 'not_home', label: '没人' },
  { value: 'refused', label: '拒访' },
  { value: 'phone', label: '电话联系（不算见面）' },
  { value: 'chat', label: '微信联系（不算见面）' },
]
const line = z
  .string()
  .max(300)
  .default('')
  .transform((words) => words.replace(/\s+/g, ' ').trim())
const schema = z.object({
  day: z.iso.date(),
  outcome: z.enum(['met', 'not_home', 'refused', 'phone', 'chat']),
  problem: line,
  measure: line,
  result: line,
})

/** The form as it would be typed in the chat. */
export function visitPhrase(home: Home, form: object): string {
  const { day, outcome, problem, measure, result } = schema.parse(form)
  const [head, state] = SAID[outcome]
  const address = [home.building, home.unit, home.room].filter(Boolean).join('-')
  const words = [problem && `问题：${problem}`, measure && `措施：${measure}`, result && `结果：${result}`].filter(
    Boolean,
  )
  return [head, day, address, state, words.join(' ')].filter(Boolean).join(' ')
}

/** 民情日记: problem, measure, result. */
export const VisitForm = ({ c, home, today }: { readonly c: Ctx; readonly home: Home; readonly today: string }) => {
  const { code, settings } = c.get('room').community
  return (
    <Card title="记一次走访">
      <PostForm c={c} action={pathOf(code, `homes/${home.id}/visit`)} class="stack">
        <Select name="outcome" label="怎么样" options={OUTCOMES} value="met" />
        <label class="field">
          <span>哪天</span>
          <input
            type="date"
            name="day"
            required
            value={today}
            max={today}
            min={addDays(today, -settings.visits.backdateDays)}
          />
        </label>
        <details>
          <summary>问题、措施、结果（可不写）</summary>
          {(['problem', 'measure', 'result'] as const).map((name) => (
            <label class="field">
              <span>{{ problem: '问题', measure: '措施', result: '结果' }[name]}</span>
              <input name={name} maxlength={300} />
            </label>
          ))}
        </details>
        <button class="button main" type="submit">
          记下
        </button>
      </PostForm>
    </Card>
  )
}
