import { describe, expect, it } from 'vitest'
import { createLogger } from '../../src/log.js'

function logged(readable: boolean, write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = []
  write(createLogger({ level: 'info', readable, destination: { write: (line) => void lines.push(line) } }))
  return lines.join('')
}

describe('createLogger', () => {
  it('writes one JSON line a word', () => {
    const line = logged(false, (logger) => logger.info({ channel: 'telegram' }, 'connected'))
    expect(JSON.parse(line)).toMatchObject({ level: 'info', channel: 'telegram', msg: 'connected' })
  })

  it('masks tokens, phones and identity numbers wherever they stand', () => {
    const line = logged(false, (logger) =>
      logger.error(
        {
          token: 'plain',
          person: { phone: 13812345678 },
          err: new Error('POST /bot123456789:AAErandomAAErandomAAErandomAAErandom/x'),
        },
        '13987654321 and 11010119900307123X, Authorization: Bearer linli_abc.def',
      ),
    )
    expect(line).not.toMatch(/plain|13812345678|13987654321|19900307|AAErandom|linli_abc/)
    expect(JSON.parse(line)).toMatchObject({ person: { phone: '138****5678' } })
  })

  it('leaves what only looks like a number to hide', () => {
    const line = logged(false, (logger) => logger.info({ at: 1_763_800_000_000, number: 'FD-202611-0001' }, 'ok'))
    expect(JSON.parse(line)).toMatchObject({ at: 1_763_800_000_000, number: 'FD-202611-0001' })
  })

  it('is readable on a terminal, with the stack of an error and no secret', () => {
    const text = logged(true, (logger) =>
      logger.warn({ err: new Error('call 13812345678'), channel: 'wechat' }, 'cannot send'),
    )
    expect(text).toMatch(/^\d\d:\d\d:\d\d WARN {2}cannot send channel=wechat\nError: call 138\*{4}5678\n {4}at /)
  })
})
