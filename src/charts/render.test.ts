import { describe, expect, it } from 'vitest'
import { pixelsOf } from '../../test/support/pixels.js'
import { render } from './render.js'

const title = (text: string) => ({ title: { text, left: 0, top: 0, textStyle: { fontSize: 40, color: '#000000' } } })

describe('pictures', () => {
  it('draws bars in proportion, on white, at the asked size', async () => {
    const png = await render(
      {
        grid: { left: 0, right: 0, top: 0, bottom: 0 },
        xAxis: { type: 'value', max: 100, show: false },
        yAxis: { type: 'category', data: ['李强', '王芳'], show: false },
        series: [{ type: 'bar', data: [25, 75], barWidth: 40, itemStyle: { color: '#2f7d6b' } }],
      },
      { width: 400, height: 200 },
    )
    const pixels = pixelsOf(png)
    expect([pixels.width, pixels.height]).toEqual([400, 200])
    expect(pixels.at(395, 5)).toBe('#ffffff')
    const upper = pixels.count('#2f7d6b', { x: 0, y: 0, width: 400, height: 100 })
    const lower = pixels.count('#2f7d6b', { x: 0, y: 100, width: 400, height: 100 })
    expect(upper / lower).toBeCloseTo(3, 1)
  })

  it('draws Chinese characters, each with its own shape, and none as an empty box', async () => {
    const size = { width: 60, height: 60 }
    const ink = async (text: string) => (await render(title(text), size)).toString('base64')
    const drawn = await Promise.all(['走', '访', '率', '社'].map(ink))
    expect(new Set(drawn).size).toBe(4)
    // A character no font has: whatever stands in for it, ours must not look like that.
    expect(drawn).not.toContain(await ink('\u{10fffd}'))
    const pixels = pixelsOf(Buffer.from(drawn[0] ?? '', 'base64'))
    expect(pixels.count('#000000')).toBeGreaterThan(100)
  })

  it('draws bold where asked, from a face of its own', async () => {
    const size = { width: 200, height: 60 }
    const ink = async (weight: 400 | 700) => {
      const option = { title: { text: '网格走访', textStyle: { fontSize: 40, color: '#000000', fontWeight: weight } } }
      return pixelsOf(await render(option, size)).count('#000000')
    }
    expect(await ink(700)).toBeGreaterThan((await ink(400)) * 1.3)
  })

  it('doubles the pixels by zoom', async () => {
    const pixels = pixelsOf(await render(title('月'), { width: 100, height: 50, zoom: 2 }))
    expect([pixels.width, pixels.height]).toEqual([200, 100])
  })
})
