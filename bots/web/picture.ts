import type { RenderedMessage } from '../../flows/engine/types.ts'
import { qrPath } from '../qr-code.ts'

/** A message as the page shows it: a QR code is there as the path of an SVG, so that no address holds it. */
export function withPicture<Message extends Pick<RenderedMessage, 'image'>>(message: Message) {
  const { image, ...rest } = message
  return image === undefined ? rest : { ...rest, image: { ...qrPath(image.value), alt: image.alt } }
}
