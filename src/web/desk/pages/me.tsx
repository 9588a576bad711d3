import { sessionsOf } from '../../session/store.js'
import { type Ctx, HOME } from '../env.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { Card, Head, PostForm, Time } from '../parts/common.js'

const ZONE = 'Asia/Shanghai'

/** Browsers that are signed in, each to be ended with one press. */
export async function mePage(c: Ctx, { db, clock }: DeskOptions) {
  const viewer = c.get('viewer')
  const sessions = await sessionsOf(db, viewer.personId, clock.now())
  const timezone = viewer.communities[0]?.timezone ?? ZONE
  return page(c, {
    title: '我的登录',
    children: (
      <>
        <Head title={viewer.name} note="在聊天里发“退出工作台”，也能让所有网页登录马上失效。">
          <PostForm c={c} action={`${HOME}/me/sign-out`}>
            <button class="button" type="submit">
              退出这台设备
            </button>
          </PostForm>
        </Head>
        <Card title="登录着的设备" count={sessions.length}>
          <ul class="rows">
            {sessions.map((session) => (
              <li class="row">
                <div class="grow">
                  <b>{session.agent}</b>
                  {session.id === viewer.session.id ? <span class="tag status-in_progress">这台</span> : null}
                  <p class="note">
                    登录于 <Time at={session.createdAt} timezone={timezone} />
                    ，最近使用 <Time at={session.lastSeenAt} timezone={timezone} />
                  </p>
                </div>
                {session.id === viewer.session.id ? null : (
                  <PostForm c={c} action={`${HOME}/me/sign-out`}>
                    <input type="hidden" name="id" value={String(session.id)} />
                    <button class="button small" type="submit">
                      让它退出
                    </button>
                  </PostForm>
                )}
              </li>
            ))}
          </ul>
        </Card>
        {sessions.length > 1 ? (
          <PostForm c={c} action={`${HOME}/me/sign-out`}>
            <input type="hidden" name="all" value="yes" />
            <button class="button danger" type="submit">
              退出其他所有设备
            </button>
          </PostForm>
        ) : null}
        <p>
          <a href={HOME}>回工作台</a>
        </p>
      </>
    ),
  })
}
