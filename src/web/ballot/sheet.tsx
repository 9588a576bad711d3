import type { BallotPage } from '../../kernel/ballot-page.js'
import { shortTime } from '../../kernel/local-time.js'
import { Document } from './layout.js'
import { BALLOT } from './options.js'
import { Question } from './questions.js'
import { texts } from './texts.js'

interface SheetProps {
  readonly ballot: BallotPage
  readonly csrf: string
  /** What became of what was just sent. */
  readonly told?: string
  /** Somebody tried to cast: what is missing is marked. */
  readonly strict?: boolean
}

/**
 * The whole ballot on one page: its address is the same whatever is asked, and one form sends it all. Saving stands first, for
 * that is what the Enter key presses.
 */
export const Sheet = ({ ballot, csrf, told = '', strict = false }: SheetProps) => {
  const shown = ballot.questions.filter((question) => question.shown)
  const done = shown.filter((question) => question.done).length
  const faulty = strict ? shown.filter((question) => question.fault) : []
  return (
    <Document title={ballot.title}>
      <a class="skip" href="#form">
        {texts.skip}
      </a>
      <header class="head">
        <p class="brand">
          {texts.brand} · {ballot.voter}
        </p>
        <h1>{ballot.title}</h1>
        <p class={ballot.anonymous ? 'promise' : 'promise named'}>{ballot.promise}</p>
        {ballot.intro === '' ? null : <p>{ballot.intro}</p>}
        {ballot.until ? <p class="note">{texts.until(shortTime(ballot.until, ballot.timezone))}</p> : null}
      </header>
      <main id="main">
        {told === '' ? null : (
          <p class={strict ? 'told bad' : 'told'} role="status" tabindex={-1} id="told">
            {told}
          </p>
        )}
        {faulty.length > 0 ? (
          <nav class="faults" aria-label={texts.fix(faulty.length)}>
            <ul>
              {faulty.map((question) => (
                <li>
                  <a href={`#q-${question.key}`}>{`${question.text}：${question.fault}`}</a>
                </li>
              ))}
            </ul>
          </nav>
        ) : null}
        <form method="post" action={BALLOT} id="form" data-confirm={texts.confirm} novalidate>
          <input type="hidden" name="csrf" value={csrf} />
          <div class="bar">
            <progress
              id="bar"
              value={done}
              max={Math.max(1, shown.length)}
              aria-label={texts.progress(done, shown.length)}
            />
            <span id="count" data-words={texts.progress(-1, -2)}>
              {texts.progress(done, shown.length)}
            </span>
            <span id="auto" role="status" data-saved={texts.autoSaved} data-failed={texts.autoFailed}></span>
            <button class="button" type="submit" name="do" value="save">
              {texts.save}
            </button>
          </div>
          {ballot.questions.map((question, index) => (
            <Question question={question} number={index + 1} strict={strict} />
          ))}
          <div class="end">
            <p class="note">{texts.castNote}</p>
            <button class="button main" type="submit" name="do" value="cast">
              {texts.cast}
            </button>
          </div>
        </form>
      </main>
    </Document>
  )
}
