import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { type Language, texts, type Words } from '../texts.js'

/** The frame of the plain pages. */
function Page(props: { readonly language: Language; readonly title: string; readonly children?: Child }) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={props.language === 'zh' ? 'zh-CN' : 'en'}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{`${props.title} · ${texts.brand[props.language]}`}</title>
          <link rel="stylesheet" href="/assets/page.css" />
        </head>
        <body>
          <main>{props.children}</main>
        </body>
      </html>
    </>
  )
}

export interface Message {
  readonly title: Words
  readonly detail: Words
  /** Shown where somebody may have to look into it. */
  readonly requestId?: string
  readonly homeLink?: boolean
}

/** One thing to tell, kindly. */
export function MessagePage({ language, message }: { readonly language: Language; readonly message: Message }) {
  return (
    <Page language={language} title={message.title[language]}>
      <p class="brand">{texts.brand[language]}</p>
      <h1>{message.title[language]}</h1>
      <p>{message.detail[language]}</p>
      {message.requestId ? (
        <p class="quiet">
          {texts.requestId[language]} <code>{message.requestId}</code>
        </p>
      ) : null}
      {message.homeLink ? <a href="/">{texts.toHome[language]}</a> : null}
    </Page>
  )
}

export const PAGE_CSS = `:root{color-scheme:light dark;--ink:#1f2933;--quiet:#5f6c7b;--paper:#f7f5f0;--accent:#b4381f}
@media (prefers-color-scheme:dark){:root{--ink:#eceae5;--quiet:#a3abb5;--paper:#16191d;--accent:#f08a70}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--paper);color:var(--ink);
font:17px/1.7 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:34rem;padding:2rem 1.5rem}
h1{font-size:1.7rem;line-height:1.3;margin:.2em 0 .5em}
.brand{color:var(--accent);font-weight:600;letter-spacing:.2em;margin:0}
.quiet{color:var(--quiet);font-size:.9rem}
a{color:var(--accent)}
`
