// Words that are not sent yet, kept over a reload.

import { keep, recall } from './session.js'

/** @typedef {{ said: import('./talk.js').Said, shown: string, isFile?: boolean }} Unsent */

/** What waits to be sent, oldest first. @returns {Unsent[]} */
export function listUnsent() {
  try {
    const kept = JSON.parse(recall('unsent'))
    return Array.isArray(kept) ? kept : []
  } catch {
    return []
  }
}

/** @param {Unsent} one */
export function noteUnsent(one) {
  keep('unsent', JSON.stringify([...listUnsent(), one]))
}

/** @param {string} id */
export function noteSent(id) {
  const left = listUnsent().filter(({ said }) => said.id !== id)
  keep('unsent', left.length === 0 ? '' : JSON.stringify(left))
}
