import { Hono } from 'hono'
import { z } from 'zod'
import { act } from '../act.js'
import { type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import type { DeskOptions } from '../options.js'

const nonce = z.string().min(8)
const day = z.iso.date()
const who = z.string().trim().max(40)
/** A colleague's name or number in a sentence of the chat: one word. */
const word = who.default('').transform((name) => name.replace(/\s+/g, ''))
const form = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('decide'), nonce, key: z.string().max(60), agreed: z.enum(['yes', 'no']) }),
  z.object({ verb: z.literal('leave'), nonce, who: word, from: day, to: day, reason: z.string().trim().max(100) }),
  z.object({ verb: z.literal('cover'), nonce, who, grid: z.string().trim().max(40), from: day, to: day }),
  z.object({
    verb: z.literal('goal'),
    nonce,
    who,
    quota: z.coerce.number().int().min(0).max(500),
    now: z.string().optional(),
  }),
])

/** The command of the chat that a form stands for, with its input. */
function callOf(sent: z.infer<typeof form>): { readonly command: string; readonly input: object } {
  switch (sent.verb) {
    case 'decide':
      return { command: 'visits.leave-decide', input: { key: sent.key, agreed: sent.agreed === 'yes' } }
    case 'leave':
      return {
        command: 'visits.leave',
        input: { words: [sent.who, `${sent.from} 到 ${sent.to}`, sent.reason].filter(Boolean).join(' ') },
      }
    case 'cover':
      return { command: 'visits.cover', input: { name: sent.who, grid: sent.grid, span: `${sent.from} 到 ${sent.to}` } }
    case 'goal':
      return { command: 'visits.goal', input: { name: sent.who || null, quota: sent.quota, now: sent.now === 'yes' } }
  }
}

/** Leave, cover and goals, by the commands of the chat. */
export function staffApp(options: DeskOptions): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/staff', async (c) => {
    const { community, works } = c.get('room')
    if (!works) return c.notFound()
    const sent = form.parse(await c.req.parseBody())
    const call = { ...callOf(sent), nonce: sent.nonce, communityId: community.id }
    const outcome = await act(options, c.get('viewer'), call)
    leaveFlash(c, { text: outcome.text, good: outcome.done })
    return c.redirect(pathOf(community.code, 'visits'), 303)
  })
  return app
}
