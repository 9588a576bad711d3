import { Hono } from 'hono'
import { z } from 'zod'
import { act } from '../act.js'
import { type BarRow, barsOption, svgAnswer } from '../charts.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { Bar, Card, Empty, Head, PostForm } from '../parts/common.js'
import { CHART_WIDTH } from '../parts/survey-results.js'
import { type QuestionView, readProgress, readSurveys, resultsOf, type SurveyRow } from '../surveys-data.js'
import { SURVEY_KINDS, SURVEY_STATUS, texts } from '../texts.js'
import { surveyPage } from './survey.js'

const nonce = z.string().min(8)
const writeForm = z.object({ nonce, words: z.string().trim().min(2).max(6000) })
const stepForm = z.object({
  nonce,
  verb: z.enum(['publish', 'cancel', 'close']),
  hash: z.string().max(100).optional(),
})
const workForm = z.object({ nonce, input: z.string().max(300) })

/** 问卷: rounds with their progress and results, and a poll of the community's own from the first word to the end. */
export function surveysApp(options: DeskOptions): Hono<Env> {
  const { db } = options
  const app = new Hono<Env>()
  const find = async (c: Ctx): Promise<SurveyRow | undefined> =>
    (await readSurveys(db.read, c.get('room'))).find((one) => one.number === c.req.param('number'))
  const todo = async (c: Ctx, call: { nonce: string; command: string; input: object }) => {
    const outcome = await act(options, c.get('viewer'), { ...call, communityId: c.get('room').community.id })
    leaveFlash(c, { text: outcome.text, good: outcome.done })
    return outcome
  }
  const to = (c: Ctx, rest = '') => c.redirect(pathOf(c.get('room').community.code, `surveys${rest}`), 303)

  app.get('/', (c) => listPage(c, options))
  app.get('/new', (c) => (c.get('room').manages ? newPage(c, '') : c.notFound()))
  app.post('/new', async (c) => {
    const form = writeForm.safeParse(await c.req.parseBody())
    if (!form.success) return newPage(c, '', texts.badForm)
    const words = form.data.words.replaceAll('\r\n', '\n')
    const outcome = await todo(c, { nonce: form.data.nonce, command: 'surveys.write', input: { words } })
    if (!outcome.done) return newPage(c, words, outcome.text)
    const [newest] = await readSurveys(db.read, c.get('room'))
    return to(c, newest ? `/${newest.number}` : '')
  })
  app.get('/:number', async (c) => {
    const survey = await find(c)
    return survey ? surveyPage(c, options, survey) : c.notFound()
  })
  app.post('/:number', async (c) => {
    const survey = await find(c)
    if (!survey) return c.notFound()
    const { verb, hash, nonce: key } = stepForm.parse(await c.req.parseBody())
    const { number } = survey
    const input = verb === 'publish' && hash ? { number, hash } : { number }
    await todo(c, { nonce: key, command: `surveys.${verb}`, input })
    return to(c, verb === 'cancel' ? '' : `/${number}`)
  })
  app.post('/:number/work', async (c) => {
    const survey = await find(c)
    if (!survey) return c.notFound()
    const form = workForm.parse(await c.req.parseBody())
    const { wordsId } = z.object({ wordsId: z.number() }).parse(readJson(form.input))
    await todo(c, { nonce: form.nonce, command: 'surveys.work', input: { number: survey.number, wordsId } })
    return to(c, `/${survey.number}`)
  })
  app.post('/:number/opinions', async (c) => {
    const survey = await find(c)
    if (!survey) return c.notFound()
    const form = z.object({ nonce }).parse(await c.req.parseBody())
    const outcome = await act(options, c.get('viewer'), {
      nonce: form.nonce,
      communityId: c.get('room').community.id,
      command: 'surveys.opinions',
      input: { number: survey.number },
    })
    return surveyPage(c, options, survey, outcome)
  })
  app.post('/:number/export', async (c) => {
    const survey = await find(c)
    if (!survey) return c.notFound()
    const form = z.object({ nonce }).parse(await c.req.parseBody())
    const outcome = await act(options, c.get('viewer'), {
      nonce: form.nonce,
      communityId: c.get('room').community.id,
      command: 'surveys.export',
      input: { number: survey.number },
    })
    if (!outcome.file) {
      leaveFlash(c, { text: outcome.text, good: false })
      return to(c, `/${survey.number}`)
    }
    c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(outcome.file.name)}`)
    return c.body(outcome.file.bytes, 200, { 'content-type': outcome.file.mime })
  })
  app.get('/:number/:key{.+\\.svg}', async (c) => {
    const survey = await find(c)
    if (!survey) return c.notFound()
    const key = c.req.param('key').replace(/\.svg$/, '')
    const drawn = key === 'progress' ? await progressBars(survey) : questionBars(c, survey, key)
    if (!drawn) return c.notFound()
    const { option, height } = barsOption(drawn.rows, drawn.most)
    return svgAnswer(c, option, { width: CHART_WIDTH, height })
  })
  return app

  async function progressBars(survey: SurveyRow) {
    const { cells } = await readProgress(db.read, survey)
    const rows = cells.map(
      (one): BarRow => ({
        name: one.label,
        value: one.answered,
        of: one.invited,
        label: `${one.answered} / ${one.invited}`,
      }),
    )
    return { rows, most: Math.max(1, ...cells.map((one) => one.invited)) }
  }
  function questionBars(c: Ctx, survey: SurveyRow, key: string) {
    const question = resultsOf(survey, c.get('room'))?.questions.find((one) => one.key === key)
    return question && !question.hidden ? { rows: barsOf(question), most: 100 } : null
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const barsOf = (question: QuestionView): BarRow[] =>
  question.rows.length > 0
    ? question.rows.map((one) => ({
        name: one.label,
        value: Math.round((one.score?.value ?? 0) * 10) / 10,
        label: one.score ? one.score.value.toFixed(1) : '—',
      }))
    : question.options.map((one) => ({
        name: one.label,
        value: Math.round((one.share?.value ?? 0) * 1000) / 10,
        label: `${Math.round((one.share?.value ?? 0) * 100)}%（${one.count}）`,
      }))

async function listPage(c: Ctx, { db }: DeskOptions) {
  const room = c.get('room')
  const surveys = await readSurveys(db.read, room)
  const progress = await Promise.all(surveys.map((survey) => readProgress(db.read, survey)))
  return page(c, {
    title: texts.nav.surveys,
    section: 'surveys',
    children: (
      <>
        <Head title={texts.nav.surveys} note="居民在聊天里作答，一户一票。群众评议由独立机构办，部门评议由街道办。">
          {room.manages ? (
            <a class="button main" href={pathOf(room.community.code, 'surveys/new')}>
              写一份问卷
            </a>
          ) : null}
        </Head>
        <Card class="flush">
          {surveys.length === 0 ? <Empty>还没有问卷。</Empty> : null}
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
                        <span class="tag">{SURVEY_KINDS[survey.kind] ?? survey.kind}</span>
                        {survey.anonymous ? <span class="tag">无记名</span> : null}
                      </p>
                      {survey.status === 'draft' ? (
                        <p class="note">还没有发布</p>
                      ) : (
                        <>
                          <p class="note">
                            已答 {answered} / 邀请 {invited}（{Math.round(part * 100)}%）
                          </p>
                          <Bar part={part} label={`已答 ${Math.round(part * 100)}%`} />
                        </>
                      )}
                    </div>
                    <div class="row-end">
                      <span class={survey.status === 'running' ? 'tag status-in_progress' : 'tag'}>
                        {SURVEY_STATUS[survey.status] ?? survey.status}
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

const EXAMPLE = `停车改造意见（5天）
1. 是否同意改造 单选：同意/不同意/无所谓
2. 最想解决哪些（可不答） 多选：停车/电梯/卫生
3. 对现在停车满意吗 满意度
4. 还有什么建议 填空`

const newPage = (c: Ctx, words: string, fault?: string) =>
  page(
    c,
    {
      title: '写一份问卷',
      section: 'surveys',
      flash: fault ? { text: fault, good: false } : undefined,
      children: (
        <>
          <p class="crumbs">
            <a href={pathOf(c.get('room').community.code, 'surveys')}>{texts.nav.surveys}</a> / 写一份问卷
          </p>
          <Head title="写一份问卷" note="第一行是标题，往下一行一题，写法和在聊天里一样。先存成草稿，看过再发布。" />
          <div class="columns even">
            <Card>
              <PostForm c={c} action={pathOf(c.get('room').community.code, 'surveys/new')} class="stack">
                <label class="field">
                  <span>问卷全文</span>
                  <textarea name="words" rows={10} required maxlength={6000} placeholder={EXAMPLE}>
                    {words}
                  </textarea>
                </label>
                <button class="button main" type="submit">
                  存成草稿
                </button>
              </PostForm>
            </Card>
            <Card title="怎么写">
              <pre class="example">{EXAMPLE}</pre>
              <p class="note">
                标题后面的括号里可以写：几天、记名（不写就是无记名）、抽样几户、每网格几户。题型有
                单选、多选、满意度、1-10分、数字、填空。
              </p>
            </Card>
          </div>
        </>
      ),
    },
    fault ? 422 : 200,
  )
