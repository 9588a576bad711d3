import { Hono } from 'hono'
import { barsOption, svgAnswer } from '../charts.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { Bar, Card, Empty, Head, Time } from '../parts/common.js'
import { type ResultsView, readProgress, readSurveys, resultsOf, type SurveyRow } from '../surveys-data.js'
import { texts } from '../texts.js'

const STATUS: Readonly<Record<string, string>> = { running: '进行中', closed: '已结束', cancelled: '已取消' }
const KINDS: Readonly<Record<string, string>> = { community: '居民评社区', departments: '社区评部门', poll: '问卷' }
const CHART_WIDTH = 640

/** 问卷: how far each round is, and what came out. */
export function surveysApp(options: DeskOptions): Hono<Env> {
  const { db } = options
  const app = new Hono<Env>()
  app.get('/', (c) => listPage(c, options))
  app.get('/:number', async (c) => {
    const survey = await find(c)
    return survey ? surveyPage(c, options, survey) : c.notFound()
  })
  app.get('/:number/:key{.+\\.svg}', async (c) => {
    const survey = await find(c)
    const key = c.req.param('key').replace(/\.svg$/, '')
    const question = survey && resultsOf(survey)?.questions.find((one) => one.key === key)
    if (!question || question.hidden) return c.notFound()
    const rows = question.options.map((one) => ({
      name: one.label,
      value: Math.round((one.share?.value ?? 0) * 1000) / 10,
      label: `${Math.round((one.share?.value ?? 0) * 100)}%（${one.count}）`,
    }))
    const { option, height } = barsOption(rows, 100)
    return svgAnswer(c, option, { width: CHART_WIDTH, height })
  })
  return app

  async function find(c: Ctx): Promise<SurveyRow | undefined> {
    const surveys = await readSurveys(db.read, c.get('room'))
    return surveys.find((one) => one.number === c.req.param('number'))
  }
}

async function listPage(c: Ctx, { db }: DeskOptions) {
  const room = c.get('room')
  const surveys = await readSurveys(db.read, room)
  const progress = await Promise.all(surveys.map((survey) => readProgress(db.read, survey)))
  return page(c, {
    title: texts.nav.surveys,
    section: 'surveys',
    children: (
      <>
        <Head title={texts.nav.surveys} note="问卷在聊天里写、预览和开始：私聊机器人发“新问卷”。" />
        <Card class="flush">
          {surveys.length === 0 ? <Empty>还没有开始过问卷。</Empty> : null}
          <ul class="rows">
            {surveys.map((survey, index) => {
              const { answered = 0, invited = 0 } = progress[index] ?? {}
              const part = invited > 0 ? answered / invited : 0
              return (
                <li>
                  <a class="row request" href={pathOf(room.community.code, `surveys/${survey.number}`)}>
                    <div class="grow">
                      <p class="request-line">
                        <b>{survey.title}</b>
                        <span class="tag">{KINDS[survey.kind] ?? survey.kind}</span>
                        {survey.anonymous ? <span class="tag">无记名</span> : null}
                      </p>
                      <p class="note">
                        已答 {answered} / 邀请 {invited}（{Math.round(part * 100)}%）
                      </p>
                      <Bar part={part} label={`已答 ${Math.round(part * 100)}%`} />
                    </div>
                    <div class="row-end">
                      <span class={survey.status === 'running' ? 'tag status-in_progress' : 'tag'}>
                        {STATUS[survey.status] ?? survey.status}
                      </span>
                    </div>
                  </a>
                </li>
              )
            })}
          </ul>
        </Card>
      </>
    ),
  })
}

async function surveyPage(c: Ctx, { db }: DeskOptions, survey: SurveyRow) {
  const { community } = c.get('room')
  const progress = await readProgress(db.read, survey)
  const results = resultsOf(survey)
  const percent = (part: number, of: number) => (of > 0 ? `${Math.round((part / of) * 100)}%` : '—')
  return page(c, {
    title: survey.title,
    section: 'surveys',
    children: (
      <>
        <p class="crumbs">
          <a href={pathOf(community.code, 'surveys')}>{texts.nav.surveys}</a> / {survey.number}
        </p>
        <Head title={survey.title} note={survey.anonymous ? '无记名：谁怎么答的，数据库里也查不到。' : '记名问卷。'}>
          <span class={survey.status === 'running' ? 'tag status-in_progress' : 'tag'}>{STATUS[survey.status]}</span>
        </Head>
        <div class="columns">
          <div>
            {results ? (
              <Results c={c} survey={survey} results={results} />
            ) : (
              <Card title="结果">
                <Empty>
                  {survey.kind === 'departments'
                    ? '评议部门的结果只送考核和纪检部门。'
                    : '结束后在这里看结果；开着的时候看不到。'}
                </Empty>
              </Card>
            )}
          </div>
          <div>
            <Card title="进度">
              <dl class="facts">
                <div>
                  <dt>符合条件</dt>
                  <dd>{survey.eligible}</dd>
                </div>
                <div>
                  <dt>邀请</dt>
                  <dd>{progress.invited}</dd>
                </div>
                <div>
                  <dt>已答</dt>
                  <dd>
                    {progress.answered}（{percent(progress.answered, progress.invited)}）
                  </dd>
                </div>
                <div>
                  <dt>不参加</dt>
                  <dd>{progress.declined}</dd>
                </div>
                {survey.endsAt ? (
                  <div>
                    <dt>{survey.closedAt ? '结束于' : '到'}</dt>
                    <dd>
                      <Time at={survey.closedAt ?? survey.endsAt} timezone={community.timezone} />
                    </dd>
                  </div>
                ) : null}
              </dl>
              <ul class="rows">
                {progress.cells.map((cell) => (
                  <li class="row">
                    <div class="grow">
                      <p>
                        {cell.label}{' '}
                        <span class="note">
                          {cell.answered} / {cell.invited}
                        </span>
                      </p>
                      <Bar
                        part={cell.invited > 0 ? cell.answered / cell.invited : 0}
                        label={`${cell.label} ${percent(cell.answered, cell.invited)}`}
                      />
                    </div>
                  </li>
                ))}
              </ul>
            </Card>
          </div>
        </div>
      </>
    ),
  })
}

const Results = ({
  c,
  survey,
  results,
}: {
  readonly c: Ctx
  readonly survey: SurveyRow
  readonly results: ResultsView
}) => {
  const { code } = c.get('room').community
  return (
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
        <Card title={question.text}>
          {question.hidden ? (
            <Empty>答的人太少，不显示。</Empty>
          ) : question.options.length > 0 ? (
            <>
              <figure class="chart">
                <img
                  src={pathOf(code, `surveys/${survey.number}/${question.key}.svg`)}
                  alt={`${question.text}，同下表`}
                  width={CHART_WIDTH}
                  height={question.options.length * 40 + 34}
                  loading="lazy"
                />
              </figure>
              <details>
                <summary>看表格（答了 {question.answered} 份）</summary>
                <table>
                  <tbody>
                    {question.options.map((one) => (
                      <tr>
                        <th scope="row">{one.label}</th>
                        <td class="num">{one.count}</td>
                        <td class="num">
                          {one.share
                            ? `${Math.round(one.share.value * 100)}%（${Math.round(one.share.low * 100)}–${Math.round(one.share.high * 100)}）`
                            : ''}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </details>
            </>
          ) : (
            <p class="note">答了 {question.answered} 份</p>
          )}
        </Card>
      ))}
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
}
