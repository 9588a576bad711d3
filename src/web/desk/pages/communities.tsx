import { type Ctx, pathOf } from '../env.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { Card, Head } from '../parts/common.js'

const DAY_MS = 86_400_000

/** The communities of an officer's reach, those with most overdue first. */
export async function communitiesPage(c: Ctx, { db, clock }: DeskOptions) {
  const now = clock.now()
  const { communities } = c.get('viewer')
  const ids = communities.map((one) => one.id)
  const open = { communityId: { in: ids }, status: { not: 'closed' } }
  const count = async (where: object) => {
    const groups = await db.read.request.groupBy({ by: ['communityId'], where, _count: { _all: true } })
    return new Map(groups.map((group) => [group.communityId, group._count._all]))
  }
  const [opened, urgent, late, closed] = await Promise.all([
    count(open),
    count({ ...open, urgent: true }),
    count({ ...open, NOT: { status: 'waiting' }, closeBy: { lt: now } }),
    count({ communityId: { in: ids }, closedAt: { gte: new Date(now.getTime() - 30 * DAY_MS) } }),
  ])
  const sorted = [...communities].sort((a, b) => (late.get(b.id) ?? 0) - (late.get(a.id) ?? 0))
  return page(c, {
    title: '社区',
    children: (
      <>
        <Head title="社区" note="超时多的排在前面。姓名和电话已隐去。" />
        <Card>
          <section class="scroll" tabindex={0} aria-label="各社区情况">
            <table>
              <thead>
                <tr>
                  <th scope="col">社区</th>
                  <th scope="col">街道</th>
                  <th scope="col" class="num">
                    在办
                  </th>
                  <th scope="col" class="num">
                    紧急
                  </th>
                  <th scope="col" class="num">
                    超时
                  </th>
                  <th scope="col" class="num">
                    近30天办结
                  </th>
                </tr>
              </thead>
              <tbody>
                {sorted.map((one) => (
                  <tr>
                    <th scope="row">
                      <a href={pathOf(one.code, 'today')}>{one.name}</a>
                    </th>
                    <td>{one.subdistrict}</td>
                    <td class="num">{opened.get(one.id) ?? 0}</td>
                    <td class="num">{urgent.get(one.id) ?? 0}</td>
                    <td class={(late.get(one.id) ?? 0) > 0 ? 'num alarm' : 'num'}>{late.get(one.id) ?? 0}</td>
                    <td class="num">{closed.get(one.id) ?? 0}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </Card>
      </>
    ),
  })
}
