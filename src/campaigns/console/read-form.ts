import type { Campaign } from '../../../db/campaigns/campaigns.ts'
import { readPosted } from '../../console/form.ts'
import type { ConsoleContext } from '../../console/route.ts'
import type { CampaignInput } from '../change-campaign.ts'

/** The dimensions of a segment that the form offers as boxes to tick. */
const DIMENSIONS = [
  'districts',
  'groups',
  'interests',
  'stages',
  'channels',
  'locales',
  'events',
  'lists',
] as const
export type RecipientDimension = (typeof DIMENSIONS)[number]

/** A broadcast as somebody filled it in; nothing of it is checked. */
export type CampaignDraft = {
  title: string
  segment: Record<RecipientDimension, string[]>
  /** The picture is for looking at: it is changed by a form of its own. */
  content: { 'zh-Hans': string; en: string; buttons: string[]; image?: DraftImage }
}
type DraftImage = { id: string; mime: string; 'zh-Hans': string; en: string }

/** A form with nothing filled in. */
export const EMPTY_DRAFT: CampaignDraft = {
  title: '',
  segment: segmentOf(() => []),
  content: { 'zh-Hans': '', en: '', buttons: [] },
}

/** What was posted: the draft, its page's id and the version that it was read at. */
export async function readCampaign(
  c: ConsoleContext,
): Promise<{ draft: CampaignDraft; id: string; version: number; startsAt: string }> {
  const { text, all } = await readPosted(c)
  const image: DraftImage = {
    id: text('imageId'),
    mime: text('imageMime'),
    'zh-Hans': text('altZh'),
    en: text('altEn'),
  }
  return {
    draft: {
      title: text('title'),
      segment: segmentOf((dimension) => all(dimension)),
      content: {
        'zh-Hans': text('zh'),
        en: text('en'),
        buttons: all('button'),
        ...(image.id === '' ? {} : { image }),
      },
    },
    id: text('id'),
    version: Number(text('version')) || 0,
    startsAt: text('startsAt'),
  }
}

/** A stored campaign as the form shows it. */
export function draftOf({ title, segment, content }: Campaign): CampaignDraft {
  // Checked when it was written.
  return { title, segment, content: content as CampaignDraft['content'] }
}

/** The picture of a draft as hidden fields, so that the preview has it. */
export function hiddenImage({ content: { image } }: CampaignDraft): Record<string, string> {
  return image === undefined
    ? {}
    : { imageId: image.id, imageMime: image.mime, altZh: image['zh-Hans'], altEn: image.en }
}

/** What was posted for a picture; `bytes` null: no file was chosen. */
export async function readPicture(
  c: ConsoleContext,
): Promise<{ version: number; bytes: Uint8Array | null; 'zh-Hans': string; en: string }> {
  const form: Record<string, unknown> = await c.req.parseBody()
  const text = (name: string) => (typeof form[name] === 'string' ? form[name] : '')
  const { file } = form
  return {
    version: Number(text('version')) || 0,
    bytes:
      file instanceof File && (file.size > 0 || file.name !== '')
        ? new Uint8Array(await file.arrayBuffer())
        : null,
    'zh-Hans': text('altZh'),
    en: text('altEn'),
  }
}

/** The draft as what checks it takes it. */
export function inputOf({ title, segment, content }: CampaignDraft): CampaignInput {
  return { title, segment, content }
}

/**
 * A day and minute that were picked, by the office's clock (Asia/Shanghai, which has one time all year);
 * null: at once, undefined: no time at all.
 */
export function startOf(picked: string): string | null | undefined {
  if (picked === '') return null
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(picked)) return undefined
  const at = new Date(`${picked}:00+08:00`)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

function segmentOf(values: (dimension: RecipientDimension) => string[]): CampaignDraft['segment'] {
  return {
    districts: values('districts'),
    groups: values('groups'),
    interests: values('interests'),
    stages: values('stages'),
    channels: values('channels'),
    locales: values('locales'),
    events: values('events'),
    lists: values('lists'),
  }
}
