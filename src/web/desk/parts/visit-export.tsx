import { type Ctx, pathOf } from '../env.js'
import { PostForm } from './common.js'

interface Props {
  readonly c: Ctx
  readonly month: string
}

/** The month's visits as a file: the community's for who manages it, else the worker's own. */
export const VisitExport = ({ c, month }: Props) => {
  const { community, manages } = c.get('room')
  return (
    <>
      {(['xlsx', 'csv'] as const).map((format) => (
        <PostForm c={c} action={pathOf(community.code, 'visits/export')} class="download">
          <input type="hidden" name="month" value={month} />
          <input type="hidden" name="format" value={format} />
          <button class="button small" type="submit">
            {`导出${manages ? '' : '我的'} ${format === 'csv' ? 'CSV' : 'Excel'}`}
          </button>
        </PostForm>
      ))}
    </>
  )
}
