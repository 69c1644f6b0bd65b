// Messages that come later than an answer: a status, a word from staff. A page that nobody sees is quiet.

import { conversationHeaders } from './session.js'
import { settled, showLine } from './talk.js'

/** After a broken connection. */
const PAUSE_MILLISECONDS = 3000

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
  while (connection === mine) {
    await read(mine.signal)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS))
  }
}

/** Until the connection ends. @param {AbortSignal} signal */
async function read(signal) {
  try {
    const headers = conversationHeaders()
    const response = await fetch(`/webhooks/web/events?after=${newest}`, { headers, signal })
    if (!response.ok || response.body === null) return
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const events = `${text}${value}`.split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) {
        const data = event.split('\n').filter((line) => line.startsWith('data: '))
        if (data.length > 0) await take(JSON.parse(data.map((line) => line.slice(6)).join('\n')))
      }
    }
  } catch {
    // The network is away, or the page is no longer seen.
  }
}
