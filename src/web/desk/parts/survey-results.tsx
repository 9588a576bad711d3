import { type Ctx, pathOf } from '../env.js'
import type { Estimate, QuestionView, ResultsView, SurveyRow } from '../surveys-data.js'
import { Card, Empty } from './common.js'

export const CHART_WIDTH = 640
const ROW = 40
const FOOT = 34

const whole = (share: number): string => `${Math.round(share * 100)}%`
const shareText = (one: Estimate | null): string =>
  one ? `${whole(one.value)}（${Math.round(one.low * 100)}–${Math.round(one.high * 100)}）` : '—'
const scoreText = (one: Estimate | null): string =>
  one ? `${one.value.toFixed(1)}（${one.low.toFixed(1)}–${one.high.toFixed(1)}）` : '—'

interface Props {
  readonly c: Ctx
  readonly survey: SurveyRow
  readonly results: ResultsView
}

/** What came out: a picture and a table of every question, each figure with how many stand behind it. */
export const Results = ({ c, survey, results }: Props) => (
  <>
    {results.composite ? (
      <Card title="总分">
        <p class="big">
          {results.composite.value.toFixed(1)}{' '}
          <small>
            （{results.composite.low.toFixed(1)}–{results.composite.high.toFixed(1)}，答了 {results.answered} 份，邀请{' '}
            {results.invited}，符合条件 {results.eligible}）
          </small>
        </p>
      </Card>
    ) : null}
    {results.questions.map((question) => (
      <Question c={c} survey={survey} question={question} least={results.smallestGroup} />
    ))}
    <Cells results={results} />
    {results.words.length > 0 ? (
      <Card title="大家写的话" count={results.words.reduce((sum, group) => sum + group.count, 0)}>
        <ul class="rows">
          {results.words.map((group) => (
            <li class="row">
              <div class="grow">
                <b>{group.name}</b> <span class="note">{group.count} 条</span>
                {group.quotes.map((quote) => (
                  <p>“{quote}”</p>
                ))}
              </div>
            </li>
          ))}
        </ul>
      </Card>
    ) : null}
  </>
)

interface QuestionProps {
  readonly c: Ctx
  readonly survey: SurveyRow
  readonly question: QuestionView
  readonly least: number
}

const Question = ({ c, survey, question, least }: QuestionProps) => {
  const lines = Math.max(question.options.length, question.rows.length)
  const facts = [
    `答了 ${question.answered} 份`,
    question.satisfied ? `满意 ${shareText(question.satisfied)}` : '',
    question.score ? `得分 ${scoreText(question.score)}` : '',
    question.number?.mean
      ? `平均 ${scoreText(question.number.mean)}${question.number.unit}，中位数 ${question.number.median}`
      : '',
  ]
  return (
    <Card title={question.text}>
      <p class="note">{facts.filter(Boolean).join(' · ')}</p>
      {question.hidden ? (
        <Empty>少于 {least} 份，不显示。</Empty>
      ) : lines > 0 ? (
        <div class="pair">
          <figure class="chart">
            <img
              src={pathOf(c.get('room').community.code, `surveys/${survey.number}/${question.key}.svg`)}
              alt={`${question.text}，与旁边的表相同`}
              width={CHART_WIDTH}
              height={lines * ROW + FOOT}
              loading="lazy"
            />
          </figure>
          <QuestionTable question={question} />
        </div>
      ) : null}
    </Card>
  )
}

const QuestionTable = ({ question }: { readonly question: QuestionView }) => (
  <section class="scroll" tabindex={0} aria-label={`${question.text} 数据表`}>
    <table>
      <thead>
        <tr>
          <th scope="col">{question.rows.length > 0 ? '方面' : '选项'}</th>
          <th scope="col" class="num">
            份数
          </th>
          <th scope="col" class="num">
            {question.rows.length > 0 ? '得分（区间）' : '占比（区间）'}
          </th>
        </tr>
      </thead>
      <tbody>
        {question.options.map((one) => (
          <tr>
            <th scope="row">{one.label}</th>
            <td class="num">{one.count}</td>
            <td class="num">{shareText(one.share)}</td>
          </tr>
        ))}
        {question.rows.map((one) => (
          <tr>
            <th scope="row">{one.label}</th>
            <td class="num">{one.answered}</td>
            <td class="num">{scoreText(one.score)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

const Cells = ({ results }: { readonly results: ResultsView }) =>
  results.composite && results.cells.length > 1 ? (
    <Card title="各网格">
      <section class="scroll" tabindex={0} aria-label="各网格的得分">
        <table>
          <thead>
            <tr>
              <th scope="col">网格</th>
              <th scope="col" class="num">
                邀请
              </th>
              <th scope="col" class="num">
                答了
              </th>
              <th scope="col" class="num">
                总分（区间）
              </th>
            </tr>
          </thead>
          <tbody>
            {results.cells.map((one) => (
              <tr>
                <th scope="row">{one.label}</th>
                <td class="num">{one.invited}</td>
                <td class="num">{one.hidden ? '—' : one.answered}</td>
                <td class="num">{one.hidden ? '太少，不显示' : scoreText(one.composite)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  ) : null
