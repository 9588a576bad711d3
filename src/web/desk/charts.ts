import type { EChartsOption } from 'echarts'
import { svgOf } from '../../charts/render.js'
import { COLOURS } from '../../charts/theme.js'
import type { Ctx } from './env.js'

// No quotes: it stands in an attribute.
const FONT = 'PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Noto Sans SC, sans-serif'
const ROW = 40

/** The picture's colours where the reader's screen is dark: a picture on a page knows of that as the page does. */
const DARK: Readonly<Record<string, string>> = {
  [COLOURS.ink]: '#e6edea',
  [COLOURS.soft]: '#a9b7b2',
  [COLOURS.line]: '#2f3936',
  [COLOURS.rest]: '#2a3431',
  [COLOURS.done]: '#45c4a8',
  [COLOURS.short]: '#f2b36b',
}
const NIGHT = `@media (prefers-color-scheme: dark) {${Object.entries(DARK)
  .map(([day, night]) => `[fill="${day}"]{fill:${night}}[stroke="${day}"]{stroke:${night}}`)
  .join('')}}`

/** An ECharts option as an image of the same origin, which nothing but the page can show. */
export function svgAnswer(c: Ctx, option: EChartsOption, size: { width: number; height: number }): Response {
  const drawn = svgOf(
    { backgroundColor: 'transparent', ...option, textStyle: { fontFamily: FONT, fontSize: 15 } },
    size,
  )
  const svg = drawn.replace(/^<svg[^>]*>/, (head) => `${head}<style>${NIGHT}</style>`)
  // The picture's own styles stand in it; nothing else may come in.
  c.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  return c.body(svg, 200, { 'content-type': 'image/svg+xml; charset=utf-8' })
}

export interface BarRow {
  readonly name: string
  readonly value: number
  /** Drawn behind, as what was to be reached. */
  readonly of?: number
  readonly label: string
}

/** Lying bars with a name before and a figure behind each. */
export function barsOption(rows: readonly BarRow[], most: number): { option: EChartsOption; height: number } {
  const label = { fontSize: 15, color: COLOURS.ink }
  const height = rows.length * ROW + 34
  return {
    height,
    option: {
      grid: { left: 128, right: 96, top: 6, bottom: 28 },
      xAxis: {
        type: 'value',
        max: most,
        axisLabel: { fontSize: 13, color: COLOURS.soft },
        splitLine: { lineStyle: { color: COLOURS.line } },
      },
      yAxis: [
        {
          type: 'category',
          inverse: true,
          data: rows.map((row) => row.name),
          axisTick: { show: false },
          axisLine: { show: false },
          axisLabel: { ...label, width: 118, overflow: 'truncate' },
        },
      ],
      series: [
        {
          type: 'bar',
          data: rows.map((row) => row.of ?? 0),
          barWidth: 20,
          barGap: '-100%',
          itemStyle: { color: COLOURS.rest, borderRadius: 4 },
        },
        {
          type: 'bar',
          data: rows.map((row) => ({
            value: row.value,
            itemStyle: {
              color: row.of !== undefined && row.value < row.of ? COLOURS.short : COLOURS.done,
              borderRadius: 4,
            },
            label: { show: true, position: 'right', formatter: row.label, ...label },
          })),
          barWidth: 20,
        },
      ],
    },
  }
}
