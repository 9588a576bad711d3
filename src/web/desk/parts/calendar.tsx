import { local } from '../../../kernel/local-time.js'

interface CalendarProps {
  readonly month: string
  readonly today: string
  readonly chosen: string
  readonly days: ReadonlyMap<string, { readonly met: number; readonly other: number }>
  link(day: string): string
}

/** A month of days, each with how many were met. */
export const Calendar = ({ month, today, chosen, days, link }: CalendarProps) => {
  const first = local(new Date(`${month}-01T12:00:00Z`), 'utc')
  const cells = [
    ...Array.from({ length: first.weekday - 1 }, () => null),
    ...Array.from({ length: first.daysInMonth ?? 30 }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`),
  ]
  while (cells.length % 7 > 0) cells.push(null)
  const weeks = Array.from({ length: cells.length / 7 }, (_, index) => cells.slice(index * 7, index * 7 + 7))
  return (
    <table class="calendar">
      <thead>
        <tr>
          {[...'一二三四五六日'].map((name) => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr>
            {week.map((day) => {
              const count = day ? days.get(day) : undefined
              if (!day) return <td></td>
              const number = Number(day.slice(8))
              return (
                <td
                  class={[day === today ? 'today' : '', day === chosen ? 'chosen' : '', count?.met ? 'met' : ''].join(
                    ' ',
                  )}
                >
                  {count ? (
                    <a href={link(day)}>
                      {number}
                      <span class="unseen">日见到</span>
                      <b>{count.met}</b>
                      <span class="unseen">户，其他 {count.other} 次</span>
                    </a>
                  ) : (
                    <span>{number}</span>
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
