import { writeFileSync } from 'node:fs'
import { withDatabase } from './session.js'
import { texts } from './texts.js'

/**
 * What workers put right, as training lines (`intent category urgent address text`, tab-separated, numbers already masked):
 * on standard output, or into a file below training/ that the next `npm run train` takes in.
 */
export async function listExamples({ out }: { out?: string }): Promise<void> {
  await withDatabase(async ({ read }) => {
    const rows = await read.labelledExample.findMany({ orderBy: { id: 'asc' } })
    const seen = new Set<string>()
    const lines = rows.flatMap((row) => {
      const text = row.text.replace(/\s+/g, ' ').trim()
      // The last verdict on the same words would be as good; one is enough.
      if (text === '' || seen.has(text)) return []
      seen.add(text)
      const parts = [row.building, row.unit, row.room]
      const address = parts.some(Boolean) ? parts.map((part) => part ?? '-').join('/') : '-'
      return [[row.intent, row.category ?? '-', row.urgent ? '!' : '-', address, text].join('\t')]
    })
    if (out) {
      writeFileSync(out, lines.map((line) => `${line}\n`).join(''))
      console.error(texts.examples.written(lines.length, out))
    } else for (const line of lines) console.log(line)
  })
}
