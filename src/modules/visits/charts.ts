import { z } from 'zod'
import { render } from '../../charts/render.js'
import { COLOURS } from '../../charts/theme.js'
import { type MadePicture, maker, type Recipe } from '../../kernel/making.js'
import { ranked } from './decide-words.js'
import type { WorkerMonth } from './types.js'

const WIDTH = 720
const ROW = 68
const HEAD = 150
/** More bars nobody reads on a phone; the words below the picture name the rest. */
const MOST = 30

const boardInput = z.object({
  title: z.string(),
  subtitle: z.string(),
  /** Best first, as many as are shown. */
  bars: z
    .array(
      z.object({
        name: z.string(),
        met: z.number(),
        target: z.number(),
        covered: z.number(),
        households: z.number(),
      }),
    )
    .max(MOST),
})
type Board = z.infer<typeof boardInput>

/** The board as it stood when it was asked for: the recipe holds the figures that the picture shows, and no others. */
export const boardMaker = maker<Board>({
  name: 'visits.board',
  input: boardInput,
  make: async (_read, board) => ({ image: await draw(board) }),
})

/** Bars per worker with the goal as a mark on each and the year's coverage beside it. */
export const boardRecipe = (title: string, subtitle: string, workers: readonly WorkerMonth[]): Recipe =>
  boardMaker.recipe({
    title,
    subtitle,
    bars: ranked(workers)
      .slice(0, MOST)
      .map(({ name, met, target, covered, households }) => ({ name, met, target, covered, households })),
  })

/** Green has reached the goal, amber has not. */
async function draw({ title, subtitle, bars: shown }: Board): Promise<MadePicture> {
  const most = Math.max(1, ...shown.map((one) => Math.max(one.met, one.target)))
  const height = HEAD + ROW * shown.length + 70
  const axis = { fontSize: 26, color: COLOURS.ink }
  const png = await render(
    {
      title: {
        text: `${title}（竖线为目标）`,
        subtext: subtitle,
        left: 24,
        top: 18,
        textStyle: { fontSize: 34, fontWeight: 700, color: COLOURS.ink },
        subtextStyle: { fontSize: 24, color: COLOURS.soft },
        itemGap: 12,
      },
      grid: { left: 130, right: 190, top: HEAD - 10, bottom: 64 },
      xAxis: {
        type: 'value',
        max: Math.ceil((most + 1) / 5) * 5,
        minInterval: 5,
        axisLabel: { fontSize: 22, color: COLOURS.soft },
        splitLine: { lineStyle: { color: COLOURS.line } },
      },
      yAxis: [
        {
          type: 'category',
          inverse: true,
          data: shown.map((one) => one.name),
          axisTick: { show: false },
          axisLine: { lineStyle: { color: COLOURS.line } },
          axisLabel: axis,
        },
        {
          type: 'category',
          inverse: true,
          position: 'right',
          data: shown.map((one) => `${one.met}/${one.target} 覆盖${coverage(one)}`),
          axisTick: { show: false },
          axisLine: { show: false },
          axisLabel: { fontSize: 22, color: COLOURS.soft },
        },
      ],
      series: [
        {
          type: 'bar',
          barWidth: 34,
          data: shown.map((one) => ({
            value: one.met,
            itemStyle: { color: one.met >= one.target ? COLOURS.done : COLOURS.short, borderRadius: [0, 6, 6, 0] },
          })),
        },
        {
          type: 'scatter',
          symbol: 'rect',
          symbolSize: [5, 50],
          itemStyle: { color: COLOURS.ink },
          data: shown.map((one) => [one.target, one.name]),
          tooltip: { show: false },
        },
      ],
    },
    { width: WIDTH, height },
  )
  return { bytes: png, mime: 'image/png', alt: `${title}：${subtitle}` }
}

const coverage = ({ covered, households }: Board['bars'][number]): string =>
  households === 0 ? '—' : `${Math.round((covered / households) * 100)}%`
