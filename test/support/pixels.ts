import { Resvg } from '@resvg/resvg-js'

export interface Pixels {
  readonly width: number
  readonly height: number
  /** Colour at a point as `#rrggbb`. */
  at(x: number, y: number): string
  /** How many pixels of a rectangle have the colour; all of the picture by default. */
  count(colour: string, area?: { x: number; y: number; width: number; height: number }): number
}

/** Decodes a PNG, so that a test can look at what a reader would see. */
export function pixelsOf(png: Buffer): Pixels {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const href = `data:image/png;base64,${png.toString('base64')}`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}"><image width="${width}" height="${height}" xlink:href="${href}"/></svg>`
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  const at = (x: number, y: number) => {
    const start = (y * width + x) * 4
    return `#${pixels.subarray(start, start + 3).toString('hex')}`
  }
  return {
    width,
    height,
    at,
    count: (colour, area = { x: 0, y: 0, width, height }) => {
      let found = 0
      for (let y = area.y; y < area.y + area.height; y += 1)
        for (let x = area.x; x < area.x + area.width; x += 1) if (at(x, y) === colour) found += 1
      return found
    },
  }
}
