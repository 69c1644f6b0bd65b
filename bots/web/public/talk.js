// Talking. What is said is sent once however often it is tried: its id is made here, and the server answers the same id
// with the same stored reply. What cannot be sent waits in order, also over a reload, and goes by itself.

import { empty, fill, setControl } from './composer.js'
import { locale, words } from './dom.js'
import { clearLog, showDay, showMine, showMyFile, showReply, showState, showTyping } from './log.js'
import { conversationHeaders, keepNothing, noteConversation } from './session.js'
import { listUnsent, noteSent, noteUnsent } from './unsent.js'
import { showQuestion } from './view.js'

/**
 * @typedef {{ id: string, text: string } | { id: string, choice: string } | { id: string, file: string } | { id: string, command: string, payload?: string }} Said
 * @typedef {{ said: Said, mine: HTMLElement | null }} Waiting
 */

/** After so many seconds it is tried again, the longer the more often it failed. */
const PAUSES = [15, 30, 60]

/** What waits to be sent, the first of it perhaps on its way. @type {Waiting[]} */
const waiting = []
/** The turns whose answers came with the request and are on the page already. @type {Set<number>} */
const shownTurns = new Set()
/** Nothing goes before it is known what was said earlier. */
let isOpen = false
let isSending = false
/** Ends as the sending does; never rejects. */
let sent = Promise.resolve()
let failures = 0
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

/** Says something, with the words that stand for it; null: nothing is shown. @param {Said} said @param {string | null} shown */
export function say(said, shown) {
  if (isOnItsWay(said)) return
  showDay(new Date().toISOString())
  const mine = shown === null ? null : showMine(shown)
  if (mine !== null) showQuestion()
  add(said, mine, shown === null ? null : { said, shown })
}

/** Tells of a file that the server has. @param {Said} said @param {HTMLElement} mine @param {string} shown */
export function sayFile(said, mine, shown) {
  add(said, mine, { said, shown, isFile: true })
}

/** @param {Said} said @param {HTMLElement | null} mine @param {import('./unsent.js').Unsent | null} unsent */
function add(said, mine, unsent) {
  waiting.push({ said, mine })
  if (unsent !== null) noteUnsent(unsent)
  send()
}

/** A second tap on the same button says nothing more. @param {Said} said */
function isOnItsWay(said) {
  const { id: _, ...what } = said
  return (
    !('text' in said) &&
    waiting.some(({ said: { id: __, ...other } }) => JSON.stringify(other) === JSON.stringify(what))
  )
}

/** What was said earlier is known: what could not be sent before a reload goes first. @param {ReadonlySet<string>} arrived */
export function openTalk(arrived) {
  const already = waiting.splice(0)
  waiting.push(...already.filter(({ mine }) => mine === null))
  for (const { said, shown, isFile } of listUnsent()) {
    if (arrived.has(said.id)) noteSent(said.id)
    else if (!already.some((one) => one.said.id === said.id)) {
      waiting.push({ said, mine: isFile === true ? showMyFile(shown) : showMine(shown) })
    }
  }
  waiting.push(...already.filter(({ mine }) => mine !== null))
  isOpen = true
  return send()
}

/** Sends what waits, one after the other, so that answers stand in the order of the questions. */
export function send() {
  if (!isOpen || isSending) return sent
  isSending = true
  clearTimeout(timer)
  sent = sendAll().finally(() => {
    isSending = false
  })
  return sent
}

async function sendAll() {
  for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
    const seconds = await deliver(first)
    if (seconds === null) {
      failures = 0
      waiting.splice(waiting.indexOf(first), 1)
      noteSent(first.said.id)
      continue
    }
    const pause = PAUSES[Math.min(failures++, PAUSES.length - 1)] ?? 0
    timer = setTimeout(send, 1000 * Math.max(seconds, pause))
    for (const { mine } of waiting.slice(1)) if (mine !== null) showState(mine, words.waits)
    showQuestion()
    return
  }
}

/** Null where it was answered, for good or ill; else the seconds that the server asks us to wait. @param {Waiting} one @returns {Promise<number | null>} */
async function deliver({ said, mine }) {
  if (mine !== null) showState(mine)
  const typing = showTyping()
  try {
    const response = await fetch('/webhooks/web', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...conversationHeaders() },
      body: JSON.stringify({ ...said, locale }),
      signal: AbortSignal.timeout(20_000),
    })
    noteConversation(response.headers)
    const body = await response.json()
    typing.remove()
    if (response.ok) answer(body, mine)
    else if (isForLater(response.status)) {
      if (mine !== null)
        showState(mine, response.status === 429 ? body.message : words.notSent, send)
      return Number(response.headers.get('retry-after')) || 0
    } else if (mine !== null) {
      showState(mine, `${words.refusedByServer}: ${body.message}`)
      if ('text' in said) fill(said.text)
    }
    return null
  } catch {
    typing.remove()
    if (mine !== null) showState(mine, words.notSent, send)
    return 0
  }
}

/** @param {number} status */
function isForLater(status) {
  return status === 408 || status === 429 || status >= 500
}

/** @param {{ turn: number, replies: import('./log.js').Message[], toStaff?: true }} answered @param {HTMLElement | null} mine */
function answer({ turn, replies, toStaff }, mine) {
  shownTurns.add(turn)
  if (toStaff === true && mine !== null) showState(mine, words.toStaff)
  for (const reply of replies) showSaid(reply, turn)
  if (replies.length === 0) showQuestion()
}

/** @param {import('./log.js').Message} message @param {number} turn */
function showSaid(message, turn) {
  if (message.clears === true) {
    clearLog()
    keepNothing()
    empty()
  }
  showReply(message, turn)
  if (turn !== 0) setControl(message.wants ?? '')
}

/** A line that came by itself, or of earlier. @param {import('./chat.js').Line} line */
export function showLine(line) {
  if (shownTurns.has(line.turn)) return
  showDay(line.at)
  if (line.direction === 'out') showSaid(line.body, line.turn)
  else showMineAgain(line)
}

/** @param {import('./chat.js').Line} line */
function showMineAgain({ what, said, toStaff, file, body }) {
  const at = waiting.findIndex((one) => one.said.id === said)
  const known = at < 0 ? undefined : waiting.splice(at, 1)[0]
  if (said !== undefined) noteSent(said)
  const mine =
    known !== undefined
      ? known.mine
      : what === 'command'
        ? null
        : file !== undefined
          ? showMyFile(words.fileSent)
          : showMine(body.text)
  if (mine === null) return
  showState(mine, toStaff === true ? words.toStaff : undefined)
  if (file !== undefined && known === undefined)
    mine.dispatchEvent(new CustomEvent('stored', { bubbles: true, detail: file }))
}

/** Waits until nothing is on its way, so that lines stand in their order. */
export async function settled() {
  await sent
}

for (const type of ['online', 'pageshow']) addEventListener(type, send)
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) send()
})
