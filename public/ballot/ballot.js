// Small helps; without this file the ballot can be filled in all the same.
const form = document.getElementById('form')
const AUTO_MS = 1200

if (form) {
  const questions = [...form.querySelectorAll('.question')]
  const byKey = new Map(questions.map((one) => [one.dataset.key, one]))
  let timer
  let leaving = false

  const marks = (question) =>
    [...question.querySelectorAll('input:checked')].map((one) => Number(one.value)).filter((one) => one > 0)

  /** Whether an earlier answer opens it, as the service will judge again. */
  function isShown(question) {
    const { if: earlier, ifIn = '', ifBelow } = question.dataset
    if (!earlier) return true
    const source = byKey.get(earlier)
    if (!source || source.hidden) return false
    const typed = source.querySelector('input:not([type])')?.value
    const values = typed ? [Number(typed)] : marks(source)
    const listed = ifIn.split(' ').filter(Boolean).map(Number)
    return values.some((value) => listed.includes(value) || (ifBelow !== undefined && value < Number(ifBelow)))
  }

  function isDone(question) {
    const reason = question.querySelector('[data-reason]')
    if (
      reason &&
      !reason.hidden &&
      reason.dataset.required !== undefined &&
      !reason.querySelector('textarea').value.trim()
    )
      return false
    const rows = question.querySelectorAll('.row')
    if (rows.length > 0) return [...rows].every((row) => row.querySelector('input:checked'))
    if (question.querySelector('.options')) return marks(question).length > 0
    return question.querySelector('input, textarea').value.trim() !== ''
  }

  function refresh() {
    for (const question of questions) {
      question.hidden = !isShown(question)
      const reason = question.querySelector('[data-reason]')
      if (reason) reason.hidden = !marks(question).some((mark) => mark < Number(question.dataset.below))
    }
    const open = questions.filter((question) => !question.hidden)
    const done = open.filter(isDone).length
    const bar = document.getElementById('bar')
    const count = document.getElementById('count')
    bar.max = Math.max(1, open.length)
    bar.value = done
    count.textContent = count.dataset.words.replace('-1', String(done)).replace('-2', String(open.length))
    bar.setAttribute('aria-label', count.textContent)
  }

  async function keep() {
    const told = document.getElementById('auto')
    const body = new URLSearchParams(new FormData(form))
    body.set('do', 'auto')
    const answer = await fetch(form.action, { method: 'POST', body, keepalive: true }).catch(() => null)
    if (leaving) return
    told.textContent = answer?.status === 204 ? told.dataset.saved : told.dataset.failed
    told.classList.toggle('bad', answer?.status !== 204)
  }

  // One mark for all rows that have none of their own yet; after that each can be changed.
  for (const all of form.querySelectorAll('[data-all]')) {
    all.hidden = false
    all.addEventListener('change', (event) => {
      const value = event.target.value
      if (value === '') return
      for (const row of all.closest('.question').querySelectorAll('.row'))
        if (!row.querySelector('input:checked')) row.querySelector(`input[value="${value}"]`).checked = true
      event.target.value = ''
    })
  }

  form.addEventListener('input', () => {
    refresh()
    clearTimeout(timer)
    timer = setTimeout(keep, AUTO_MS)
  })
  form.addEventListener('submit', (event) => {
    if (event.submitter?.value === 'cast' && !window.confirm(form.dataset.confirm)) {
      event.preventDefault()
      return
    }
    leaving = true
    clearTimeout(timer)
    setTimeout(() => {
      for (const button of form.querySelectorAll('button')) button.disabled = true
    })
  })
  window.addEventListener('pageshow', () => {
    leaving = false
    for (const button of form.querySelectorAll('button')) button.disabled = false
    refresh()
  })
  document.getElementById('told')?.focus({ preventScroll: true })
  refresh()
}
