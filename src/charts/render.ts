import { createRequire } from 'node:module'
import { renderAsync } from '@resvg/resvg-js'
import type { EChartsOption } from 'echarts'

/** The one font of our pictures: shipped in a package, since servers have no Chinese font. */
export const CHART_FONT = 'Noto Sans SC'

const require = createRequire(import.meta.url)
/** By `require` the package gives its single file, which loads in a sixth of the time of its many; and on first use only. */
const echarts = () => require('echarts') as typeof import('echarts')
const fontFiles = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'].map((file) =>
  require.resolve(`@expo-google-fonts/noto-sans-sc/${file}`),
)

/** In CSS pixels. Phones show a picture about 360 wide: 720 with letters of 24 and more stays readable there. */
export interface PictureSize {
  readonly width: number
  readonly height: number
  /** Pixels of the PNG for one of these; default 1. */
  readonly zoom?: number
}

/**
 * Draws an ECharts option as PNG, without a browser: ECharts writes SVG, resvg rasterises it off the main thread.
 * White ground, no animation and our font unless the option says otherwise.
 */
export async function render(option: EChartsOption, size: PictureSize): Promise<Buffer> {
  const image = await renderAsync(svgOf(option, size), {
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: CHART_FONT },
    fitTo: { mode: 'zoom', value: size.zoom ?? 1 },
  })
  return image.asPng()
}

/** The same as SVG, for pages: browsers bring their own fonts. */
export function svgOf(option: EChartsOption, { width, height }: PictureSize): string {
  const chart = echarts().init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({
      backgroundColor: '#ffffff',
      animation: false,
      ...option,
      textStyle: { fontFamily: CHART_FONT, fontSize: 24, ...option.textStyle },
    })
    return chart.renderToSVGString()
  } finally {
    // A chart that is not disposed of keeps a timer, and with it the process.
    chart.dispose()
  }
}
