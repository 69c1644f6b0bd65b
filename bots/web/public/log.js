// The conversation as it is shown.

import { find, locale, log, make, words } from './dom.js'
import { pictureOf } from './picture.js'
import { append, showQuestion } from './view.js'

/**
 * @typedef {{ value: string, label: string }} QuickReply
 * @typedef {{ text: string, quickReplies: QuickReply[], links?: { at: number, url: string }[], image?: import('./picture.js').Picture, wants?: string, clears?: true }} Message
 */

const ways = find('ways', HTMLElement)
/** Begins the value of a button that works at any time. */
const GLOBAL = '!'

/** The day of the newest line, so that a new day gets a separator. */
let day = ''
/** What a tapped option does. @type {(option: QuickReply) => void} */
let choose = () => {}

/** @param {typeof choose} handler */
export function onChoice(handler) {
  choose = handler
}

/** @param {string} at */
export function showDay(at) {
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

/** A message says which of its addresses are links; what only looks like one stays words. @param {Message} message */
function bubble({ text, links = [] }) {
  const element = make('div', 'bubble')
  let from = 0
  for (const part of text.split(/(\n{2,})/)) {
    if (!part.startsWith('\n')) {
      const isSource = /^(依据：|方案里最接近|Source: |Nearest part)/.test(part)
      const paragraph = make('p', isSource ? 'source' : '')
      let done = from
      for (const { at, url } of links) {
        const end = at + url.length
        if (at < done || end > from + part.length || text.slice(at, end) !== url) continue
        paragraph.append(text.slice(done, at), linkTo(url))
        done = end
      }
      paragraph.append(text.slice(done, from + part.length))
      element.append(paragraph)
    }
    from += part.length
  }
  return element
}

/** To https or to this very site; another address stays words. @param {string} url */
function linkTo(url) {
  if (!URL.canParse(url)) return url
  const { protocol, origin } = new URL(url)
  if (protocol !== 'https:' && origin !== location.origin) return url
  const link = document.createElement('a')
  link.href = url
  link.textContent = url
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  return link
}

/** What we said. `turn` 0: a message that came by itself and left the open question as it was. @param {Message} message @param {number} turn */
export function showReply(message, turn) {
  const row = make('div', 'turn')
  const said = bubble(message)
  if (message.image !== undefined) {
    const picture = pictureOf(message.image)
    if (picture instanceof HTMLImageElement) said.prepend(picture)
    else said.append(picture)
  }
  row.append(make('span', 'hidden', `${words.bot}: `), said)
  if (turn !== 0) retire(log)
  if (message.quickReplies.length > 0) row.append(optionsOf(message.quickReplies))
  append(row, { isSaid: true })
  if (turn !== 0) ways.hidden = message.wants === undefined
}

/** @param {QuickReply[]} quickReplies */
function optionsOf(quickReplies) {
  const options = make('div', 'options')
  options.role = 'group'
  options.ariaLabel = words.options ?? ''
  for (const option of quickReplies) {
    const button = make('button', '', option.label)
    button.dataset.value = option.value
    button.addEventListener('click', () => {
      if (button.ariaDisabled === 'true') return showQuestion()
      if (!option.value.startsWith(GLOBAL)) {
        retire(options)
        button.classList.add('chosen')
      }
      choose(option)
    })
    options.append(button)
  }
  return options
}

/** Options whose question is answered: they look so, and a tap on one leads to the present question. @param {Element} within */
function retire(within) {
  const groups = within.matches('.options')
    ? [within]
    : within.querySelectorAll('.options:not(.past)')
  for (const group of groups) {
    group.classList.add('past')
    for (const button of group.querySelectorAll('button')) {
      if (button.dataset.value?.startsWith(GLOBAL) !== true) button.ariaDisabled = 'true'
    }
  }
}

/** What the person said. @param {Element} said @returns {HTMLElement} */
function mineOf(said) {
  const turn = make('div', 'turn mine')
  turn.append(make('span', 'hidden', `${words.you}: `), said)
  append(turn, { isSaid: true })
  return turn
}

/** @param {string} text */
export function showMine(text) {
  return mineOf(bubble({ text, quickReplies: [] }))
}

/** @param {string | undefined} text */
export function showMyFile(text) {
  const chip = make('div', 'bubble file')
  chip.append(make('span', 'what', text))
  return mineOf(chip)
}

/** What became of something the person said; a new element, since the log announces what is added. @param {HTMLElement} mine @param {string} [text] @param {() => void} [act] */
export function showState(mine, text, act) {
  mine.querySelector('.state')?.remove()
  if (text === undefined) return
  const state = make(act === undefined ? 'p' : 'button', 'state', text)
  if (act !== undefined) state.addEventListener('click', act)
  mine.append(state)
}

export function showTyping() {
  const turn = make('div', 'turn')
  const dots = make('div', 'bubble')
  const row = make('span', 'typing')
  row.append(make('i', ''), make('i', ''), make('i', ''), make('span', 'hidden', words.typing))
  dots.append(row)
  turn.append(dots)
  append(turn)
  return turn
}

/** Leaves nothing of what was said. */
export function clearLog() {
  log.replaceChildren()
  day = ''
  ways.hidden = true
}
