import { pathOf } from '../env.js'
import type { readBoard } from '../visits-data.js'
import { Card, Empty } from './common.js'

export const CHART_WIDTH = 640

interface Props {
  readonly code: string
  readonly month: string
  readonly board: Awaited<ReturnType<typeof readBoard>>
  link(workerId: number): string
}

/** Everybody's month as bars, and the same as a table. */
export const BoardCard = ({ code, month, board, link }: Props) => (
  <Card title="每人进度">
    {board.length === 0 ? (
      <Empty>这个月还没有走访。社工私聊机器人发“走访 3-2-501 在 说了什么”就会记上。</Empty>
    ) : (
      <>
        <figure class="chart">
          <img
            src={pathOf(code, `visits/board.svg?month=${month}`)}
            alt="每人见面户数与目标，同下表"
            width={CHART_WIDTH}
            height={board.length * 40 + 34}
          />
        </figure>
        <section class="scroll" tabindex={0} aria-label="每人进度表">
          <table>
            <thead>
              <tr>
                <th scope="col">社工</th>
                <th scope="col" class="num">
                  见到
                </th>
                <th scope="col" class="num">
                  目标
                </th>
                <th scope="col" class="num">
                  未遇
                </th>
                <th scope="col" class="num">
                  拒访
                </th>
                <th scope="col" class="num">
                  电话等
                </th>
                <th scope="col">说明</th>
              </tr>
            </thead>
            <tbody>
              {board.map((row) => (
                <tr>
                  <th scope="row" class="name">
                    <a href={link(row.workerId)}>{row.name}</a>
                  </th>
                  <td class={row.met < row.target ? 'num' : 'num good'}>{row.met}</td>
                  <td class="num">{row.target}</td>
                  <td class="num">{row.notHome}</td>
                  <td class="num">{row.refused}</td>
                  <td class="num">{row.remote}</td>
                  <td>
                    <small class={row.reason ? 'reason' : undefined}>{row.reason}</small>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </>
    )}
  </Card>
)
