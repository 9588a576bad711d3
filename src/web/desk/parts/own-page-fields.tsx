import { type LoosePage, MOST_COLUMNS } from '../own-page-form.js'
import type { Choice } from '../own-pages-data.js'
import { Select } from './common.js'

const SPARE = 3
const KINDS = [
  { value: 'text', label: '文字' },
  { value: 'number', label: '数字' },
  { value: 'date', label: '日期' },
]
const PERIODS = [
  { value: 'month', label: '本月' },
  { value: 'year', label: '今年' },
  { value: 'all', label: '全部' },
]

interface Props {
  readonly page: LoosePage
  readonly kinds: { readonly pages: readonly Choice[]; readonly types: readonly Choice[] }
  readonly sources: readonly Choice[]
  readonly grids: readonly { readonly id: number; readonly name: string }[]
}

/** Everything a page of one's own is made of. */
export const OwnPageFields = ({ page, kinds, sources, grids }: Props) => (
  <>
    <label class="field">
      <span>这一页叫什么</span>
      <input name="title" required maxlength={20} value={page.title} placeholder="如 电梯维修登记" />
    </label>
    <Boxes legend="收哪几页的记录" name="pages" choices={kinds.pages} chosen={page.filter.pages} />
    <Boxes legend="只收哪几种（不选就都收）" name="types" choices={kinds.types} chosen={page.filter.types} />
    <Boxes
      legend="只收哪些网格（不选就都收）"
      name="grids"
      choices={grids.map(({ id, name }) => ({ value: String(id), label: name, note: '' }))}
      chosen={page.filter.gridIds.map(String)}
    />
    <fieldset class="columns-form">
      <legend>有哪几列（表头空着的不算）</legend>
      {Array.from({ length: Math.min(MOST_COLUMNS, page.columns.length + SPARE) }, (_, index) => (
        <ColumnRow index={index} column={page.columns[index]} sources={sources} />
      ))}
      <p class="note">不够用就先保存或预览，会再多出几行。</p>
    </fieldset>
    <Select name="period" label="平时看多久的" options={PERIODS} value={page.period} />
    <label class="field">
      <span>代替哪些纸质台账（用顿号隔开，可不写）</span>
      <textarea name="replaces" rows={2} maxlength={1600}>
        {page.replaces.join('、')}
      </textarea>
    </label>
  </>
)

const Boxes = (props: {
  readonly legend: string
  readonly name: string
  readonly choices: readonly Choice[]
  readonly chosen: readonly string[]
}) => (
  <fieldset class="boxes">
    <legend>{props.legend}</legend>
    {props.choices.map((one) => (
      <label class="check">
        <input type="checkbox" name={props.name} value={one.value} checked={props.chosen.includes(one.value)} />{' '}
        {one.label} {one.note ? <small>{one.note}</small> : null}
      </label>
    ))}
  </fieldset>
)

const ColumnRow = (props: {
  readonly index: number
  readonly column: LoosePage['columns'][number] | undefined
  readonly sources: readonly Choice[]
}) => {
  const { index, column, sources } = props
  const from = column?.from ?? 'text'
  const known = sources.some((one) => one.value === from)
  const options = [
    ...sources.map((one) => ({ value: one.value, label: one.note ? `${one.label}（如 ${one.note}）` : one.label })),
    ...(known ? [] : [{ value: from, label: from }]),
  ]
  const nth = `第 ${index + 1} 列`
  return (
    <div class="column-row">
      <input
        name={`header${index}`}
        maxlength={20}
        value={column?.header ?? ''}
        placeholder={`${nth}的表头`}
        aria-label={`${nth}的表头`}
      />
      <Select name={`from${index}`} label={`${nth}取什么`} hideLabel options={options} value={from} />
      <Select name={`as${index}`} label={`${nth}是什么`} hideLabel options={KINDS} value={column?.as ?? 'text'} />
      <input
        name={`width${index}`}
        type="number"
        min={4}
        max={100}
        value={String(column?.width ?? 16)}
        aria-label={`${nth}的宽度（字）`}
      />
    </div>
  )
}
