import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

const DESK = '/desk'
const DOOR_SECONDS = 900

/** A secret that a browser keeps for the pages below `path`; no script reads it. */
export interface SecretCookie {
  read(c: Context): string | undefined
  write(c: Context, value: string, seconds: number): void
  drop(c: Context): void
}

export function secretCookie(name: string, path: string): SecretCookie {
  // `Secure` wherever people come by https; on a closed network without it a cookie so marked would be lost.
  const options = (c: Context) => ({
    path,
    httpOnly: true,
    sameSite: 'Lax' as const,
    secure: new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https',
  })
  return {
    read: (c) => getCookie(c, name),
    write: (c, value, seconds) => setCookie(c, name, value, { ...options(c), maxAge: seconds }),
    drop: (c) => void deleteCookie(c, name, options(c)),
  }
}

export const sessionCookie = secretCookie('linli_desk', DESK)

const door = secretCookie('linli_door', DESK)

/** Names the browser that opened a link, before anybody is let in. */
export const doorCookie = { ...door, write: (c: Context, value: string) => door.write(c, value, DOOR_SECONDS) }
