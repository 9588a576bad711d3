import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { BALLOT } from './options.js'
import { texts } from './texts.js'

/** The frame of all pages: nothing from elsewhere, nothing inline, nothing for a search engine. */
export const Document = (props: { readonly title: string; readonly children?: Child }) => (
  <>
    {raw('<!doctype html>')}
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${props.title} · ${texts.brand}`}</title>
        <link rel="icon" href={`${BALLOT}/assets/icon.svg`} type="image/svg+xml" />
        <link rel="stylesheet" href={`${BALLOT}/assets/ballot.css`} />
        <script src={`${BALLOT}/assets/ballot.js`} defer></script>
      </head>
      <body>{props.children}</body>
    </html>
  </>
)

/** One thing to tell. */
export const Card = (props: { readonly title: string; readonly children?: Child }) => (
  <Document title={props.title}>
    <main id="main" class="card alone">
      <p class="brand">{texts.brand}</p>
      <h1>{props.title}</h1>
      {props.children}
    </main>
  </Document>
)
