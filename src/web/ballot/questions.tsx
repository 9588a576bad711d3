import type { BallotOption, BallotQuestion } from '../../kernel/ballot-page.js'
import { fieldOf, reasonField } from '../../kernel/ballot-page.js'
import { texts } from './texts.js'

interface Props {
  readonly question: BallotQuestion
  readonly number: number
  /** Faults are shown once somebody tried to cast. */
  readonly strict: boolean
}

const idOf = (question: BallotQuestion, part: string): string => `${part}-${question.key}`

/** A question with whatever it takes to answer it. */
export const Question = ({ question, number, strict }: Props) => {
  const fault = strict && question.shown ? question.fault : null
  const rule = question.showIf
  const described = [hintOf(question) ? idOf(question, 'hint') : '', fault ? idOf(question, 'fault') : '']
    .filter((part) => part !== '')
    .join(' ')
  return (
    <fieldset
      class={fault ? 'question faulty' : 'question'}
      id={`q-${question.key}`}
      data-key={question.key}
      data-if={rule?.question}
      data-if-in={rule ? rule.in.join(' ') : undefined}
      data-if-below={rule?.below ?? undefined}
      data-below={question.reason?.below}
      data-done={question.done ? '' : undefined}
      aria-describedby={described === '' ? undefined : described}
    >
      <legend>
        <span class="number">{number}</span> {question.text}
        {question.optional ? <span class="tag">{texts.optional}</span> : null}
      </legend>
      {rule && !question.shown ? <p class="note closed">{texts.onlyIf}</p> : null}
      {hintOf(question) ? (
        <p class="note" id={idOf(question, 'hint')}>
          {hintOf(question)}
        </p>
      ) : null}
      <Body question={question} />
      <Reason question={question} />
      {fault ? (
        <p class="fault" id={idOf(question, 'fault')}>
          {fault}
        </p>
      ) : null}
    </fieldset>
  )
}

function hintOf(question: BallotQuestion): string {
  switch (question.kind) {
    case 'multiple':
      return question.most ? texts.mostOf(question.most) : texts.several
    case 'matrix':
      return texts.marks(marksOf(question).length)
    case 'number':
      return question.range ? texts.numberRange(question.range.min, question.range.max, question.range.unit) : ''
    default:
      return ''
  }
}

/** The marks of a row, without the last option: that it cannot be judged. */
const marksOf = ({ rows }: BallotQuestion): readonly BallotOption[] => rows[0]?.options.slice(0, -1) ?? []

const Body = ({ question }: { readonly question: BallotQuestion }) => {
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'scale':
      return <Options question={question} />
    case 'matrix':
      return <Matrix question={question} />
    case 'number':
      return (
        <input
          name={fieldOf(question.key)}
          value={question.words}
          inputmode="decimal"
          autocomplete="off"
          maxlength={30}
          aria-label={question.text}
        />
      )
    case 'text':
      return (
        <textarea name={fieldOf(question.key)} rows={3} maxlength={1000} aria-label={question.text}>
          {question.words}
        </textarea>
      )
  }
}

/** One mark once chosen cannot be taken back in a browser: where nothing need be said, that can be chosen too. */
const optionsOf = ({ kind, optional, options }: BallotQuestion): readonly BallotOption[] =>
  optional && kind !== 'multiple'
    ? [...options, { value: '', label: texts.pass, chosen: !options.some(({ chosen }) => chosen) }]
    : options

const Options = ({ question }: { readonly question: BallotQuestion }) => (
  <ul class={question.options.every(({ label }) => label.length <= 2) ? 'options marks' : 'options'}>
    {optionsOf(question).map((option) => (
      <li>
        <label>
          <input
            type={question.kind === 'multiple' ? 'checkbox' : 'radio'}
            name={fieldOf(question.key)}
            value={option.value}
            checked={option.chosen}
          />
          <span>{option.label}</span>
        </label>
      </li>
    ))}
  </ul>
)

/** A row an aspect: on a phone the marks stand below its name. */
const Matrix = ({ question }: { readonly question: BallotQuestion }) => (
  <>
    <p class="all" data-all hidden>
      <label>
        {texts.all}{' '}
        <select data-all-mark>
          <option value="">—</option>
          {marksOf(question)
            .map(({ value }) => <option value={value}>{texts.allOf(value)}</option>)
            .reverse()}
        </select>
      </label>
    </p>
    {question.rows.map((row, index) => (
      <div class="row" role="radiogroup" aria-label={`${question.text}：${row.label}`}>
        <p class="row-name">{row.label}</p>
        <div class="row-marks">
          {row.options.map((option) => (
            <label>
              <input type="radio" name={fieldOf(question.key, index)} value={option.value} checked={option.chosen} />
              <span>{option.label}</span>
            </label>
          ))}
        </div>
      </div>
    ))}
  </>
)

const Reason = ({ question: { key, reason } }: { readonly question: BallotQuestion }) =>
  reason ? (
    <label class="reason" data-reason data-required={reason.required ? '' : undefined}>
      <span>{reason.required ? texts.reasonRequired(reason.below) : texts.reasonOptional(reason.below)}</span>
      <textarea name={reasonField(key)} rows={2} maxlength={1000}>
        {reason.words}
      </textarea>
    </label>
  ) : null
