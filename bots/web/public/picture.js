// Pictures in a message: a QR code, or a picture of ours.

/**
 * @typedef {{ size: number, path: string, alt: string } | { src: string, alt: string }} Picture
 *   A QR code as the path of an SVG, or where a picture is.
 */

/** A picture as an element, with its words for whoever does not see it. @param {Picture} picture */
export function pictureOf(picture) {
  if ('path' in picture) return qrCode(picture)
  const image = document.createElement('img')
  image.className = 'picture'
  image.src = picture.src
  image.alt = picture.alt
  return image
}

/** A QR code, drawn here: no address holds what it says. @param {Extract<Picture, { path: string }>} picture */
function qrCode({ size, path, alt }) {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('class', 'qr')
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`)
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', alt)
  const dark = document.createElementNS(space, 'path')
  dark.setAttribute('d', path)
  svg.append(dark)
  return svg
}
