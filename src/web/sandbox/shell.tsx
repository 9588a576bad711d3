import { Icon, Logo } from './icons.js'
import { MAX_TEXT } from './schemas.js'
import { texts } from './texts.js'

const BASE = '/sandbox'
/** In this order: later ones may go before earlier ones. */
const STYLES = ['theme', 'base', 'sidebar', 'chat', 'side', 'overlay']

/** The page without its content: the script fills in people, conversations and messages. */
export const Shell = () => (
  <html lang="zh-CN">
    <head>
      <meta charset="utf-8" />
      <meta
        name="viewport"
        content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
      />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#f3f5f4" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#101514" media="(prefers-color-scheme: dark)" />
      <meta name="description" content={texts.description} />
      <title>{texts.title}</title>
      <link rel="icon" href={`${BASE}/assets/icon.svg`} type="image/svg+xml" />
      {STYLES.map((name) => (
        <link rel="stylesheet" href={`${BASE}/assets/${name}.css`} />
      ))}
      <script type="module" src={`${BASE}/assets/app.js`} />
    </head>
    <body data-view="list">
      <noscript>
        <p class="noscript">{texts.needsScript}</p>
      </noscript>
      <div class="app" id="app" aria-busy="true">
        <Sidebar />
        <Chat />
        <Side />
      </div>
      <Dialogs />
      <div class="toasts" id="toasts" role="status" aria-live="polite" />
    </body>
  </html>
)

const Sidebar = () => (
  <nav class="sidebar" aria-label="身份与会话">
    <header class="brand">
      <Logo />
      <span class="brand-name">{texts.botName}</span>
      <span class="brand-tag">演示</span>
      <span class="connection" id="connection" role="status" />
      <button class="icon-button tips-button tips-list" id="tips-open-list" type="button" aria-label="试试说与演示时钟">
        <Icon name="bulb" />
      </button>
    </header>
    <p class="label" id="me-label">
      以谁的身份说话
    </p>
    <button class="me" id="me" type="button" aria-haspopup="dialog" aria-labelledby="me-label me-words">
      <span class="avatar" id="me-avatar" aria-hidden="true" />
      <span class="me-words" id="me-words">
        <span class="me-name" id="me-name">
          {texts.loading}
        </span>
        <span class="me-role" id="me-role" />
      </span>
      <span class="me-switch">切换</span>
    </button>
    <div class="others" id="others" hidden>
      <p class="label">这些人有新消息</p>
      <div class="others-row" id="others-row" />
    </div>
    <p class="label">会话</p>
    <ul class="conversations" id="conversations" />
  </nav>
)

const Chat = () => (
  <main class="chat" id="chat" aria-labelledby="chat-name">
    <header class="chat-head">
      <button class="icon-button back" id="back" type="button" aria-label="返回会话列表">
        <Icon name="back" />
      </button>
      <div class="chat-title">
        <h1 class="chat-name" id="chat-name">
          {texts.botName}
        </h1>
        <p class="chat-members" id="chat-members" />
      </div>
      <button class="icon-button tips-button" id="tips-open" type="button" aria-label="试试说与演示时钟">
        <Icon name="bulb" />
      </button>
    </header>
    <div class="scroll" id="scroll" tabindex={-1}>
      <button class="older" id="older" type="button" hidden>
        看更早的消息
      </button>
      <ol class="log" id="log" role="log" aria-live="polite" aria-relevant="additions" aria-label="消息" />
      <div class="empty" id="empty" hidden />
    </div>
    <button class="jump" id="jump" type="button" hidden>
      有新消息 ↓
    </button>
    <form class="composer" id="composer">
      <div class="attached" id="attached" hidden />
      <div class="composer-row">
        <label class="icon-button" title="发图片">
          <Icon name="picture" />
          <input
            class="visually-hidden"
            id="picture"
            type="file"
            accept="image/png,image/jpeg,image/webp"
            aria-label="发图片"
          />
        </label>
        <button
          class="icon-button mention"
          id="mention"
          type="button"
          aria-label={`提到${texts.botName}`}
          title={`@${texts.botName}`}
        >
          <Icon name="at" />
        </button>
        <textarea
          class="input"
          id="input"
          rows={1}
          maxlength={MAX_TEXT}
          enterkeyhint="send"
          autocomplete="off"
          aria-label="输入消息，回车发送，Shift+回车换行"
        />
        <button class="send" id="send" type="submit" aria-label="发送">
          <Icon name="send" />
          <span class="send-word">发送</span>
        </button>
      </div>
    </form>
  </main>
)

const Side = () => (
  <aside class="side" id="side" aria-label="试试说与演示时钟">
    <header class="side-head">
      <h2 class="side-title">上手看看</h2>
      <button class="icon-button side-close" id="tips-close" type="button" aria-label="关闭">
        <Icon name="close" />
      </button>
    </header>
    <div class="side-scroll">
      <section class="card" id="tour" aria-label="一件诉求的一生" hidden>
        <h3 class="card-title">一件诉求的一生</h3>
        <ol class="tour" id="tour-steps" />
      </section>
      <section class="card" aria-labelledby="hints-title">
        <h3 class="card-title" id="hints-title">
          试试说
        </h3>
        <ul class="hints" id="hints" />
      </section>
    </div>
    <section class="clock" id="clock" aria-labelledby="clock-title" hidden>
      <h3 class="card-title" id="clock-title">
        演示时钟
      </h3>
      <p class="clock-time">
        <time class="clock-hour" id="clock-hour" />
        <span class="clock-day" id="clock-day" />
      </p>
      <p class="card-note">往前拨，看提醒、升级和月末汇总。</p>
      <div class="clock-moves" id="clock-moves" />
    </section>
  </aside>
)

const Dialogs = () => (
  <>
    <dialog class="picker" id="picker" aria-labelledby="picker-title">
      <header class="picker-head">
        <h2 class="picker-title" id="picker-title">
          换个身份
        </h2>
        <button class="icon-button" id="picker-close" type="button" aria-label="关闭">
          <Icon name="close" />
        </button>
      </header>
      <input
        class="picker-search"
        id="picker-search"
        type="search"
        placeholder="按姓名、身份或门牌找"
        aria-label="按姓名、身份或门牌找"
        autocomplete="off"
      />
      <div class="picker-list" id="picker-list" />
    </dialog>
    <dialog class="lightbox" id="lightbox" aria-label="看图片">
      <button class="icon-button lightbox-close" id="lightbox-close" type="button" aria-label="关闭">
        <Icon name="close" />
      </button>
      <img class="lightbox-image" id="lightbox-image" alt="" />
    </dialog>
  </>
)
