// What is in view: the present question stays there as the keyboard opens, the phone turns or the letters grow.

import { find, log } from './dom.js'
import { keep, recall } from './session.js'

const scroller = find('scroll', HTMLElement)
const pill = find('pill', HTMLButtonElement)
const larger = find('larger', HTMLButtonElement)
const root = document.documentElement
/** A finger's width of the question may be out of view. */
const NEAR = 48

/** What is looked at: the last thing that was said, by the person or to them. @type {Element | null} */
let present = null
/** True while the person looks at it, and not at what was said earlier. */
let isFollowing = true

/** Where the question stands: at the end, and where it is longer than the screen, at its beginning. */
function place() {
  const end = scroller.scrollHeight - scroller.clientHeight
  if (present === null) return end
  const top = present.getBoundingClientRect().top - scroller.getBoundingClientRect().top
  return Math.min(end, scroller.scrollTop + top - 8)
}

/** Only the conversation scrolls, never the page around it. */
export function showQuestion() {
  scroller.scrollTop = place()
  isFollowing = true
  pill.hidden = true
}

/** Puts something below all that was said; `isSaid`: it is what is looked at from now on. @param {Element} element @param {{ isSaid?: boolean }} [options] */
export function append(element, { isSaid = false } = {}) {
  log.append(element)
  if (isSaid) present = element
  if (isFollowing) showQuestion()
  else pill.hidden = false
}

scroller.addEventListener('scroll', () => {
  isFollowing = Math.abs(place() - scroller.scrollTop) < NEAR || place() < scroller.scrollTop
  if (isFollowing) pill.hidden = true
})
pill.addEventListener('click', showQuestion)

// Pictures that arrive, a box that grows, a phone that is turned: all change what has room.
const sizes = new ResizeObserver(() => {
  if (isFollowing) showQuestion()
})
sizes.observe(scroller)
sizes.observe(log)

/** A keyboard covers the page without changing its size, where the browser does it so. */
function fitView() {
  const view = window.visualViewport
  // Who looks closer with two fingers wants the page as it is.
  if (view === null || view.scale > 1.01) return
  root.style.setProperty('--view', `${view.height}px`)
  root.style.setProperty('--view-top', `${view.offsetTop}px`)
}
window.visualViewport?.addEventListener('resize', fitView)
window.visualViewport?.addEventListener('scroll', fitView)
fitView()

/** @param {boolean} on */
function setLarger(on) {
  root.classList.toggle('larger', on)
  larger.ariaPressed = String(on)
  keep('larger', on ? '1' : '')
  if (isFollowing) showQuestion()
}
larger.addEventListener('click', () => setLarger(larger.ariaPressed !== 'true'))
setLarger(recall('larger') === '1')
