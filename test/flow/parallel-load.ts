import { expect } from 'vitest'
import { takeAccount } from '../../src/inbox/accounting.js'
import type { IncomingInput } from '../../src/kernel/message.js'
import { verifyLedger } from '../../src/ledger/verify/index.js'
import { type Rig, words } from './rig.js'

const CONVERSATIONS = 50
const EACH = 6

/** 300 reports of 50 people at once, each naming who said it and as which of theirs. */
export function manyReports(): IncomingInput[] {
  const reports: IncomingInput[] = []
  for (let turn = 1; turn <= EACH; turn += 1)
    for (let who = 1; who <= CONVERSATIONS; who += 1)
      reports.push(
        words(`报事 3幢2单元电梯坏了，邻居${who}第${turn}次说`, {
          sender: { id: `neighbour-${who}`, name: `邻居${who}` },
        }),
      )
  return reports
}

/** Hands them over in many small batches without waiting, and checks what came of it. */
export async function provesParallelLoad(rig: Rig): Promise<void> {
  const reports = manyReports()
  const batches = Array.from({ length: reports.length / 5 }, (_, index) => reports.slice(index * 5, index * 5 + 5))
  await Promise.all(batches.map((batch) => rig.receive(batch)))
  await rig.service.idle()

  const requests = await rig.db.read.request.findMany({ orderBy: { id: 'asc' } })
  expect(requests.map((one) => one.number)).toEqual(
    reports.map((_, index) => `BH-202611-${String(index + 1).padStart(4, '0')}`),
  )
  const said = requests.map((one) => /邻居(\d+)第(\d+)次/.exec(one.text)?.slice(1).map(Number) ?? [])
  for (let who = 1; who <= CONVERSATIONS; who += 1)
    expect(said.filter(([by]) => by === who).map(([, turn]) => turn)).toEqual([1, 2, 3, 4, 5, 6])
  // Side by side: nobody's second report waits until all of another's are done.
  const firstDone = said.findIndex(([, turn]) => turn === EACH)
  expect(new Set(said.slice(0, firstDone).map(([by]) => by)).size).toBeGreaterThan(CONVERSATIONS / 2)

  expect((await verifyLedger(rig.db.read)).faults).toEqual([])
  expect(await rig.db.read.ledgerEntry.count()).toBe(reports.length)
  expect(await takeAccount(rig.db, { count: 0, stored: 0 })).toMatchObject({
    received: reports.length,
    acted: reports.length,
    waiting: 0,
    setAside: 0,
    balanced: true,
  })
  for (let who = 1; who <= CONVERSATIONS; who += 1) {
    const answers = rig.sent.filter((one) => one.conversation === `private:neighbour-${who}`)
    expect(answers.map((one) => /BH-\d+-(\d+)/.exec(one.message.text)?.[1])).toEqual(
      requests.filter((_, index) => said[index]?.[0] === who).map((one) => one.number.slice(-4)),
    )
  }
  expect(rig.errors).toEqual([])
}
