import { type Context, Hono } from 'hono'
import { shortTime } from '../../kernel/local-time.js'
import { addressOf } from '../session/address.js'
import { agentName } from '../session/agent.js'
import { doorCookie, sessionCookie } from '../session/cookies.js'
import { createLimiter } from '../session/limit.js'
import { proofOf, same } from '../session/proof.js'
import { findLink, newToken, openSession, SESSION_MS } from '../session/store.js'
import { act } from './act.js'
import { HOME } from './env.js'
import { DoorPage } from './layout.js'
import type { DeskOptions } from './options.js'
import { readViewer } from './viewer.js'

/** Looks at links from one address: at once, and regained a second. */
const BURST = 60
const PER_SECOND = 1

/** Pages for those who are not in: how to get in, and the link that lets them. */
export function doorApp(options: DeskOptions): Hono {
  const { db, clock } = options
  const app = new Hono()
  const limiter = createLimiter(BURST, PER_SECOND)

  app.use('/login/*', async (c, next) => {
    c.header('cache-control', 'no-store')
    if (limiter.take(addressOf(c), clock.now().getTime()) > 0) return tooMany(c)
    return next()
  })
  app.get('/login', (c) => c.html(<SignInPage sandbox={options.sandbox} />))

  // Chat programs open links to preview them: looking alone lets nobody in and uses nothing up.
  app.get('/login/:token', async (c) => {
    const token = c.req.param('token')
    const link = await findLink(db, token, clock.now())
    const person = link && (await db.read.person.findUnique({ where: { id: link.personId }, select: { name: true } }))
    if (!person) return spent(c, options)
    const browser = doorCookie.read(c) ?? newToken()
    doorCookie.write(c, browser)
    return c.html(
      <DoorPage title={`${person.name}，要在这台设备上登录吗？`}>
        <p>
          当前浏览器：<b>{agentName(c.req.header('user-agent'))}</b>。公用电脑用完请点“退出”。
        </p>
        <form method="post" action={`${HOME}/login/${token}`}>
          <input type="hidden" name="proof" value={proofOf(browser, token)} />
          <button class="button main wide" type="submit">
            登录
          </button>
        </form>
        <p class="note">不是您本人？请关掉这个页面，不要把链接转给别人。</p>
      </DoorPage>,
    )
  })

  app.post('/login/:token', async (c) => {
    const token = c.req.param('token')
    const now = clock.now()
    const browser = doorCookie.read(c)
    const form = await c.req.parseBody()
    if (!browser || !same(String(form.proof ?? ''), proofOf(browser, token))) return otherBrowser(c)
    const link = await findLink(db, token, now)
    if (!link) return spent(c, options)
    const agent = agentName(c.req.header('user-agent'))
    const opened = await openSession(db, link, agent, now)
    if (!opened) return spent(c, options)
    doorCookie.drop(c)
    sessionCookie.write(c, opened.token, SESSION_MS / 1000)
    const viewer = await readViewer(db, opened.session, now)
    const [home] = viewer?.communities ?? []
    if (viewer && home)
      await act(options, viewer, {
        nonce: 'signed-in',
        communityId: home.id,
        command: 'desk.signed-in',
        input: { agent, time: shortTime(now, home.timezone) },
      })
    return c.redirect(HOME, 303)
  })
  return app
}

const spent = (c: Context, { sandbox }: DeskOptions) =>
  c.html(
    <DoorPage title="这个链接不能用了">
      <p>登录链接 10 分钟内有效，只能用一次。请回到聊天里，私聊机器人再发一次：</p>
      <p class="say">登录</p>
      <SandboxHint sandbox={sandbox} />
    </DoorPage>,
    410,
  )

const otherBrowser = (c: Context) =>
  c.html(
    <DoorPage title="请再点一次链接">
      <p>登录页面是在另一个浏览器里打开的，或浏览器没有收下 Cookie。请在这个浏览器里重新打开聊天里的链接。</p>
    </DoorPage>,
    400,
  )

const tooMany = (c: Context) =>
  c.html(
    <DoorPage title="试得太频繁了">
      <p>请过一分钟再打开链接。</p>
    </DoorPage>,
    429,
    { 'retry-after': '60' },
  )

const SandboxHint = ({ sandbox }: { readonly sandbox?: string }) =>
  sandbox ? (
    <p class="note">
      正在演示：到<a href={`${sandbox}?as=manager-chen&in=private:manager-chen`}>聊天页</a>
      里以陈主任或王芳的身份私聊机器人发“登录”。
    </p>
  ) : null

const SignInPage = ({ sandbox }: { readonly sandbox?: string }) => (
  <DoorPage title="不用密码，发两个字就能登录">
    <ol class="steps">
      <li>
        打开微信或 Telegram，<b>私聊</b>社区的机器人
      </li>
      <li>
        发送 <b class="say">登录</b>
      </li>
      <li>点开机器人回给您的链接</li>
    </ol>
    <p class="note">工作台给社区工作人员和街道干部使用。居民的诉求直接在群里说就行，发“进度”可以查看。</p>
    <SandboxHint sandbox={sandbox} />
  </DoorPage>
)
