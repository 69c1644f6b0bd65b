// What a page of the console does beyond HTML: the menu of a phone is shut at first, a conversation
// stands at its newest line, and a form that was sent is not sent twice.

const sections = document.querySelector('details.sections')
if (sections instanceof HTMLDetailsElement && matchMedia('(max-width: 56rem)').matches) {
  sections.open = false
}

const log = document.getElementById('log')
if (log !== null) {
  const toEnd = () => {
    log.scrollTop = log.scrollHeight
  }
  toEnd()
  new MutationObserver(toEnd).observe(log, { childList: true })
}

addEventListener('submit', ({ target }) => {
  if (!(target instanceof HTMLFormElement) || target.method !== 'post') return
  for (const button of target.querySelectorAll('button')) {
    // After the browser has taken the form's values.
    setTimeout(() => {
      button.disabled = true
    })
  }
})

// A page out of the browser's memory can be sent again.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return
  for (const button of document.querySelectorAll('button')) button.disabled = false
})
