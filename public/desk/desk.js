// Small helps; without this file every page still works.
const live = document.body.dataset.live

// A form that cannot be undone asks once more; no form is sent twice by a double press.
document.addEventListener('submit', (event) => {
  const form = event.target
  const question = form.dataset.confirm
  if (question && !window.confirm(question)) {
    event.preventDefault()
    return
  }
  // A download leaves the page as it is: its button comes back.
  if (form.method === 'post') setTimeout(() => disable(form, true))
  if (form.classList.contains('download')) setTimeout(() => disable(form, false), 3000)
})

function disable(form, disabled) {
  for (const button of form.querySelectorAll('button')) button.disabled = disabled
}

// A page that comes back from the browser's memory has its buttons again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form')) disable(form, false)
})

// Filters and search answer as they are changed.
for (const form of document.querySelectorAll('form[data-auto]')) {
  let timer
  let asked = 0
  const refresh = async () => {
    const query = new URLSearchParams(new FormData(form))
    for (const [key, value] of [...query]) if (value === '') query.delete(key)
    const address = `${form.getAttribute('action') || location.pathname}?${query}`
    asked += 1
    const mine = asked
    const answer = await fetch(address, { headers: { accept: 'text/html' } }).catch(() => null)
    if (!answer?.ok || answer.redirected) {
      form.submit()
      return
    }
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const [now, next] = [document.getElementById('results'), page.getElementById('results')]
    if (mine !== asked || !now || !next) return
    now.replaceWith(next)
    for (const tabs of page.querySelectorAll('.tabs')) document.querySelector('.tabs')?.replaceWith(tabs)
    history.replaceState(null, '', address)
  }
  form.addEventListener('input', (event) => {
    clearTimeout(timer)
    timer = setTimeout(refresh, event.target.tagName === 'SELECT' ? 0 : 220)
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    clearTimeout(timer)
    refresh()
  })
}

// The menu of a phone closes when one looks elsewhere.
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('.menu[open]')) if (!menu.contains(event.target)) menu.open = false
})
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') for (const menu of document.querySelectorAll('.menu[open]')) menu.open = false
})

// What happens elsewhere is told here, and nothing moves under the hand.
if (live && 'EventSource' in window) {
  const events = new EventSource(live)
  events.addEventListener('hello', () => {
    document.body.dataset.line = 'open'
  })
  events.addEventListener('entry', (event) => {
    const { type, subject } = JSON.parse(event.data)
    const number = /^request:(.+)$/.exec(subject)?.[1]
    if (number && type === 'request.logged') toast(`新诉求 ${number}`, `requests/${number}`)
    else if (number && location.pathname.endsWith(`/requests/${number}`))
      toast('这件诉求有新动态', `requests/${number}`)
    if (type.startsWith('request.') || type.startsWith('person.')) stale()
  })
  events.addEventListener('waiting', () => {
    if (!document.getElementById('live')) toast('有一条等您看一眼', 'today')
    stale()
  })
  window.addEventListener('pagehide', () => events.close())
}

// The lists of today are read anew when nobody is at them: nothing in them chosen or open, no pointer moved over them.
const HAND_RESTS_MS = 8000
let old = false
let movedAt = Number.NEGATIVE_INFINITY
let reading = false

function stale() {
  if (!document.getElementById('live')) return
  old = true
  renew()
}

function atWork(lists) {
  const hand = lists.matches(':hover') && performance.now() - movedAt < HAND_RESTS_MS
  return hand || lists.contains(document.activeElement) || lists.querySelector('details[open]')
}

async function renew() {
  const lists = document.getElementById('live')
  if (!old || reading || !lists || atWork(lists)) return
  reading = true
  old = false
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null)
  reading = false
  if (!answer?.ok || answer.redirected) return
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('live')
  if (!next) return
  // Somebody came to the lists while they were read.
  if (atWork(lists)) old = true
  else lists.replaceWith(next)
}

if (document.getElementById('live')) {
  document.addEventListener('pointermove', () => {
    movedAt = performance.now()
  })
  setInterval(renew, 1000)
}

function toast(words, page) {
  const box = document.createElement('div')
  box.className = 'toast'
  const text = document.createElement('span')
  text.textContent = words
  const link = document.createElement('a')
  link.className = 'button small'
  link.href = live.replace(/live$/, page)
  link.textContent = '查看'
  box.append(text, link)
  const toasts = document.getElementById('toasts')
  toasts.append(box)
  while (toasts.children.length > 4) toasts.firstElementChild.remove()
}
