// Files: how far one is, what it looks like, and what became of it.

import { find, locale, log, make, newId, words } from './dom.js'
import { showDay, showMyFile, showState } from './log.js'
import { drawSmall, fetchFile } from './photo.js'
import { conversationHeaders } from './session.js'
import { sayFile } from './talk.js'
import { MAX_FILE_BYTES, upload } from './upload.js'
import { showQuestion } from './view.js'

const chosen = find('file', HTMLInputElement)

/** @param {File} file */
async function sendFile(file) {
  showDay(new Date().toISOString())
  const isPhoto = file.type.startsWith('image/')
  const mine = showMyFile(isPhoto ? words.uploading : `${words.uploading} ${file.name}`)
  showQuestion()
  if (isPhoto) drawSmall(file).then((small) => showSmall(mine, small, file.name))
  if (file.size > MAX_FILE_BYTES) refuse(mine, words.fileTooLarge)
  else await carry(file, newId(), mine)
}

/** @param {File} file @param {string} id @param {HTMLElement} mine */
async function carry(file, id, mine) {
  showState(mine)
  const bar = document.createElement('progress')
  bar.ariaLabel = words.uploading ?? ''
  mine.querySelector('.bubble')?.append(bar)
  const onProgress = (/** @type {number} */ done) => {
    bar.value = done
  }
  const uploaded = await upload({ file, id, locale, headers: conversationHeaders(), onProgress })
  bar.remove()
  if (uploaded === 'not-sent') {
    rename(mine, file.name)
    showState(mine, words.fileNotSent, () => carry(file, id, mine))
    showQuestion()
  } else if ('problem' in uploaded) {
    refuse(mine, uploaded.problem)
  } else {
    const isPhoto = file.type.startsWith('image/')
    const became = isPhoto ? `${words.photoReceived}` : `${words.fileReceived} ${file.name}`
    rename(mine, became)
    sayFile({ id, file: uploaded.file }, mine, became)
  }
}

/** @param {HTMLElement} mine @param {string | undefined} problem */
function refuse(mine, problem) {
  rename(mine, words.fileRefused)
  mine.append(make('p', 'problem', problem))
  showQuestion()
}

/** A new element, since the log announces what is added and not what changes. @param {HTMLElement} mine @param {string | undefined} text */
function rename(mine, text) {
  mine.querySelector('.what')?.replaceWith(make('span', 'what', text))
}

/** @param {HTMLElement} mine @param {HTMLCanvasElement | null} small @param {string} name */
function showSmall(mine, small, name) {
  if (small === null) return
  small.role = 'img'
  small.ariaLabel = name
  mine.querySelector('.bubble')?.prepend(small)
}

/** A file of earlier: what became of it, and a way to look at it. @param {HTMLElement} mine @param {import('./chat.js').StoredFile} file */
function showStored(mine, { id, kind, problem }) {
  if (problem !== undefined) return refuse(mine, problem)
  const isPhoto = kind === 'image'
  rename(mine, words.fileStored)
  if (!isPhoto || id === undefined) return
  // It is fetched when somebody wants to see it: a photo is large, and a village's network slow.
  showState(mine, words.showPhoto, async () => {
    const photo = await fetchFile(id)
    const small = photo === null ? null : await drawSmall(photo)
    showSmall(mine, small, words.fileSent ?? '')
    showState(mine, small === null ? words.photoNotShown : undefined)
  })
}

find('attach', HTMLButtonElement).addEventListener('click', () => chosen.click())
chosen.addEventListener('change', () => {
  for (const file of chosen.files ?? []) sendFile(file)
  // The same file may be chosen again.
  chosen.value = ''
})
log.addEventListener('stored', (event) => {
  if (event instanceof CustomEvent && event.target instanceof HTMLElement) {
    showStored(event.target, event.detail)
  }
})
