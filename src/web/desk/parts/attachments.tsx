import { groupText, sizeText, whyText } from '../../../attachments/index.js'
import { kindOfType } from '../../../files/index.js'
import type { KeptAttachment } from '../../kept-file.js'
import { texts } from '../texts.js'
import { Card, Time } from './common.js'

export interface ShownAttachment extends KeptAttachment {
  /** Who sent it. */
  readonly by: string
  /** Where its bytes are; null where the viewer has no right to them or they are not here. */
  readonly href: string | null
}

/** Pictures as they are, everything else as a link that saves it, and for what is not here why. */
export const Attachments = (props: { readonly list: readonly ShownAttachment[]; readonly timezone: string }) =>
  props.list.length === 0 ? null : (
    <Card title={texts.attachments.title} count={props.list.length}>
      <ul class="attachments">
        {props.list.map((one) => (
          <li>
            <Body one={one} />
            <p class="note">
              {one.by} <Time at={one.createdAt} timezone={props.timezone} />
            </p>
          </li>
        ))}
      </ul>
    </Card>
  )

const Body = ({ one }: { readonly one: ShownAttachment }) => {
  const kind = one.type === null ? null : kindOfType(one.type)
  const what = groupText(one.mime, kind?.group ?? null)
  if (!one.href) return <div class="attachment-missing">{missing(one, what)}</div>
  const size = one.bytes === null ? '' : sizeText(one.bytes)
  if (kind?.shown)
    return (
      <a href={one.href} class="attachment-picture" title={`${size} · SHA-256 ${one.sha256}`}>
        <img src={one.href} alt={`${one.by}发的${what}`} loading="lazy" />
      </a>
    )
  return (
    <a href={one.href} class="attachment-file" title={`SHA-256 ${one.sha256}`} download>
      <b>{what}</b>
      <span class="attachment-kind">
        {kind?.extension.toUpperCase()} · {size}
      </span>
    </a>
  )
}

function missing(one: ShownAttachment, what: string): string {
  const words = texts.attachments
  switch (one.status) {
    case 'kept':
      return one.sha256 ? words.noRight(what) : words.lost(what)
    case 'refused':
      return words.refused(what, whyText(one.reason))
    case 'dropped':
      return one.reason === 'expired' ? words.expired(what) : words.takenDown(what)
    default:
      return words.waiting(what)
  }
}
