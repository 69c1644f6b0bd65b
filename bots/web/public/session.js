// Which conversation this page is in, and what a browser keeps for it. Both are gone with the page where it keeps nothing.

import { locale } from './dom.js'

/** Known while the page is open, so that it goes on where a browser keeps no cookies. */
let token = ''

/** A one-time way to a tip-off opens a conversation of its own, of which this browser keeps nothing. */
const isApart = location.hash.startsWith('#tip-off=')

/** Sent with each request. @returns {Record<string, string>} */
export function conversationHeaders() {
  const language = { 'accept-language': locale }
  if (token !== '') return { ...language, authorization: `Bearer ${token}` }
  return isApart ? { ...language, 'x-conversation': 'new' } : language
}

/** What stands for the conversation where no cookie does, else `''`. */
export function conversationToken() {
  return token
}

/** Notes the conversation that an answer began. @param {Headers} headers */
export function noteConversation(headers) {
  token = headers.get('x-conversation') ?? token
}

/** Words that are typed for a tip-off stay in the page alone: what stands for `draft` and `unsent` meanwhile. @type {Map<string, string> | null} */
let heldBack = null
const WORDS = ['draft', 'unsent']

/** Whether what is typed from now on may stay nowhere but in the page; what stood in the box is kept no longer. @param {boolean} isHeld */
export function holdBack(isHeld) {
  if (isHeld === (heldBack !== null)) return
  if (isHeld) keep('draft', '')
  heldBack = isHeld ? new Map() : null
}

/** What was kept under a name, `''` where there is nothing or the browser keeps nothing. @param {string} name */
export function recall(name) {
  const held = heldBack?.get(name)
  if (held !== undefined) return held
  if (isApart) return ''
  try {
    return localStorage.getItem(name) ?? ''
  } catch {
    return ''
  }
}

/** Keeps something, where the browser does; `''` throws it away. @param {string} name @param {string} value */
export function keep(name, value) {
  if (heldBack !== null && WORDS.includes(name)) {
    heldBack.set(name, value)
    return
  }
  if (isApart) return
  try {
    if (value === '') localStorage.removeItem(name)
    else localStorage.setItem(name, value)
  } catch {
    // It holds until the page is left.
  }
}

/** Throws away all that was kept. */
export function keepNothing() {
  if (isApart) return
  try {
    localStorage.clear()
  } catch {
    // There is nothing.
  }
}

/** What was said so far; null where it cannot be had now. @returns {Promise<import('./chat.js').Line[] | null>} */
export async function fetchHistory() {
  try {
    const response = await fetch('/webhooks/web/history', { headers: conversationHeaders() })
    if (!response.ok) return null
    return (await response.json()).messages
  } catch {
    return null
  }
}
