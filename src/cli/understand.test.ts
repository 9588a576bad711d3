import { PassThrough, Readable, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { understand } from './understand.js'

async function run(input: string | Iterable<string>): Promise<Record<string, unknown>[]> {
  const output = new PassThrough()
  let text = ''
  output.on('data', (chunk) => {
    text += chunk
  })
  await understand(Readable.from(typeof input === 'string' ? [input] : input), output)
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

test('one flat object a line, in order', async () => {
  const lines = await run('{"text":"3幢2单元501的电梯坏了，麻烦来修"}\n{"text":"早上好"}\n')
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatchObject({
    intent: 'request',
    category: 'facility',
    urgent: false,
    building: '3',
    unit: '2',
    room: '501',
  })
  expect(Object.keys(lines[0] ?? {})).toEqual([
    'intent',
    'category',
    'urgent',
    'building',
    'unit',
    'room',
    'confidence',
    'confidences',
    'reasons',
  ])
  expect(typeof lines[0]?.confidence).toBe('number')
  expect(lines[1]).toMatchObject({ intent: 'chatter', category: null, building: null })
})

test('a faulty line is answered with its fault, and the rest goes on', async () => {
  const lines = await run('not json\n{"text":7}\n[]\n{"text":"x","senderRole":"king"}\n{"text":"早上好"}')
  expect(lines.map((line) => typeof line.error)).toEqual(['string', 'string', 'string', 'string', 'undefined'])
  expect(lines[1]?.error).toContain('text')
})

test('blank lines, a byte order mark, CRLF and a missing last newline are no faults', async () => {
  const lines = await run('\ufeff{"text":"早"}\r\n\r\n   \n{"text":"晚"}')
  expect(lines.map((line) => line.error)).toEqual([undefined, undefined])
})

test('context is used', async () => {
  const [plain, worker] = await run(
    '{"text":"师傅在修了，大家稍等"}\n{"text":"师傅在修了，大家稍等","senderRole":"worker","chatKind":"residents","quoted":"电梯坏了"}',
  )
  expect(worker?.reasons).not.toEqual(plain?.reasons)
})

test('a slow reader is waited for: never more than a batch or two in flight', async () => {
  let most = 0
  let received = 0
  const slow = new Writable({
    highWaterMark: 1024,
    write(chunk: Buffer, _encoding, done) {
      most = Math.max(most, this.writableLength)
      received += chunk.toString().split('\n').length - 1
      setImmediate(done)
    },
  })
  function* many() {
    for (let i = 0; i < 5000; i++) yield '{"text":"早上好"}\n'
  }
  await understand(Readable.from(many()), slow)
  await new Promise<void>((done) => slow.end(done))
  expect(received).toBe(5000)
  expect(most).toBeLessThan(256 * 1024)
})
