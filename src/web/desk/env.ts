import type { Context, MiddlewareHandler } from 'hono'
import type { Found } from '../session/store.js'
import type { Room, Viewer } from './viewer.js'

/** What the middleware finds out before a page is made. */
export interface Env {
  Variables: { readonly viewer: Viewer; readonly room: Room; readonly found: Found; readonly requestId: string }
}

export type Ctx = Context<Env>
export type Middleware = MiddlewareHandler<Env>

export const HOME = '/desk'

/** Address of a page within a community. */
export const pathOf = (code: string, page: string): string => `${HOME}/c/${code}/${page}`
