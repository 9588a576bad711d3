import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

const SESSION = 'linli_desk'
const DOOR = 'linli_door'
const PATH = '/desk'
const DOOR_SECONDS = 900

/** `Secure` wherever people come by https; on a closed network without it a cookie so marked would be lost. */
const options = (c: Context) => ({
  path: PATH,
  httpOnly: true,
  sameSite: 'Lax' as const,
  secure: new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https',
})

export const sessionCookie = {
  read: (c: Context): string | undefined => getCookie(c, SESSION),
  write: (c: Context, token: string, seconds: number) =>
    setCookie(c, SESSION, token, { ...options(c), maxAge: seconds }),
  drop: (c: Context) => void deleteCookie(c, SESSION, options(c)),
}

/** Names the browser that opened a link, before anybody is let in. */
export const doorCookie = {
  read: (c: Context): string | undefined => getCookie(c, DOOR),
  write: (c: Context, value: string) => setCookie(c, DOOR, value, { ...options(c), maxAge: DOOR_SECONDS }),
  drop: (c: Context) => void deleteCookie(c, DOOR, options(c)),
}
