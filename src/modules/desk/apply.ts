import { z } from 'zod'
import type { Tx } from '../../db/transaction.js'
import type { Cause, DomainEvent } from '../../kernel/module.js'
import { withValue } from './settings.js'

const asked = z.object({
  tokenHash: z.string(),
  accountId: z.number(),
  personId: z.number(),
  outboxKey: z.string(),
  expiresAt: z.string(),
})
const setting = z.object({
  path: z.string(),
  before: z.union([z.number(), z.string(), z.null()]),
  after: z.union([z.number(), z.string(), z.null()]),
  personId: z.number(),
  reason: z.string(),
})
const roleChange = z.object({ personId: z.number(), role: z.string() })
const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

export async function applyDeskEvent(tx: Tx, event: DomainEvent, cause: Cause): Promise<void> {
  switch (event.type) {
    case 'desk.login_asked': {
      const { expiresAt, ...link } = asked.parse(event.data)
      await tx.loginLink.create({ data: { ...link, createdAt: cause.now, expiresAt: new Date(expiresAt) } })
      return
    }
    case 'desk.signed_out_all': {
      const { personId } = z.object({ personId: z.number() }).parse(event.data)
      await tx.webSession.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: cause.now } })
      return
    }
    case 'desk.setting_changed': {
      const { path, before, after, personId, reason } = setting.parse(event.data)
      const { settings } = await tx.community.findUniqueOrThrow({ where: { id: event.communityId } })
      await tx.community.update({
        where: { id: event.communityId },
        data: { settings: withValue(settings, path, after ?? undefined) as object },
      })
      await tx.settingChange.create({
        data: {
          communityId: event.communityId,
          path,
          before: json(before),
          after: json(after),
          personId,
          reason,
          at: cause.now,
        },
      })
      return
    }
    case 'desk.role_granted': {
      const { personId, role } = roleChange.parse(event.data)
      const key = { personId, role, scopeKind: 'community', scopeId: event.communityId }
      await tx.roleGrant.upsert({
        where: { personId_role_scopeKind_scopeId: key },
        create: { ...key, startsAt: cause.now },
        update: { startsAt: cause.now, endsAt: null },
      })
      return
    }
    case 'desk.role_ended': {
      const { personId, role } = roleChange.parse(event.data)
      await tx.roleGrant.updateMany({
        where: { personId, role, scopeKind: 'community', scopeId: event.communityId },
        data: { endsAt: cause.now },
      })
      return
    }
    case 'desk.unbound': {
      const { accountId } = z.object({ accountId: z.number() }).parse(event.data)
      await tx.account.update({ where: { id: accountId }, data: { personId: null } })
      await tx.webSession.updateMany({ where: { accountId, revokedAt: null }, data: { revokedAt: cause.now } })
      return
    }
    case 'desk.grid_assigned': {
      const { gridId, personId } = z.object({ gridId: z.number(), personId: z.number() }).parse(event.data)
      await tx.gridAssignment.updateMany({
        where: { gridId, kind: 'holder', endsAt: null },
        data: { endsAt: cause.now },
      })
      await tx.gridAssignment.create({ data: { gridId, personId, startsAt: cause.now, reason: '工作台指定' } })
      return
    }
    default:
      throw new Error(`the desk cannot apply ${event.type}`)
  }
}
