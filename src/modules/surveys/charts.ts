import type { EChartsOption } from 'echarts'
import { CHART_FONT, type PictureSize } from '../../charts/render.js'
import { COLOURS } from '../../charts/theme.js'

/** One line of a block: a bar of 0–100 with its interval, and what is written at its end. */
export interface Bar {
  readonly label: string
  /** Null: not shown, such as a group that is too small. */
  readonly value: number | null
  readonly low?: number
  readonly high?: number
  readonly words: string
  readonly strong?: boolean
}

export interface Block {
  readonly title: string
  readonly bars: readonly Bar[]
}

export interface Picture {
  readonly option: EChartsOption
  readonly size: PictureSize
}

const WIDTH = 720
const LABELS = 216
const MARGIN = 28
/** Room at the end of a bar for its words. */
const WORDS = 150
const BAR = 50
const HEAD = 128
const BLOCK_HEAD = 52
const BLOCK_GAP = 26

/** A title, a line of figures, and blocks of bars under each other: what a phone shows without zooming. */
export function barsPicture(title: string, subtitle: string, blocks: readonly Block[], foot: string): Picture {
  const tops: number[] = []
  let top = HEAD
  for (const block of blocks) {
    tops.push(top + BLOCK_HEAD)
    top += BLOCK_HEAD + block.bars.length * BAR + BLOCK_GAP
  }
  const height = top + 44
  const text = (words: string, y: number, size: number, weight: string, colour: string) => ({
    type: 'text' as const,
    left: MARGIN,
    top: y,
    style: {
      ...{ text: words, fontSize: size, fontWeight: weight as 'normal', fill: colour, fontFamily: CHART_FONT },
      ...{ width: WIDTH - 2 * MARGIN, overflow: 'break' as const, lineHeight: size * 1.3 },
    },
  })
  const option: EChartsOption = {
    graphic: [
      text(title, 22, 32, 'bold', COLOURS.ink),
      text(subtitle, 72, 22, 'normal', COLOURS.soft),
      ...blocks.map((block, index) => text(block.title, (tops[index] ?? 0) - 42, 24, 'bold', COLOURS.ink)),
      text(foot, height - 42, 18, 'normal', COLOURS.soft),
    ],
    grid: blocks.map((block, index) => ({
      ...{ left: MARGIN + LABELS, right: MARGIN + WORDS, top: tops[index] ?? 0, height: block.bars.length * BAR },
    })),
    xAxis: blocks.map((_, gridIndex) => ({
      ...{ gridIndex, type: 'value', min: 0, max: 100, axisLabel: { show: false }, splitLine: { show: false } },
      ...{ axisLine: { show: false }, axisTick: { show: false } },
    })),
    yAxis: blocks.map((block, gridIndex) => ({
      ...{ gridIndex, type: 'category', inverse: true, data: block.bars.map((bar) => shorten(bar.label)) },
      ...{ axisLine: { show: false }, axisTick: { show: false } },
      axisLabel: {
        fontSize: 22,
        color: COLOURS.ink,
        width: LABELS - 16,
        overflow: 'break',
        lineHeight: 25,
        margin: 14,
      },
    })),
    series: blocks.flatMap((block, index) => [barSeries(block, index), whiskers(block, index)]),
  } as EChartsOption
  return { option, size: { width: WIDTH, height, zoom: 1.5 } }
}

/** Two lines of labels are all there is room for. */
const shorten = (label: string): string => {
  const head = label.replace(/[（(].*$/, '').trim() || label
  return head.length > 16 ? `${head.slice(0, 15)}…` : head
}

const barSeries = (block: Block, index: number) => ({
  type: 'bar',
  xAxisIndex: index,
  yAxisIndex: index,
  barWidth: 26,
  showBackground: true,
  backgroundStyle: { color: COLOURS.rest, borderRadius: 4 },
  data: block.bars.map((bar) => ({
    value: bar.value ?? 0,
    itemStyle: { color: bar.strong ? COLOURS.done : COLOURS.second, borderRadius: 4 },
  })),
  silent: true,
})

/** The interval as a thin line over its bar, and the figure beside the bar's end of the scale. */
const whiskers = (block: Block, index: number) => ({
  type: 'custom',
  xAxisIndex: index,
  yAxisIndex: index,
  silent: true,
  z: 5,
  clip: false,
  data: block.bars.map((bar, row) => [row, bar.low ?? bar.value ?? 0, bar.high ?? bar.value ?? 0]),
  renderItem: (_: unknown, api: { value(i: number): number; coord(point: number[]): number[] }) => {
    const row = api.value(0)
    const bar = block.bars[row]
    const [left = 0, y = 0] = api.coord([api.value(1), row])
    const [right = 0] = api.coord([api.value(2), row])
    const [end = 0] = api.coord([100, row])
    const line = (x1: number, y1: number, x2: number, y2: number) => ({
      type: 'line',
      shape: { x1, y1, x2, y2 },
      style: { stroke: COLOURS.ink, lineWidth: 2.5 },
    })
    const words = {
      type: 'text',
      style: {
        ...{ text: bar?.words ?? '', x: end + 12, y, fontSize: 22, fontFamily: CHART_FONT, verticalAlign: 'middle' },
        ...{ fill: bar?.value === null ? COLOURS.soft : COLOURS.ink, fontWeight: 'bold' },
      },
    }
    const shown = bar?.value !== null && right - left > 3
    const marks = shown
      ? [line(left, y, right, y), line(left, y - 7, left, y + 7), line(right, y - 7, right, y + 7)]
      : []
    return { type: 'group', children: [...marks, words] }
  },
})

/** `布置工作任务` in two lines of three signs: it is read upright, as everything else. */
const inTwoLines = (label: string): string => {
  const half = Math.ceil(label.length / 2)
  return label.length > 3 ? `${label.slice(0, half)}\n${label.slice(half)}` : label
}

/** Rows by columns, coloured from low to high; the marks stand in their fields. */
export function heatPicture(
  title: string,
  subtitle: string,
  rows: readonly string[],
  columns: readonly string[],
  values: readonly (readonly (number | null)[])[],
): Picture {
  const CELL = 74
  const LEFT = 190
  const TOP = 196
  const width = LEFT + columns.length * CELL + MARGIN
  const height = TOP + rows.length * 56 + 70
  const data = values.flatMap((line, row) =>
    line.map((value, column) => [column, row, value === null ? '-' : Math.round(value)]),
  )
  const option = {
    title: {
      ...{ text: title, subtext: subtitle, left: MARGIN, top: 18, itemGap: 12 },
      ...{ textStyle: { fontSize: 32, color: COLOURS.ink, fontFamily: CHART_FONT } },
      ...{ subtextStyle: { fontSize: 22, color: COLOURS.soft, fontFamily: CHART_FONT } },
    },
    grid: { left: LEFT, right: MARGIN, top: TOP, bottom: 70 },
    xAxis: {
      ...{
        type: 'category',
        position: 'top',
        data: columns.map(inTwoLines),
        axisLine: { show: false },
        axisTick: { show: false },
      },
      axisLabel: { fontSize: 20, lineHeight: 24, color: COLOURS.ink, interval: 0 },
    },
    yAxis: {
      ...{ type: 'category', inverse: true, data: rows, axisLine: { show: false }, axisTick: { show: false } },
      axisLabel: { fontSize: 22, color: COLOURS.ink, interval: 0 },
    },
    visualMap: {
      ...{ min: 40, max: 100, orient: 'horizontal', left: LEFT, bottom: 12, itemWidth: 18, itemHeight: 220 },
      ...{ text: ['100', '40'], textStyle: { fontSize: 18, fontFamily: CHART_FONT }, calculable: false },
      inRange: { color: ['#c0392b', '#f2c58c', '#fdf6e3', '#9fd0bd', '#2f7d6b'] },
    },
    series: [
      {
        ...{ type: 'heatmap', data, itemStyle: { borderColor: '#fff', borderWidth: 3 } },
        label: { show: true, fontSize: 22, color: COLOURS.ink, fontFamily: CHART_FONT },
      },
    ],
  } as EChartsOption
  return { option, size: { width, height, zoom: 1.25 } }
}
