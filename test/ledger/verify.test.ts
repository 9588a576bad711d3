import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sealMonths } from '../../src/ledger/close.js'
import { eraseEntries } from '../../src/ledger/erase.js'
import { canonicalJson, contentSeal, type SealedEntry, sealedForm, sealOf } from '../../src/ledger/seal.js'
import { sealedOf } from '../../src/ledger/verify/chain.js'
import { verifyLedger } from '../../src/ledger/verify/index.js'
import { COMMUNITY, type LedgerWorld, NOVEMBER, notes, OCTOBER, openLedgerWorld } from './support.js'

let world: LedgerWorld
beforeEach(async () => {
  world = await openLedgerWorld()
})
afterEach(() => world.close())

/** What a verification finds, as `kind seq[-toSeq]`. */
async function findings(expected?: ReadonlyMap<string, string>): Promise<string[]> {
  const report = await verifyLedger(world.db.read, { expected })
  return report.faults.map(({ kind, seq, toSeq }) => (seq === toSeq ? `${kind} ${seq}` : `${kind} ${seq}-${toSeq}`))
}

const row = (seq: number) =>
  world.db.read.ledgerEntry.findUniqueOrThrow({ where: { communityId_seq: { communityId: COMMUNITY, seq } } })

async function closeOctober(): Promise<string> {
  const community = { id: COMMUNITY, timezone: 'Asia/Shanghai' }
  const [close] = await sealMonths(world.db.read, community, ['2026-10'])
  if (!close) throw new Error('nothing to close')
  await world.db.write((tx) => tx.ledgerClose.create({ data: { ...close, actor: 'person:1', closedAt: NOVEMBER } }))
  const { month, lastSeq, fingerprint } = close
  await world.append([{ type: 'ledger.closed', page: 'ledger', data: { month, lastSeq, fingerprint } }])
  return fingerprint
}

describe('the seal', () => {
  it('is the hash of the canonical form, spelled out', async () => {
    await world.append([{ ...notes(1)[0], subject: '引号"\\\n', householdId: 3, workerId: 4, correctsSeq: 1 }])
    const sealed: SealedEntry = sealedOf(await row(1))
    expect(sealedForm(sealed)).toBe(canonicalJson(sealed))
  })
})

describe('a verification', () => {
  it('finds nothing in a sound ledger of several months, closed and partly erased', async () => {
    await world.append(notes(5), OCTOBER)
    const fingerprint = await closeOctober()
    await world.append(notes(3))
    await world.append([{ type: 'ledger.erased', page: 'ledger', data: { seqs: [2] } }])
    await world.db.write((tx) => eraseEntries(tx, COMMUNITY, [2], NOVEMBER))
    const report = await verifyLedger(world.db.read, { expected: new Map([['BH 2026-10', fingerprint]]) })
    expect(report).toMatchObject({ communities: 1, entries: 10, erased: 1, closes: 1, faults: [], unlisted: 0 })
  })

  it('reads chains longer than one batch', async () => {
    for (let part = 0; part < 5; part += 1) await world.append(notes(450))
    await world.tamper('UPDATE "LedgerEntry" SET "text" = \'改\' WHERE seq = 2150')
    expect(await findings()).toEqual(['changed 2150'])
    expect((await verifyLedger(world.db.read)).entries).toBe(2250)
  }, 60_000)

  it.each([
    ['text', `"text" = '别的话'`],
    ['data', `"data" = '{"a":1}'`],
    ['data that is no JSON of ours', `"data" = '{"z": 2}\n'`],
    ['page', `"page" = 'other'`],
    ['type', `"type" = 'note.other'`],
    ['type with a line break', `"type" = 'note' || char(10) || 'x'`],
    ['subject', `"subject" = 'note:2'`],
    ['grid', `"gridId" = 9`],
    ['household', `"householdId" = 9`],
    ['worker', `"workerId" = NULL, "gridId" = NULL`],
    ['actor', `"actor" = 'account:2'`],
    ['cause', `"inboxId" = 5`],
    ['correction', `"correctsSeq" = 1`],
    ['time', `"at" = "at" + 1`],
    ['salt', `"salt" = 'x'`],
    ['missing salt', `"salt" = NULL`],
    ['content hash', `"contentHash" = hash`],
  ])('names a row whose %s was changed', async (_, assignment) => {
    await world.append(notes(5))
    await world.tamper(`UPDATE "LedgerEntry" SET ${assignment} WHERE seq = 3`)
    const found = await findings()
    expect(new Set(found)).toEqual(new Set(['changed 3']))
  })

  it('names a row that was replaced whole, with a seal of its own', async () => {
    await world.append(notes(5))
    const old = await row(3)
    const text = '改写的话'
    const forged = { ...old, text, contentHash: contentSeal(old.salt ?? '', text, old.data) }
    const { contentHash } = forged
    const hash = sealOf(sealedOf(forged))
    await world.db.write((tx) => tx.ledgerEntry.update({ where: { id: old.id }, data: { text, contentHash, hash } }))
    expect(await findings()).toEqual(['replaced 3'])
  })

  it('names missing rows, in the middle and at the end', async () => {
    await world.append(notes(9))
    await world.tamper('DELETE FROM "LedgerEntry" WHERE seq IN (3, 4, 8, 9)')
    expect(await findings()).toEqual(['missing 3-4', 'missing 8-9'])
  })

  it('names a missing first row', async () => {
    await world.append(notes(3))
    await world.tamper('DELETE FROM "LedgerEntry" WHERE seq = 1')
    expect(await findings()).toEqual(['missing 1'])
  })

  it('names reordered rows and where they stood', async () => {
    await world.append(notes(6))
    await world.tamper(
      'UPDATE "LedgerEntry" SET seq = 100 WHERE seq = 2',
      'UPDATE "LedgerEntry" SET seq = 2 WHERE seq = 5',
      'UPDATE "LedgerEntry" SET seq = 5 WHERE seq = 100',
    )
    const { faults } = await verifyLedger(world.db.read)
    expect(faults.map((fault) => fault.words)).toEqual([
      '第 2 条原是第 5 条，次序被调过',
      '第 5 条原是第 2 条，次序被调过',
    ])
  })

  it('names a row that was put behind the end, and a head that was moved', async () => {
    await world.append(notes(3))
    await world.tamper('UPDATE "LedgerHead" SET seq = 2')
    expect(await findings()).toEqual(['added 3'])
    await world.tamper('UPDATE "LedgerHead" SET seq = 3, hash = \'0\'')
    expect(await findings()).toEqual(['head 3'])
    await world.tamper('DELETE FROM "LedgerHead"')
    expect(await findings()).toEqual(['head null'])
  })

  it('finds a tail that was cut with the head moved back, by the closed month', async () => {
    await world.append(notes(5), OCTOBER)
    await closeOctober()
    const { hash } = await row(3)
    await world.tamper('DELETE FROM "LedgerEntry" WHERE seq > 3', `UPDATE "LedgerHead" SET seq = 3, hash = '${hash}'`)
    expect(await findings()).toContain('missing 4-5')
  })

  it('finds a chain computed anew, by the closed month, and a close made to fit, by the posted fingerprint', async () => {
    await world.append(notes(5), OCTOBER)
    const posted = new Map([['BH 2026-10', await closeOctober()]])
    await rewriteFrom(2)
    expect(await findings()).toEqual(['close 5'])
    await refitClose()
    expect(await findings()).toEqual([])
    expect(await findings(posted)).toEqual(['fingerprint 5'])
  })

  it('holds the closed months against their entries', async () => {
    await world.append(notes(2), OCTOBER)
    await closeOctober()
    await world.tamper('UPDATE "LedgerClose" SET "fingerprint" = \'AAAA-AAAA-AAAA-AAAA\'')
    expect(await findings()).toEqual(['close null', 'close 3'])
    await world.tamper('DELETE FROM "LedgerClose"')
    expect(await findings()).toEqual(['close 3'])
  })

  it('names words that were erased without a record, and erased words that were filled again', async () => {
    await world.append(notes(4))
    await world.db.write((tx) => eraseEntries(tx, COMMUNITY, [2, 3], NOVEMBER))
    expect(await findings()).toEqual(['erased 2', 'erased 3'])
    await world.append([{ type: 'ledger.erased', page: 'ledger', data: { seqs: [2, 3] } }])
    expect(await findings()).toEqual([])
    await world.tamper('UPDATE "LedgerEntry" SET "text" = \'编的\' WHERE seq = 2')
    expect(await findings()).toEqual(['erased 2'])
  })

  /** What a forger with the database in hand would do: change one row and compute everything after it anew. */
  async function rewriteFrom(seq: number): Promise<void> {
    await world.db.write(async (tx) => {
      const rows = await tx.ledgerEntry.findMany({ where: { seq: { gte: seq } }, orderBy: { seq: 'asc' } })
      let prevHash = rows[0]?.prevHash ?? ''
      for (const old of rows) {
        const text = old.seq === seq ? '改写的话' : old.text
        const contentHash = contentSeal(old.salt ?? '', text, old.data)
        const hash = sealOf(sealedOf({ ...old, contentHash, prevHash }))
        await tx.ledgerEntry.update({ where: { id: old.id }, data: { text, contentHash, prevHash, hash } })
        prevHash = hash
      }
      await tx.ledgerHead.updateMany({ data: { hash: prevHash } })
    })
  }

  async function refitClose(): Promise<void> {
    await world.tamper('DELETE FROM "LedgerClose"')
    const community = { id: COMMUNITY, timezone: 'Asia/Shanghai' }
    const [close] = await sealMonths(world.db.read, community, ['2026-10'])
    if (!close) throw new Error('nothing to close')
    await world.db.write(async (tx) => {
      await tx.ledgerClose.create({ data: { ...close, actor: 'person:1', closedAt: NOVEMBER } })
      const { month, lastSeq, fingerprint } = close
      const old = await tx.ledgerEntry.findFirstOrThrow({ where: { type: 'ledger.closed' } })
      const data = { month, lastSeq, fingerprint }
      await tx.ledgerEntry.update({ where: { id: old.id }, data: { data } })
    })
    await rewriteFrom(6)
  }
})
