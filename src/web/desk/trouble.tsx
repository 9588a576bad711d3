import type { Context } from 'hono'
import { HOME } from './env.js'
import { DoorPage } from './layout.js'
import { texts } from './texts.js'

type Status = 400 | 403 | 404 | 410 | 422 | 429

/** A page that says what did not work and what to do now. */
export const trouble = (
  c: Context,
  status: Status,
  words: { readonly title: string; readonly detail: string },
): Response | Promise<Response> =>
  c.html(
    <DoorPage title={words.title}>
      <p>{words.detail}</p>
      <p>
        <a class="button" href={HOME}>
          {texts.toDesk}
        </a>
      </p>
    </DoorPage>,
    status,
  )
