/** The limit: read, insert with the deliveries that came in the same turn of the event loop, commit, answer. Nothing else. */
import type { ServerResponse } from 'node:http'
import { openConnection } from '../../../src/db/sqlite-adapter.js'
import { file, serve } from '../serve.js'
import { INSERT, PATH, type Row, rowOf, SECRET, SECRET_HEADER, valuesOf } from '../update.js'

const db = openConnection(file)
const insert = db.prepare(INSERT)
let waiting: { row: Row; response: ServerResponse }[] = []

function commit(): void {
  const batch = waiting
  waiting = []
  db.exec('BEGIN IMMEDIATE')
  for (const { row } of batch) insert.run(valuesOf(row))
  db.exec('COMMIT')
  for (const { response } of batch) response.writeHead(200, { 'content-length': '0' }).end()
}

serve((request, response) => {
  if (request.url !== PATH || request.headers[SECRET_HEADER] !== SECRET) {
    response.writeHead(401).end()
    return
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const row = rowOf(JSON.parse(chunks.length === 1 ? String(chunks[0]) : String(Buffer.concat(chunks))))
    if (waiting.push({ row, response }) === 1) setImmediate(commit)
  })
})
