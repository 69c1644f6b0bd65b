// Shows what stands on the phones and posts what is done with them. All is kept by the server, so
// that a page that is opened anew shows the same.

/** @typedef {{ by: string, text: string, buttons: string[] }} Line */

const LOOK_MILLISECONDS = 400
/** How many lines stand on each glass. */
const shown = new Map()
let bot = ''

const phones = [...document.querySelectorAll('section')].map((section) => ({
  name: section.dataset.phone ?? '',
  section,
  glass: pick(section, 'ol'),
  form: pick(section, 'form'),
  input: pick(section, 'input'),
}))

for (const { name, section, glass, form, input } of phones) {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (input.value.trim() === '') return
    post('/act', { phone: name, deed: 'type', value: input.value })
    input.value = ''
  })
  section.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null
    const { deed, trouble, value } = button?.dataset ?? {}
    if (trouble !== undefined) post('/trouble', { phone: name, deed: trouble })
    else if (deed !== undefined) post('/act', { phone: name, deed, value })
  })
  // What came last stays in sight when the room for it changes.
  new ResizeObserver(() => glass.scrollTo(0, glass.scrollHeight)).observe(glass)
}

/**
 * The first element of a kind. Throws where the page has none.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {ParentNode} parent
 * @param {Tag} tag
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function pick(parent, tag) {
  const found = parent.querySelector(tag)
  if (found === null) throw new Error(`there is no ${tag}`)
  return found
}

/** @param {string} path @param {Record<string, string | undefined>} body */
function post(path, body) {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/**
 * A link of the bot is followed on the phone beside it, any other in a new tab.
 * @param {string} url
 */
function linkOf(url) {
  const link = document.createElement('a')
  Object.assign(link, { href: url, textContent: url, target: '_blank', rel: 'noopener' })
  const { host, pathname, searchParams } = new URL(url)
  if (host === 't.me' && pathname === `/${bot}`) {
    link.addEventListener('click', (event) => {
      event.preventDefault()
      const value = `/start ${searchParams.get('start') ?? ''}`
      post('/act', { phone: 'telegram', deed: 'type', value })
    })
  }
  return link
}

/** @param {Line} line */
function lineOf({ by, text, buttons }) {
  const item = document.createElement('li')
  item.className = by
  const bubble = document.createElement('div')
  bubble.className = 'bubble'
  const parts = text.split(/(https?:\/\/[\w./?=#:&%-]+)/)
  bubble.append(...parts.map((part, at) => (at % 2 === 1 ? linkOf(part) : part)))
  item.append(bubble)
  if (buttons.length === 0) return item
  const row = document.createElement('div')
  row.className = 'buttons'
  for (const label of buttons) {
    const button = document.createElement('button')
    button.textContent = label
    Object.assign(button.dataset, { deed: 'tap', value: label })
    row.append(button)
  }
  item.append(row)
  return item
}

async function look() {
  const state = await (await fetch('/state')).json()
  bot = state.bot
  pick(document, 'a').href = state.web
  for (const { name, glass } of phones) {
    /** @type {Line[]} */
    const lines = state.lines[name]
    const from = shown.get(name) ?? 0
    if (lines.length === from) continue
    glass.append(...lines.slice(from).map(lineOf))
    shown.set(name, lines.length)
    glass.scrollTo(0, glass.scrollHeight)
  }
  /** @type {string[]} */
  const notes = state.notes
  document
    .querySelector('#notes')
    ?.replaceChildren(
      ...notes.map((text) => Object.assign(document.createElement('li'), { textContent: text })),
    )
}

for (;;) {
  await look().catch(() => {})
  await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS))
}
