// Hands one file to the server. It is an XMLHttpRequest because only that tells how far it has come.

/** As the server's own limit (src/platform/files/check-file.ts), so that nobody waits for a refusal. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024
/** A photo over a village's network takes its time. */
const TIMEOUT_MILLISECONDS = 5 * 60_000

/**
 * @typedef {{ file: string } | { problem: string } | 'not-sent'} Uploaded
 *   The server's name of the file, why it is not taken, or that it may be tried again.
 */

/**
 * Never rejects. The same `id` again is the same file. `onProgress`: from 0 to 1.
 * @param {{ file: File, id: string, locale: string, headers: Record<string, string>, onProgress: (done: number) => void }} options
 * @returns {Promise<Uploaded>}
 */
export function upload({ file, id, locale, headers, onProgress }) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / total))
    request.addEventListener('load', () => resolve(read(request)))
    for (const type of ['error', 'abort', 'timeout']) {
      request.addEventListener(type, () => resolve('not-sent'))
    }
    request.open('POST', '/webhooks/web/files')
    request.timeout = TIMEOUT_MILLISECONDS
    request.setRequestHeader('accept-language', locale)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('x-file-id', id)
    request.setRequestHeader('x-file-name', encodeURIComponent(wellFormed(file.name)))
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.send(file)
  })
}

/** @param {XMLHttpRequest} request @returns {Uploaded} */
function read({ status, responseText }) {
  try {
    const { file, message } = JSON.parse(responseText)
    if (status === 201) return { file: String(file) }
    return status < 500 ? { problem: String(message) } : 'not-sent'
  } catch {
    return 'not-sent'
  }
}

/** Half a character cannot be encoded. @param {string} name */
function wellFormed(name) {
  return name.replaceAll(/\p{Surrogate}/gu, '')
}
