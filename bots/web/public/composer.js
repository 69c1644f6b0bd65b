// The place to type in: it fits what is asked, and keeps what is not sent yet.

import { controls, find, words } from './dom.js'
import { holdBack, keep, recall } from './session.js'

const form = find('composer', HTMLFormElement)
const keys = find('keys', HTMLButtonElement)

/** What is asked, by which the box was made. */
let wants = ''
/** @type {(text: string) => void} */
let onWords = () => {}

/** @returns {HTMLInputElement | HTMLTextAreaElement} */
export function box() {
  const element = document.getElementById('say')
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element
  throw new Error('the page has no #say')
}

/** What is done with words that are sent. @param {(text: string) => void} handler */
export function takeWordsBy(handler) {
  onWords = handler
}

/** Makes the box fit what is asked; `''`: nothing in particular. What stands in it stays. @param {string} wanted */
export function setControl(wanted) {
  holdBack(wanted === 'apart')
  const control = controls[wanted] ?? { placeholder: words.placeholder ?? '' }
  keys.hidden = control.inputmode === undefined
  if (wanted === wants) return
  wants = wanted
  const old = box()
  const { type, ...attributes } = control
  const fresh = document.createElement(type === undefined ? 'textarea' : 'input')
  fresh.id = 'say'
  fresh.setAttribute('name', 'text')
  fresh.setAttribute('maxlength', '2000')
  fresh.setAttribute('enterkeyhint', 'send')
  if (type === undefined) fresh.setAttribute('rows', '1')
  else fresh.setAttribute('type', type)
  for (const [name, value] of Object.entries(attributes)) fresh.setAttribute(name, value)
  fresh.value = old.value
  const hadFocus = document.activeElement === old
  old.replaceWith(fresh)
  if (hadFocus) fresh.focus()
  grow()
}

/** Puts words into an empty box: what stands there is nobody's to overwrite. @param {string} text */
export function fill(text) {
  if (box().value === '') box().value = text
  keep('draft', box().value)
  grow()
}

/** Empties the box. */
export function empty() {
  box().value = ''
  keep('draft', '')
  grow()
}

function grow() {
  const element = box()
  element.style.height = 'auto'
  if (element instanceof HTMLTextAreaElement) element.style.height = `${element.scrollHeight + 2}px`
}

form.addEventListener('input', () => {
  keep('draft', box().value)
  grow()
})
form.addEventListener('keydown', (event) => {
  if (event.target !== box()) return
  // While a Chinese input method is composing, Enter chooses a word.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  form.requestSubmit()
})
form.addEventListener('submit', (event) => {
  event.preventDefault()
  if (event.submitter?.hasAttribute('value') === true) return
  const text = box().value.trim()
  if (text === '') return
  empty()
  box().focus()
  onWords(text)
})
// A keypad of digits has no words: who wants to ask something instead gets the other keyboard.
keys.addEventListener('click', () => {
  box().removeAttribute('inputmode')
  if (box().getAttribute('type') === 'tel') box().setAttribute('type', 'text')
  keys.hidden = true
  box().focus()
})
fill(recall('draft'))
