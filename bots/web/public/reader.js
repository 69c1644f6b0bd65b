// Our own pages that are for one conversation alone: shown here, since without a cookie no other window would get them.

import { make, words } from './dom.js'
import { conversationHeaders } from './session.js'

/** Addresses of them; all else opens as links do. */
const OWN = '/webhooks/web/'

document.addEventListener('click', async (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (link === null || link.origin !== location.origin || !link.pathname.startsWith(OWN)) return
  event.preventDefault()
  const accept = link.download === '' ? 'text/html' : 'application/json'
  const headers = { ...conversationHeaders(), accept }
  const response = await fetch(link.href, { headers }).catch(() => null)
  if (response === null) return
  const type = response.headers.get('content-type') ?? ''
  if (type.startsWith('application/json')) save(await response.blob(), link.download)
  else show(await response.text(), type.startsWith('text/html'))
})

/** @param {Blob} file @param {string} name */
function save(file, name) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** @param {string} text @param {boolean} isPage */
function show(text, isPage) {
  const dialog = document.createElement('dialog')
  dialog.className = 'reader'
  const close = make('button', 'close', words.close)
  close.addEventListener('click', () => dialog.close())
  dialog.addEventListener('close', () => dialog.remove())
  const main = isPage
    ? new DOMParser().parseFromString(text, 'text/html').querySelector('main')
    : null
  dialog.append(close, main ?? make('p', '', text))
  document.body.append(dialog)
  dialog.showModal()
}
