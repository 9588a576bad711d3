import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { type Ctx, HOME, pathOf } from './env.js'
import { type Flash, takeFlash } from './flash.js'
import { Icon, type IconName } from './parts/icons.js'
import { ROLE_NAMES, texts } from './texts.js'
import type { Room, Viewer } from './viewer.js'

export type Section = keyof typeof texts.nav

/** Pages of the side bar, in order; the first four stand in the bar of a phone. */
const SECTIONS: readonly { readonly name: Section; readonly who?: 'works' | 'manages' }[] = [
  { name: 'today' },
  { name: 'requests' },
  { name: 'map' },
  { name: 'visits' },
  { name: 'surveys' },
  { name: 'ledger' },
  { name: 'people', who: 'works' },
  { name: 'settings' },
  { name: 'inspections', who: 'manages' },
  { name: 'access', who: 'manages' },
]
const IN_PHONE_BAR = 3

export interface PageProps {
  readonly title: string
  readonly section?: Section
  readonly flash?: Flash | null
  readonly children?: Child
}

const Document = (props: {
  readonly title: string
  readonly live?: string
  readonly class?: string
  readonly children?: Child
}) => (
  <>
    {raw('<!doctype html>')}
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${props.title} · ${texts.brand}${texts.desk}`}</title>
        <link rel="icon" href={`${HOME}/assets/icon.svg`} type="image/svg+xml" />
        <link rel="stylesheet" href={`${HOME}/assets/theme.css`} />
        <link rel="stylesheet" href={`${HOME}/assets/base.css`} />
        <link rel="stylesheet" href={`${HOME}/assets/frame.css`} />
        <link rel="stylesheet" href={`${HOME}/assets/parts.css`} />
        <link rel="stylesheet" href={`${HOME}/assets/pages.css`} />
        <link rel="stylesheet" href={`${HOME}/assets/forms.css`} />
        <script src={`${HOME}/assets/desk.js`} defer></script>
      </head>
      <body class={props.class ?? ''} data-live={props.live ?? ''}>
        {props.children}
      </body>
    </html>
  </>
)

/** A page for somebody who is not let in yet, or no longer. */
export const DoorPage = ({ title, children }: PageProps) => (
  <Document title={title} class="door">
    <main id="main" class="door-card">
      <p class="brand">
        <Mark /> {texts.brand}
        {texts.desk}
      </p>
      <h1>{title}</h1>
      {children}
    </main>
  </Document>
)

/** A page for somebody who reads by a link and has no session. */
export const PublicPage = (props: { readonly title: string; readonly note: string; readonly children?: Child }) => (
  <Document title={props.title} class="public">
    <a class="skip" href="#main">
      {texts.skip}
    </a>
    <header class="public-head">
      <p class="brand">
        <Mark /> {props.title}
      </p>
      <p class="note">{props.note}</p>
    </header>
    <main id="main" tabindex={-1}>
      {props.children}
    </main>
  </Document>
)

const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="9" class="mark-ground" />
    <path d="M7 16.500 16 9l9 7.500M10 15v8h12v-8M14 23v-5h4v5" class="mark-line" fill="none" />
  </svg>
)

const visible = (room: Room) =>
  SECTIONS.filter(({ who }) => !who || (who === 'works' ? room.works : room.manages)).map(({ name }) => name)

const Nav = ({ room, section }: { readonly room: Room; readonly section?: Section }) => {
  const names = visible(room)
  const link = (name: Section) => (
    <a href={pathOf(room.community.code, name)} aria-current={name === section ? 'page' : undefined}>
      <Icon name={name as IconName} />
      <span>{texts.nav[name]}</span>
    </a>
  )
  const rest = names.slice(IN_PHONE_BAR)
  return (
    <nav class="nav" aria-label="页面">
      <ul>
        {names.slice(0, IN_PHONE_BAR).map((name) => (
          <li>{link(name)}</li>
        ))}
        {rest.map((name) => (
          <li class="wide-only">{link(name)}</li>
        ))}
        <li class="narrow-only">
          <details class="menu">
            <summary data-current={section && rest.includes(section) ? 'page' : undefined}>
              <Icon name="more" />
              <span>{texts.more}</span>
            </summary>
            <ul>
              {rest.map((name) => (
                <li>{link(name)}</li>
              ))}
              <li>
                <a href={`${HOME}/me`}>
                  <Icon name="people" />
                  <span>{texts.me}</span>
                </a>
              </li>
            </ul>
          </details>
        </li>
      </ul>
    </nav>
  )
}

const Who = ({ viewer, room }: { readonly viewer: Viewer; readonly room?: Room }) => (
  <a class="who" href={`${HOME}/me`}>
    <span class="avatar" aria-hidden="true">
      {[...viewer.name].at(0) ?? ''}
    </span>
    <span>
      <b>{viewer.name}</b>
      <small>{room ? room.roles.map((role) => ROLE_NAMES[role]).join('、') : texts.me}</small>
    </span>
  </a>
)

const FlashLine = ({ flash }: { readonly flash?: Flash | null }) =>
  flash ? (
    <p class={flash.good ? 'flash good' : 'flash'} role="status">
      {flash.text}
    </p>
  ) : null

/** A page of a community. */
export function page(
  c: Ctx,
  props: PageProps,
  status: 200 | 400 | 404 | 409 | 422 = 200,
): Response | Promise<Response> {
  const viewer = c.get('viewer')
  const room = c.get('room') as Room | undefined
  const { title, section, children, flash = takeFlash(c) } = props
  return c.html(
    <Document title={title} live={room ? pathOf(room.community.code, 'live') : ''} class="app">
      <a class="skip" href="#main">
        {texts.skip}
      </a>
      <header class="side">
        <a class="brand" href={HOME}>
          <Mark /> <span>{texts.brand}</span>
        </a>
        {room ? (
          <p class="place">
            <b>{room.community.name}</b>
            {viewer.communities.length > 1 ? <a href={HOME}>换一个社区</a> : null}
          </p>
        ) : null}
        {room ? <Nav room={room} section={section} /> : null}
        <Who viewer={viewer} room={room} />
      </header>
      <main id="main" tabindex={-1}>
        <FlashLine flash={flash} />
        {children}
      </main>
      <div id="toasts" role="status" aria-live="polite"></div>
    </Document>,
    status,
  )
}
