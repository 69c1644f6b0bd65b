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

// Of many tabs on a phone the one that is open is in sight.
for (const tab of document.querySelectorAll('.tabs [aria-current]')) {
  tab.scrollIntoView({ block: 'nearest', inline: 'center' })
}

addEventListener('submit', ({ target }) => {
  if (!(target instanceof HTMLFormElement) || target.method !== 'post') return
  for (const button of target.querySelectorAll('button')) {
    // What gives a file leaves the page as it is.
    if (button.dataset.again !== undefined) continue
    // After the browser has taken the form's values.
    setTimeout(() => {
      button.disabled = true
    })
  }
})

// A box that ticks all the others of a name.
addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.dataset.pickAll === undefined) return
  for (const box of document.querySelectorAll(`input[name="${target.dataset.pickAll}"]`)) {
    if (box instanceof HTMLInputElement) box.checked = target.checked
  }
})

// A page out of the browser's memory can be sent again.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return
  for (const button of document.querySelectorAll('button')) button.disabled = false
})

// A ready-made answer goes into the box at the cursor, and the box keeps the keyboard.
addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-insert]') : null
  if (!(link instanceof HTMLElement)) return
  const box = document.getElementById(link.dataset.into ?? '')
  if (!(box instanceof HTMLTextAreaElement)) return
  event.preventDefault()
  box.setRangeText(link.dataset.insert ?? '', box.selectionStart, box.selectionEnd, 'end')
  box.focus()
})
