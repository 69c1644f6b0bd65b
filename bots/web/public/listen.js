// Messages that come later than an answer: a status, a word from staff. A page that nobody sees is quiet.

import { find } from './dom.js'
import { conversationHeaders, conversationToken } from './session.js'
import { settled, showLine } from './talk.js'

/** After a broken connection, and longer while it stays so. */
const PAUSE_MILLISECONDS = 3000
const LONGEST_PAUSE_MILLISECONDS = 60_000
/** Proxies drop a silent connection. */
const BEAT_MILLISECONDS = 30_000

/** A WebSocket calls this page when there is something new; it is then asked for. */
let isCalled = find('log', HTMLElement).dataset.called !== undefined

/** The newest line of the transcript that is on the page. */
let newest = 0
/** @type {AbortController | null} */
let connection = null

/** Shows a line, unless it is there already. @param {import('./chat.js').Line} line */
export async function take(line) {
  await settled()
  if (line.id < newest) return
  newest = line.id
  showLine(line)
}

/** Server-sent events, read by hand: an EventSource takes no headers, and without a cookie they say whose it is. */
export function listen() {
  document.addEventListener('visibilitychange', follow)
  follow()
}

async function follow() {
  connection?.abort()
  connection = null
  if (document.hidden) return
  const mine = new AbortController()
  connection = mine
  for (let [pause, ever] = [PAUSE_MILLISECONDS, false]; connection === mine; ) {
    const held = isCalled ? await hold(mine.signal) : await read(mine.signal)
    ever ||= held
    // Where no WebSocket comes through, the other way does.
    if (!ever) isCalled = false
    pause = held ? PAUSE_MILLISECONDS : Math.min(LONGEST_PAUSE_MILLISECONDS, pause * 1.5)
    await new Promise((resolve) => setTimeout(resolve, pause * (0.75 + Math.random() / 2)))
  }
}

/** Until the connection ends; whether there was one. @param {AbortSignal} signal @returns {Promise<boolean>} */
function hold(signal) {
  const token = conversationToken()
  const address = `${location.origin.replace(/^http/, 'ws')}/webhooks/web/events`
  const socket = new WebSocket(address, token === '' ? [] : ['weiqitong', token])
  const beat = setInterval(() => socket.readyState === 1 && socket.send('ping'), BEAT_MILLISECONDS)
  let isOpen = false
  let isWanted = false
  let reading = Promise.resolve(false)
  const look = () => {
    if (isWanted) return
    isWanted = true
    reading = reading.then(() => {
      isWanted = false
      return read(signal, '&once')
    })
  }
  signal.addEventListener('abort', () => socket.close())
  socket.addEventListener('message', ({ data }) => data === 'new' && look())
  socket.addEventListener('open', () => {
    isOpen = true
    look()
  })
  return new Promise((resolve) => {
    socket.addEventListener('close', () => {
      clearInterval(beat)
      resolve(isOpen)
    })
  })
}

/** Until the connection ends; whether there was one. @param {AbortSignal} signal @returns {Promise<boolean>} */
async function read(signal, how = '') {
  try {
    const headers = conversationHeaders()
    const address = `/webhooks/web/events?after=${newest}${how}`
    const response = await fetch(address, { headers, signal })
    if (!response.ok || response.body === null) return false
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return true
      const events = `${text}${value}`.split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) {
        const data = event.split('\n').filter((line) => line.startsWith('data: '))
        if (data.length > 0) await take(JSON.parse(data.map((line) => line.slice(6)).join('\n')))
      }
    }
  } catch {
    // The network is away, or the page is no longer seen.
    return false
  }
}
