import type { Tx } from '../../db/transaction.js'
import type { LocalDate } from '../../kernel/local-time.js'
import type { Cause, DomainEvent } from '../../kernel/module.js'
import { applyStaffEvent } from './apply-staff.js'
import { forgetVisits } from './forget.js'
import { recount, recountGridYear } from './recount.js'
import type { LoggedVisit, MonthView } from './types.js'

/** Carries out the events of this module on its tables. */
export async function applyVisitEvent(tx: Tx, event: DomainEvent, cause: Cause): Promise<void> {
  switch (event.type) {
    case 'visit.logged':
    case 'visit.corrected':
      return insertVisit(tx, event, event.data as LoggedVisit, cause)
    case 'visit.withdrawn':
      return withdraw(tx, event.data as { visitId: number })
    case 'visit.photos_added':
      return addPhotos(tx, event.data as { visitId: number; key: string; photos: LoggedVisit['photos'] }, cause)
    case 'visit.request_linked': {
      const { visitId, number } = event.data as { visitId: number; number: string }
      await tx.visit.update({ where: { id: visitId }, data: { requestNumber: number } })
      return
    }
    case 'visit.request_seen':
      return noteRequestDay(tx, event)
    case 'visit.month_opened':
      return openMonth(tx, event, event.data as MonthView)
    case 'visit.target_changed': {
      const { workerId, month, quota, target, reason, workDays } = event.data as MonthView
      await tx.visitMonth.updateMany({
        where: { workerId, month, closedAt: null },
        data: { quota, target, reason, workDays },
      })
      return
    }
    case 'visit.month_closed': {
      const { month } = event.data as { month: string }
      await tx.visitMonth.updateMany({
        where: { communityId: event.communityId, month, closedAt: null },
        data: { closedAt: cause.now },
      })
      return
    }
    case 'visit.coverage_recounted': {
      const { year } = event.data as { year: number }
      const grids = await tx.grid.findMany({ where: { communityId: event.communityId }, select: { id: true } })
      for (const grid of grids) await recountGridYear(tx, grid.id, event.communityId, year)
      return
    }
    case 'visit.forgotten':
      return forgetVisits(tx, (event.data as { householdId: number }).householdId)
    case 'visit.flagged': {
      const { workerId, day, kind, detail } = event.data as Record<'day' | 'kind' | 'detail', string> & {
        workerId: number
      }
      const row = { communityId: event.communityId, workerId, day, kind, detail }
      await tx.visitFlag.upsert({
        where: { workerId_day_kind: { workerId, day, kind } },
        create: row,
        update: { detail },
      })
      return
    }
    default:
      // visit.request_wanted is for the module that owns requests.
      await applyStaffEvent(tx, event, cause)
  }
}

async function insertVisit(tx: Tx, event: DomainEvent, visit: LoggedVisit, cause: Cause): Promise<void> {
  const { photos, correctsId, ...row } = visit
  if (correctsId !== null) {
    const before = await tx.visit.update({
      where: { id: correctsId },
      data: { status: 'corrected', counted: false },
      select: { workerId: true, householdId: true, communityId: true, day: true },
    })
    await recount(tx, before)
  }
  const counted = visit.outcome === 'met'
  const created = await tx.visit.create({
    data: {
      ...row,
      communityId: event.communityId,
      photos: photos.length,
      correctsId,
      counted,
      status: 'valid',
      loggedAt: cause.now,
    },
    select: { workerId: true, householdId: true, communityId: true, day: true },
  })
  await keepPhotos(tx, visit.key, photos, cause)
  await recount(tx, created)
}

async function withdraw(tx: Tx, { visitId }: { visitId: number }): Promise<void> {
  const row = await tx.visit.update({
    where: { id: visitId },
    data: { status: 'withdrawn', counted: false },
    select: { workerId: true, householdId: true, communityId: true, day: true },
  })
  await recount(tx, row)
}

async function addPhotos(
  tx: Tx,
  { visitId, key, photos }: { visitId: number; key: string; photos: LoggedVisit['photos'] },
  cause: Cause,
): Promise<void> {
  await tx.visit.update({ where: { id: visitId }, data: { photos: { increment: photos.length } } })
  await keepPhotos(tx, key, photos, cause)
}

async function keepPhotos(tx: Tx, key: string, photos: LoggedVisit['photos'], cause: Cause): Promise<void> {
  for (const { channel, reference, mime } of photos)
    await tx.attachment.create({ data: { channel, reference, mime, subject: `visit:${key}`, createdAt: cause.now } })
}

/** A snapshot that stands is never replaced: opening a month twice changes nothing. */
async function openMonth(tx: Tx, event: DomainEvent, view: MonthView): Promise<void> {
  const { workerId, month, fromDay, toDay, quota, target, reason, workDays } = view
  await tx.visitMonth.upsert({
    where: { workerId_month: { workerId, month } },
    create: { workerId, communityId: event.communityId, month, fromDay, toDay, quota, target, reason, workDays },
    update: {},
  })
}

async function noteRequestDay(tx: Tx, event: DomainEvent): Promise<void> {
  const { householdId, day } = event.data as { householdId: number; day: LocalDate }
  await tx.visitHousehold.upsert({
    where: { householdId },
    create: { householdId, communityId: event.communityId, lastRequestDay: day },
    update: { lastRequestDay: day },
  })
}
