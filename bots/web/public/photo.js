// Small pictures of files. They are drawn, since the page loads no picture from elsewhere than this site.

import { conversationHeaders } from './session.js'

/** As wide and as high as it gets, in CSS pixels. */
const LARGEST = 160

/** A photo in small, or null where the browser cannot read it. @param {Blob} photo @returns {Promise<HTMLCanvasElement | null>} */
export async function drawSmall(photo) {
  try {
    const bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image' })
    const scale = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height))
    const canvas = document.createElement('canvas')
    canvas.className = 'small'
    canvas.width = Math.max(1, Math.round(bitmap.width * scale))
    canvas.height = Math.max(1, Math.round(bitmap.height * scale))
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    return canvas
  } catch {
    return null
  }
}

/** A file that the server has of this conversation. @param {string} id @returns {Promise<Blob | null>} */
export async function fetchFile(id) {
  try {
    const headers = conversationHeaders()
    const response = await fetch(`/webhooks/web/files/${encodeURIComponent(id)}`, { headers })
    return response.ok ? await response.blob() : null
  } catch {
    return null
  }
}
