// The chat of the page. What is said is sent once however often it is tried: its id is made here, and
// the server answers the same id with the same stored reply.

import { pictureOf } from './picture.js'
import {
  conversationHeaders,
  fetchHistory,
  isWithoutCookies,
  keep,
  noteConversation,
  recall,
} from './session.js'
import { MAX_FILE_BYTES, upload } from './upload.js'

/** How often a page without a cookie asks for what came later. */
const LOOK_MILLISECONDS = 10_000

/**
 * @typedef {{ value: string, label: string }} QuickReply
 * @typedef {import('./picture.js').Picture} Picture
 * @typedef {{ text: string, quickReplies: QuickReply[], image?: Picture }} Message
 * @typedef {{ id: number, turn: number, direction: 'in' | 'out', what?: string, body: Message, at: string }} Line
 * @typedef {{ id: string, text: string } | { id: string, choice: string } | { id: string, file: string } | { id: string, command: string, payload?: string }} Said
 */

/** @template {Element} T @param {string} id @param {new () => T} kind @returns {T} */
function find(id, kind) {
  const element = document.getElementById(id)
  if (!(element instanceof kind)) throw new Error(`the page has no #${id}`)
  return element
}

const log = find('log', HTMLElement)
const composer = find('composer', HTMLFormElement)
const box = find('say', HTMLTextAreaElement)
const attach = find('attach', HTMLButtonElement)
const chosen = find('file', HTMLInputElement)
const pill = find('pill', HTMLButtonElement)
const offline = find('offline', HTMLElement)
const larger = find('larger', HTMLButtonElement)
/** @type {Record<string, string>} */
const words = JSON.parse(log.dataset.words ?? '{}')
const locale = log.dataset.locale ?? 'zh-Hans'

/** The newest line of the transcript that is on the page. */
let newest = 0
/** The turns whose answers came with the request and are on the page already. */
const shownTurns = new Set()
/** The day of the newest line, so that a new day gets a separator. */
let day = ''
/** Sends go one after the other, so that answers stand in the order of the questions. */
let queue = Promise.resolve()

// --- what is on the page -------------------------------------------------------------------------

/** @param {string} tag @param {string} className @param {string} [text] */
function make(tag, className, text) {
  const element = document.createElement(tag)
  element.className = className
  if (text !== undefined) element.textContent = text
  return element
}

/** @param {Element} element */
function append(element) {
  const near = log.scrollHeight - log.scrollTop - log.clientHeight < 160
  log.append(element)
  if (!near) pill.hidden = false
  // What is longer than the screen is read from its beginning.
  else if (element.clientHeight > log.clientHeight) scrollToTop(element)
  else scrollToEnd()
}

/** Only the conversation scrolls, never the page around it. @param {Element} element */
function scrollToTop(element) {
  log.scrollTop += element.getBoundingClientRect().top - log.getBoundingClientRect().top - 8
}

function scrollToEnd() {
  log.scrollTop = log.scrollHeight
  pill.hidden = true
}

/** @param {string} at */
function showDay(at) {
  const date = new Date(at)
  const name = date.toDateString()
  if (name === day) return
  day = name
  const days = Math.round(
    (new Date().setHours(0, 0, 0, 0) - date.setHours(0, 0, 0, 0)) / 86_400_000,
  )
  const label =
    days === 0
      ? words.today
      : days === 1
        ? words.yesterday
        : new Date(at).toLocaleDateString(locale, { month: 'long', day: 'numeric' })
  append(make('p', 'day', label))
}

/** @param {string} text */
function bubble(text) {
  const element = make('div', 'bubble')
  for (const part of text.split(/\n{2,}/)) {
    const isSource = /^(依据：|方案里最接近|Source: |Nearest part)/.test(part)
    element.append(make('p', isSource ? 'source' : '', part))
  }
  return element
}

/** @param {Message} message */
function showReply(message) {
  const turn = make('div', 'turn')
  const said = bubble(message.text)
  if (message.image !== undefined) {
    const picture = pictureOf(message.image)
    if (picture instanceof HTMLImageElement) {
      // It takes its room once it is there: whoever was reading the end goes on reading it.
      picture.addEventListener('load', () => {
        const below = log.scrollHeight - log.scrollTop - log.clientHeight
        if (below < 160 + picture.clientHeight) scrollToEnd()
      })
      said.prepend(picture)
    } else said.append(picture)
  }
  turn.append(make('span', 'hidden', `${words.bot}: `), said)
  if (message.quickReplies.length > 0) {
    for (const past of log.querySelectorAll('.options:not(.past)')) past.classList.add('past')
    const options = make('div', 'options')
    options.role = 'group'
    options.ariaLabel = words.options ?? ''
    for (const { value, label } of message.quickReplies) {
      const button = make('button', '', label)
      button.addEventListener('click', () => say({ id: newId(), choice: value }, label))
      options.append(button)
    }
    turn.append(options)
  }
  append(turn)
}

/** @param {string} text @returns {HTMLElement} */
function showMine(text) {
  const turn = make('div', 'turn mine')
  turn.append(make('span', 'hidden', `${words.you}: `), bubble(text))
  append(turn)
  return turn
}

/** @param {string | undefined} text @returns {HTMLElement} */
function showMyFile(text) {
  const turn = make('div', 'turn mine')
  const chip = make('div', 'bubble file')
  chip.append(make('span', 'what', text))
  turn.append(make('span', 'hidden', `${words.you}: `), chip)
  append(turn)
  return turn
}

function showTyping() {
  const turn = make('div', 'turn')
  const dots = make('div', 'bubble')
  const row = make('span', 'typing')
  row.append(make('i', ''), make('i', ''), make('i', ''), make('span', 'hidden', words.typing))
  dots.append(row)
  turn.append(dots)
  append(turn)
  return turn
}

// --- talking -------------------------------------------------------------------------------------

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

/** @param {Said} said @param {string | null} shown */
function say(said, shown) {
  showDay(new Date().toISOString())
  const mine = shown === null ? null : showMine(shown)
  if (mine !== null) scrollToEnd()
  queue = queue.then(() => deliver(said, mine))
}

/** @param {Said} said @param {HTMLElement | null} mine */
async function deliver(said, mine) {
  mine?.querySelector('.state')?.remove()
  const typing = showTyping()
  try {
    const response = await fetch('/webhooks/web', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...conversationHeaders() },
      body: JSON.stringify({ ...said, locale }),
      signal: AbortSignal.timeout(20_000),
    })
    if (!response.ok) throw new Error(String(response.status))
    noteConversation(response.headers)
    /** @type {{ turn: number, replies: Message[] }} */
    const { turn, replies } = await response.json()
    typing.remove()
    shownTurns.add(turn)
    for (const reply of replies) showReply(reply)
  } catch {
    typing.remove()
    if (mine === null) return
    const again = make('button', 'state', words.notSent)
    again.addEventListener('click', () => {
      queue = queue.then(() => deliver(said, mine))
    })
    mine.append(again)
    scrollToEnd()
  }
}

// --- files ---------------------------------------------------------------------------------------

/** @param {File} file */
function sendFile(file) {
  showDay(new Date().toISOString())
  const isPhoto = file.type.startsWith('image/')
  const mine = showMyFile(isPhoto ? words.uploading : `${words.uploading} ${file.name}`)
  scrollToEnd()
  if (file.size > MAX_FILE_BYTES) return refuseFile(mine, words.fileTooLarge)
  carry(file, newId(), mine)
}

/** @param {File} file @param {string} id @param {HTMLElement} mine */
async function carry(file, id, mine) {
  mine.querySelector('.state')?.remove()
  const bar = document.createElement('progress')
  bar.ariaLabel = words.uploading ?? ''
  mine.querySelector('.bubble')?.append(bar)
  const onProgress = (/** @type {number} */ done) => {
    bar.value = done
  }
  const uploaded = await upload({ file, id, locale, headers: conversationHeaders(), onProgress })
  bar.remove()
  if (uploaded === 'not-sent') {
    renameFile(mine, file.name)
    const again = make('button', 'state', words.fileNotSent)
    again.addEventListener('click', () => carry(file, id, mine))
    mine.append(again)
    scrollToEnd()
  } else if ('problem' in uploaded) {
    refuseFile(mine, uploaded.problem)
  } else {
    const isPhoto = file.type.startsWith('image/')
    renameFile(mine, isPhoto ? words.photoReceived : `${words.fileReceived} ${file.name}`)
    queue = queue.then(() => deliver({ id, file: uploaded.file }, mine))
  }
}

/** @param {HTMLElement} mine @param {string | undefined} problem */
function refuseFile(mine, problem) {
  renameFile(mine, words.fileRefused)
  mine.append(make('p', 'problem', problem))
  scrollToEnd()
}

/** @param {HTMLElement} mine @param {string | undefined} text */
function renameFile(mine, text) {
  // A new element, since the log announces what is added and not what changes.
  mine.querySelector('.what')?.replaceWith(make('span', 'what', text))
}

/** @param {Line} line */
function showLine(line) {
  if (line.id < newest) return
  newest = line.id
  if (shownTurns.has(line.turn)) return
  showDay(line.at)
  if (line.direction === 'out') showReply(line.body)
  else if (line.what === 'media') showMyFile(words.fileSent)
  else if (line.what !== 'command') showMine(line.body.text)
}

/** Messages that come later than an answer: a status, a word from staff. A page nobody sees is quiet. */
function listen() {
  /** @type {EventSource | null} */
  let source = null
  const follow = () => {
    source?.close()
    source = null
    if (document.hidden) return
    source = new EventSource(`/webhooks/web/events?after=${newest}`)
    source.addEventListener('message', (event) => {
      /** @type {Line} */
      const line = JSON.parse(event.data)
      queue = queue.then(() => showLine(line))
    })
  }
  // An EventSource sends no headers, so it is no way without a cookie.
  if (isWithoutCookies()) return void setInterval(look, LOOK_MILLISECONDS)
  document.addEventListener('visibilitychange', follow)
  follow()
}

/** Asks for what came later than an answer, where nothing can tell us. */
async function look() {
  if (document.hidden) return
  const known = newest
  for (const line of await fetchHistory()) {
    if (line.id > known) queue = queue.then(() => showLine(line))
  }
}

async function begin() {
  const messages = await fetchHistory()
  for (const line of messages) showLine(line)
  const wanted = new URL(location.href).searchParams.get('lang')
  const changes = messages.length > 0 && wanted !== null
  // The token of a one-time link; out of the address at once, so that it is in no bookmark.
  const [, way, token] = /^#(go|staff|tip-off)=([\w-]+)$/.exec(location.hash) ?? []
  // The code of a poster on the spot.
  const [, event] = /^#event=([\w-]{1,40})$/.exec(location.hash) ?? []
  if (token !== undefined) {
    history.replaceState(null, '', '/')
    say(
      {
        id: newId(),
        command: 'start',
        payload: `${way === 'go' ? 'elsewhere' : way}-${token}`,
      },
      null,
    )
  } else if (event !== undefined) {
    history.replaceState(null, '', '/')
    say({ id: newId(), command: 'start', payload: `events-in-${event}` }, null)
  } else if (messages.length === 0) say({ id: newId(), command: 'start' }, null)
  if (changes) say({ id: newId(), command: 'language', payload: wanted }, null)
  if (wanted !== null) history.replaceState(null, '', '/')
  scrollToEnd()
  await queue
  listen()
}

// --- the page's own buttons ----------------------------------------------------------------------

composer.addEventListener('submit', (event) => {
  event.preventDefault()
  const text = box.value.trim()
  if (text === '') return
  box.value = ''
  grow()
  box.focus()
  say({ id: newId(), text }, text)
})

box.addEventListener('keydown', (event) => {
  // While a Chinese input method is composing, Enter chooses a word.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  composer.requestSubmit()
})

attach.addEventListener('click', () => chosen.click())
chosen.addEventListener('change', () => {
  for (const file of chosen.files ?? []) sendFile(file)
  // The same file may be chosen again.
  chosen.value = ''
})

function grow() {
  box.style.height = 'auto'
  box.style.height = `${box.scrollHeight + 2}px`
}
box.addEventListener('input', grow)

find('menu', HTMLButtonElement).addEventListener('click', (event) => {
  const label = event.currentTarget instanceof Element ? event.currentTarget.textContent : ''
  say({ id: newId(), command: 'menu' }, label)
})

pill.addEventListener('click', scrollToEnd)
log.addEventListener('scroll', () => {
  if (log.scrollHeight - log.scrollTop - log.clientHeight < 40) pill.hidden = true
})

/** @param {boolean} on */
function setLarger(on) {
  document.documentElement.classList.toggle('larger', on)
  larger.ariaPressed = String(on)
  keep('larger', on ? '1' : '')
}
larger.addEventListener('click', () => setLarger(larger.ariaPressed !== 'true'))
setLarger(recall('larger') === '1')

const showOffline = () => {
  offline.hidden = navigator.onLine
}
addEventListener('online', showOffline)
addEventListener('offline', showOffline)
showOffline()

begin()
