import type { Outcome } from '../act.js'
import { type Ctx, pathOf } from '../env.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { Card, Empty, Head, PostForm, Time } from '../parts/common.js'
import { CHART_WIDTH, Results } from '../parts/survey-results.js'
import { questionsOf, readProgress, resultsOf, runs, type SurveyRow } from '../surveys-data.js'
import { SURVEY_KINDS, SURVEY_STATUS, texts } from '../texts.js'

/** One round: how far it is, what it asks, and after its end what came out. */
export async function surveyPage(c: Ctx, { db }: DeskOptions, survey: SurveyRow, opinions: Outcome | null = null) {
  const room = c.get('room')
  const { community } = room
  const results = resultsOf(survey, room)
  const draft = survey.status === 'draft'
  return page(c, {
    title: survey.title,
    section: 'surveys',
    children: (
      <>
        <p class="crumbs">
          <a href={pathOf(community.code, 'surveys')}>{texts.nav.surveys}</a> / {survey.number}
        </p>
        <Head
          title={survey.title}
          note={`${SURVEY_KINDS[survey.kind] ?? ''} · ${survey.anonymous ? '无记名：谁怎么答的，数据库里也查不到。' : '记名问卷。'}`}
        >
          <span class={survey.status === 'running' ? 'tag status-in_progress' : 'tag'}>
            {SURVEY_STATUS[survey.status]}
          </span>
          {results ? (
            <PostForm c={c} action={pathOf(community.code, `surveys/${survey.number}/export`)} class="download">
              <button class="button small" type="submit">
                导出表格
              </button>
            </PostForm>
          ) : null}
        </Head>
        <div class="columns">
          <div>
            {results ? (
              <Results c={c} survey={survey} results={results} />
            ) : draft ? null : (
              <Card title="结果">
                <Empty>
                  {survey.kind === 'departments' && survey.status === 'closed'
                    ? '评议部门的结果只给街道和考核、纪检部门看。'
                    : '结束后在这里看结果；开着的时候谁也看不到。'}
                </Empty>
              </Card>
            )}
            {results && room.manages && survey.kind !== 'departments' ? (
              <Opinions c={c} survey={survey} shown={opinions} />
            ) : null}
            <Card title="题目" count={questionsOf(survey).length}>
              <ol class="questions">
                {questionsOf(survey).map((question) => (
                  <li>{question}</li>
                ))}
              </ol>
              <p class="note">
                题目印记 <code>{survey.definitionHash.slice(0, 16)}</code>，发布后一个字也不能改。
              </p>
            </Card>
          </div>
          <div>
            <Steps c={c} survey={survey} />
            {draft ? null : <Progress c={c} survey={survey} progress={await readProgress(db.read, survey)} />}
          </div>
        </div>
      </>
    ),
  })
}

/** What people wrote, as the chat shows it: homes and names left out, each with a tap that makes a request of it. */
const Opinions = ({
  c,
  survey,
  shown,
}: {
  readonly c: Ctx
  readonly survey: SurveyRow
  readonly shown: Outcome | null
}) => {
  const action = (rest: string) => pathOf(c.get('room').community.code, `surveys/${survey.number}/${rest}`)
  return (
    <Card title="居民写的意见" id="opinions">
      {shown ? (
        <p class="said">{shown.text}</p>
      ) : (
        <PostForm c={c} action={action('opinions')}>
          <button class="button" type="submit">
            看意见（已隐去门牌姓名）
          </button>
        </PostForm>
      )}
      <div class="buttons">
        {(shown?.choices ?? []).map((one) => (
          <PostForm c={c} action={action('work')}>
            <input type="hidden" name="input" value={JSON.stringify(one.input)} />
            <button class="button small" type="submit">
              {one.label}
            </button>
          </PostForm>
        ))}
      </div>
    </Card>
  )
}

/** What whoever runs the round may do with it now. */
const Steps = ({ c, survey }: { readonly c: Ctx; readonly survey: SurveyRow }) => {
  const room = c.get('room')
  const action = pathOf(room.community.code, `surveys/${survey.number}`)
  if (!runs(room, survey))
    return survey.status === 'running' && survey.kind === 'community' && room.manages ? (
      <Card>
        <p class="note">群众评议由独立的调查机构办，社区只能看进度，不能改、不能提前结束。</p>
      </Card>
    ) : null
  if (survey.status === 'draft')
    return (
      <Card title="草稿">
        <p class="note">发布后马上在群里通知并开始邀请，题目不能再改。</p>
        <div class="buttons">
          <PostForm c={c} action={action} confirm={`发布“${survey.title}”？发布后题目不能再改。`}>
            <input type="hidden" name="hash" value={survey.definitionHash} />
            <button class="button main" name="verb" value="publish" type="submit">
              发布
            </button>
          </PostForm>
          <PostForm c={c} action={action} confirm={`作废草稿“${survey.title}”？`}>
            <button class="button" name="verb" value="cancel" type="submit">
              作废
            </button>
          </PostForm>
        </div>
      </Card>
    )
  if (survey.status !== 'running') return null
  return (
    <Card title="结束">
      <p class="note">到期会自动结束。提前结束会马上公布结果，不能再打开。</p>
      <PostForm c={c} action={action} confirm={`现在就结束“${survey.title}”？结果会马上公布。`}>
        <button class="button" name="verb" value="close" type="submit">
          提前结束
        </button>
      </PostForm>
    </Card>
  )
}

interface ProgressProps {
  readonly c: Ctx
  readonly survey: SurveyRow
  readonly progress: Awaited<ReturnType<typeof readProgress>>
}

const percent = (part: number, of: number) => (of > 0 ? `${Math.round((part / of) * 100)}%` : '—')

const Progress = ({ c, survey, progress }: ProgressProps) => {
  const { community } = c.get('room')
  const ends = survey.closedAt ?? survey.endsAt
  return (
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
        {ends ? (
          <div>
            <dt>{survey.closedAt ? '结束于' : '到'}</dt>
            <dd>
              <Time at={ends} timezone={community.timezone} />
            </dd>
          </div>
        ) : null}
      </dl>
      {progress.cells.length > 1 ? (
        <>
          <figure class="chart">
            <img
              src={pathOf(community.code, `surveys/${survey.number}/progress.svg`)}
              alt="各组已答与邀请，同下表"
              width={CHART_WIDTH}
              height={progress.cells.length * 40 + 34}
            />
          </figure>
          <table>
            <thead>
              <tr>
                <th scope="col">组</th>
                <th scope="col" class="num">
                  邀请
                </th>
                <th scope="col" class="num">
                  已答
                </th>
              </tr>
            </thead>
            <tbody>
              {progress.cells.map((cell) => (
                <tr>
                  <th scope="row">{cell.label}</th>
                  <td class="num">{cell.invited}</td>
                  <td class="num">
                    {cell.answered}（{percent(cell.answered, cell.invited)}）
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      ) : null}
    </Card>
  )
}
