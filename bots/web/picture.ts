import type { RenderedMessage } from '../../flows/engine/channel.ts'
import { qrPath } from '../qr-code.ts'

/** A picture as a page shows it: a QR code as the path of an SVG, another one by its path on this very site. */
export type PagePicture = { size: number; path: string; alt: string } | { src: string; alt: string }

/** A QR code is there as the path of an SVG, so that no address holds it; another picture by its path here. */
export function pictureOf(image: NonNullable<RenderedMessage['image']>): PagePicture {
  const { alt } = image
  return image.kind === 'qr'
    ? { ...qrPath(image.value), alt }
    : { src: new URL(image.url).pathname, alt }
}

/** A message as the page shows it. */
export function withPicture<Message extends Pick<RenderedMessage, 'image'>>(message: Message) {
  const { image, ...rest } = message
  return image === undefined ? rest : { ...rest, image: pictureOf(image) }
}
