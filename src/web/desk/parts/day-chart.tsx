import type { DayCount } from '../today-data.js'

const WIDTH = 560
const HEIGHT = 150
const BASE = 122
const TOP = 10

/** Two bars a day, drawn by hand: no style may stand inline, and so few need no library. A table says the same. */
export const DayChart = ({ days }: { readonly days: readonly DayCount[] }) => {
  const most = Math.max(4, ...days.map((day) => Math.max(day.logged, day.closed)))
  const step = WIDTH / days.length
  const height = (count: number) => (count / most) * (BASE - TOP)
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
        {[0, 0.5, 1].map((part) => (
          <line class="chart-line" x1="0" x2={WIDTH} y1={BASE - part * (BASE - TOP)} y2={BASE - part * (BASE - TOP)} />
        ))}
        {days.map((day, index) => (
          <g>
            <rect
              class="bar-in"
              x={index * step + step * 0.16}
              y={BASE - height(day.logged)}
              width={step * 0.32}
              height={height(day.logged)}
              rx="2"
            />
            <rect
              class="bar-out"
              x={index * step + step * 0.52}
              y={BASE - height(day.closed)}
              width={step * 0.32}
              height={height(day.closed)}
              rx="2"
            />
            {index % 2 === 1 ? (
              <text class="chart-label" x={index * step + step / 2} y={HEIGHT - 6} text-anchor="middle">
                {`${Number(day.day.slice(5, 7))}/${Number(day.day.slice(8))}`}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
      <figcaption>
        <span class="series in">登记 {days.reduce((sum, day) => sum + day.logged, 0)}</span>
        <span class="series out">办结 {days.reduce((sum, day) => sum + day.closed, 0)}</span>
        <details>
          <summary>看表格</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">日期</th>
                <th scope="col" class="num">
                  登记
                </th>
                <th scope="col" class="num">
                  办结
                </th>
              </tr>
            </thead>
            <tbody>
              {days.map((day) => (
                <tr>
                  <th scope="row">{day.day.slice(5)}</th>
                  <td class="num">{day.logged}</td>
                  <td class="num">{day.closed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </figcaption>
    </figure>
  )
}
