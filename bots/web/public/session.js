// Which conversation this page is in, where the browser keeps no cookies, and small settings, where it keeps none.

/** Known while the page is open; a browser with cookies needs none of it. */
let token = ''

/** A one-time way to a tip-off opens a conversation of its own, which this browser does not know afterwards. */
const isApart = location.hash.startsWith('#tip-off=')

/** Sent with each request, so that the conversation goes on without a cookie. @returns {Record<string, string>} */
export function conversationHeaders() {
  if (isApart && token === '') return { 'x-conversation': 'new' }
  return isWithoutCookies() && token !== '' ? { authorization: `Bearer ${token}` } : {}
}

/** Notes the conversation that an answer began. @param {Headers} headers */
export function noteConversation(headers) {
  token = headers.get('x-conversation') ?? token
}

/** True where only the page itself knows its conversation. */
export function isWithoutCookies() {
  return isApart || !navigator.cookieEnabled
}

/** A setting, `''` where there is none or the browser keeps none. @param {string} name */
export function recall(name) {
  try {
    return localStorage.getItem(name) ?? ''
  } catch {
    return ''
  }
}

/** Keeps a setting, where the browser does. @param {string} name @param {string} value */
export function keep(name, value) {
  try {
    localStorage.setItem(name, value)
  } catch {
    // It holds until the page is left.
  }
}

/** What was said so far; nothing where it cannot be had now. @returns {Promise<import('./chat.js').Line[]>} */
export async function fetchHistory() {
  /** @type {{ messages: import('./chat.js').Line[] }} */
  const { messages } = await fetch('/webhooks/web/history', { headers: conversationHeaders() })
    .then((response) => response.json())
    .catch(() => ({ messages: [] }))
  return messages
}
