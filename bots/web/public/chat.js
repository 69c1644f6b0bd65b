// The chat of the page, put together.

import { takeWordsBy } from './composer.js'
import { find, newId, takeWords } from './dom.js'
import './files.js'
import { listen, take } from './listen.js'
import { onChoice } from './log.js'
import './reader.js'
import { conversationHeaders, fetchHistory } from './session.js'
import { openTalk, say } from './talk.js'
import { showQuestion } from './view.js'

/**
 * @typedef {{ id?: string, kind: string, problem?: string }} StoredFile
 * @typedef {{ id: number, turn: number, direction: 'in' | 'out', what?: string, said?: string, toStaff?: true, file?: StoredFile, body: import('./log.js').Message, at: string }} Line
 */

const offline = find('offline', HTMLElement)
/** Until what was said earlier is known, it is asked for this often. */
const AGAIN_MILLISECONDS = 5000

takeWordsBy((text) => say({ id: newId(), text }, text))
onChoice(({ value, label }) => say({ id: newId(), choice: value }, label))
find('menu', HTMLButtonElement).addEventListener('click', pressCommand('menu'))
for (const button of find('ways', HTMLElement).querySelectorAll('button')) {
  button.addEventListener('click', pressCommand(button.value))
}

/** A button that says a command by its own words. @param {string} command @returns {(event: Event) => void} */
function pressCommand(command) {
  return (event) => {
    event.preventDefault()
    const label = event.currentTarget instanceof Element ? event.currentTarget.textContent : ''
    say({ id: newId(), command }, label)
  }
}

const showOffline = () => {
  offline.hidden = navigator.onLine
}
for (const type of ['online', 'offline']) addEventListener(type, showOffline)
showOffline()

// --- the other language, without leaving: what was said and typed stays ----------------------------

const OWN_WORDS = '.skip, .top *, .offline, .ways, .ways *, .foot, .pill, .composer *'
const ATTRIBUTES = ['aria-label', 'title', 'placeholder', 'href', 'lang', 'hreflang']

/** @param {string} language */
async function changeLanguage(language) {
  say({ id: newId(), command: 'language', payload: language }, null)
  const response = await fetch(`/?lang=${language}`, { headers: conversationHeaders() }).catch(
    () => null,
  )
  if (response?.ok !== true) return
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  const given = fresh.getElementById('log')
  if (given !== null) takeWords(given.dataset)
  document.title = fresh.title
  document.documentElement.lang = language
  const own = [...document.querySelectorAll(OWN_WORDS)]
  for (const [index, other] of [...fresh.querySelectorAll(OWN_WORDS)].entries()) {
    const element = own[index]
    if (element === undefined || element.closest('svg') !== null) continue
    for (const name of ATTRIBUTES) {
      const value = other.getAttribute(name)
      if (value !== null) element.setAttribute(name, value)
    }
    if (element.childElementCount === 0 && element.id !== 'say')
      element.textContent = other.textContent
  }
}
for (const link of document.querySelectorAll('.tools a')) {
  link.addEventListener('click', (event) => {
    event.preventDefault()
    changeLanguage(link.getAttribute('hreflang') ?? 'zh-Hans')
  })
}

// --- how it begins -----------------------------------------------------------------------------------

/** @returns {Promise<Line[]>} */
async function historyAtLast() {
  for (;;) {
    const messages = await fetchHistory()
    if (messages !== null) return messages
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, AGAIN_MILLISECONDS)
      addEventListener('online', () => resolve(clearTimeout(timer)), { once: true })
    })
  }
}

async function begin() {
  const messages = await historyAtLast()
  // Above what was deleted there is nothing.
  const from = messages.findLastIndex(({ body }) => body.clears === true)
  for (const { body, ...line } of messages.slice(Math.max(0, from))) {
    const { clears: _, ...said } = body
    await take({ ...line, body: said })
  }
  const wanted = new URL(location.href).searchParams.get('lang')
  const changes = messages.length > 0 && wanted !== null
  // The token of a one-time link; out of the address at once, so that it is in no bookmark.
  const [, way, token] = /^#(go|staff|tip-off)=([\w-]+)$/.exec(location.hash) ?? []
  // The code of a poster on the spot.
  const [, event] = /^#event=([\w-]{1,40})$/.exec(location.hash) ?? []
  const payload =
    token === undefined
      ? event && `events-in-${event}`
      : `${way === 'go' ? 'elsewhere' : way}-${token}`
  // The code of a letter: how the application stands.
  const asksStatus = location.hash === '#status'
  if (payload !== undefined || asksStatus || wanted !== null) history.replaceState(null, '', '/')
  if (payload !== undefined) say({ id: newId(), command: 'start', payload }, null)
  else if (messages.length === 0) say({ id: newId(), command: 'start' }, null)
  if (asksStatus) say({ id: newId(), choice: '!status' }, null)
  if (changes) say({ id: newId(), command: 'language', payload: wanted }, null)
  await openTalk(new Set(messages.flatMap(({ said }) => said ?? [])))
  showQuestion()
  listen()
}

begin()
