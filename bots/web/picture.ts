import type { RenderedMessage } from '../../flows/engine/channel.ts'
import { qrPath } from '../qr-code.ts'

/**
 * A message as the page shows it: a QR code is there as the path of an SVG, so that no address holds it;
 * another picture by its path on this very site.
 */
export function withPicture<Message extends Pick<RenderedMessage, 'image'>>(message: Message) {
  const { image, ...rest } = message
  if (image === undefined) return rest
  const { alt } = image
  return image.kind === 'qr'
    ? { ...rest, image: { ...qrPath(image.value), alt } }
    : { ...rest, image: { src: new URL(image.url).pathname, alt } }
}
