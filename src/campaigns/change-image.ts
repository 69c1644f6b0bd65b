import { findCampaign } from '../../db/campaigns/campaigns.ts'
import { IMAGE_MIMES, type ImageMime, putImage, settleImage } from '../../db/campaigns/images.ts'
import type { Deps } from '../kernel/deps.ts'
import { checkFile, MAX_IMAGE_BYTES } from '../platform/files/check-file.ts'
import { type Author, type Changed, changeCampaignState } from './change-campaign.ts'
import { Content, MAX_ALT } from './content.ts'

type ImageDeps = Parameters<typeof changeCampaignState>[0] & Pick<Deps, 'blobs'>

/**
 * Gives a draft a picture with its words for whoever does not see it, in both languages, or changes these
 * words alone where `bytes` is null. A kill on the way leaves bytes that nobody names, which are swept.
 */
export async function setImage(
  context: ImageDeps,
  author: Author,
  which: { id: string; version: number },
  picture: { bytes: Uint8Array | null; 'zh-Hans': string; en: string },
): Promise<Changed> {
  const alt = { 'zh-Hans': picture['zh-Hans'].trim(), en: picture.en.trim() }
  const isWhole = Object.values(alt).every((words) => words !== '' && words.length <= MAX_ALT)
  if (!isWhole) return { ok: false, problem: { kind: 'image', image: 'no-alt' } }
  const campaign = await findCampaign(context.db, author, which.id)
  if (campaign === null) return { ok: false, problem: { kind: 'no-such-campaign' } }
  // Before the bytes are kept: nobody fills the store with what no draft takes.
  if (campaign.state !== 'draft') {
    return { ok: false, problem: { kind: 'wrong-state', state: campaign.state } }
  }
  const content = Content.parse(campaign.content)
  const { bytes } = picture
  if (bytes === null && content.image === undefined) {
    return { ok: false, problem: { kind: 'image', image: 'empty' } }
  }
  const kept = bytes === null ? null : await keep(context, author, bytes)
  if (kept !== null && !kept.ok) return kept
  const image = kept?.image ?? content.image
  return changeCampaignState(context, author, which, {
    move: 'illustrated',
    change: () => ({ content: { ...content, image: { ...image, ...alt } } }),
    also: () => (kept === null ? [] : [settleImage(kept.image.id)]),
  })
}

/** Takes the picture out of a draft. */
export async function removeImage(
  context: ImageDeps,
  author: Author,
  which: { id: string; version: number },
): Promise<Changed> {
  return changeCampaignState(context, author, which, {
    move: 'bared',
    change: (campaign) => {
      const { image: _, ...content } = Content.parse(campaign.content)
      return { content }
    },
  })
}

async function keep(
  context: ImageDeps,
  author: Author,
  bytes: Uint8Array,
): Promise<{ ok: true; image: { id: string; mime: ImageMime } } | Extract<Changed, { ok: false }>> {
  const refuse = (image: 'empty' | 'too-large' | 'wrong-kind') =>
    ({ ok: false, problem: { kind: 'image', image } }) as const
  if (bytes.length === 0) return refuse('empty')
  if (bytes.length > MAX_IMAGE_BYTES) return refuse('too-large')
  const checked = await checkFile(bytes)
  const mime = checked.ok ? IMAGE_MIMES.find((one) => one === checked.mime) : undefined
  if (mime === undefined) return refuse('wrong-kind')
  const id = context.newId()
  await putImage(context, { id, mime, bytes, staffId: author.id, at: context.now() })
  return { ok: true, image: { id, mime } }
}
