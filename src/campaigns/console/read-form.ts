import * as z from 'zod'
import type { Campaign } from '../../../db/campaigns/campaigns.ts'
import { draftOf, type FormDraft, formKey, version, withProblem } from '../../console/form.ts'
import { momentOf } from '../../kernel/when.ts'
import type { CampaignInput, CampaignProblem } from '../change-campaign.ts'
import { MAX_TEXT } from '../content.ts'

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

/** The form of a broadcast. */
export const CampaignFields = z.object({
  id: formKey(),
  version: version(),
  title: z.string(),
  zh: z.string(),
  en: z.string(),
  button: z.array(z.string()),
  districts: z.array(z.string()),
  groups: z.array(z.string()),
  interests: z.array(z.string()),
  stages: z.array(z.string()),
  channels: z.array(z.string()),
  locales: z.array(z.string()),
  events: z.array(z.string()),
  lists: z.array(z.string()),
  imageId: z.string(),
  imageMime: z.string(),
  altZh: z.string(),
  altEn: z.string(),
})

/** The broadcast that a form describes. */
export function draftIn(form: z.infer<typeof CampaignFields>): CampaignDraft {
  const { imageId: id, imageMime: mime, altZh, altEn } = form
  return {
    title: form.title,
    segment: segmentOf((dimension) => form[dimension]),
    content: {
      'zh-Hans': form.zh,
      en: form.en,
      buttons: form.button,
      ...(id === '' ? {} : { image: { id, mime, 'zh-Hans': altZh, en: altEn } }),
    },
  }
}

/** The same as its form shows it, with what is in the way at its field; `above`: what is not about a field. */
export function fieldsOf(
  { title, segment, content }: CampaignDraft,
  problem: { words: string; of: CampaignProblem } | null,
): { draft: FormDraft; above: string | null } {
  const draft = draftOf({
    ...segment,
    title,
    zh: content['zh-Hans'],
    en: content.en,
    button: content.buttons,
  })
  const field = problem === null ? null : fieldOf(problem.of, content)
  if (problem === null || field === null) return { draft, above: problem?.words ?? null }
  return { draft: withProblem(draft, field, problem.words), above: null }
}

function fieldOf(problem: CampaignProblem, content: CampaignDraft['content']): string | null {
  if (problem.kind === 'hole') return problem.locale === 'en' ? 'en' : 'zh'
  if (problem.kind !== 'invalid') return null
  if (problem.field === 'title') return 'title'
  if (problem.field === 'segment') return 'districts'
  const wrong = (['zh-Hans', 'en'] as const).find((locale) => {
    const { length } = content[locale].trim()
    return length === 0 || length > MAX_TEXT
  })
  return wrong === undefined ? 'button' : wrong === 'en' ? 'en' : 'zh'
}

/** A stored campaign as the form shows it. */
export function draftOfCampaign({ title, segment, content }: Campaign): CampaignDraft {
  // Checked when it was written.
  return { title, segment, content: content as CampaignDraft['content'] }
}

/** The picture of a draft as hidden fields, so that the preview has it. */
export function hiddenImage({ content: { image } }: CampaignDraft): Record<string, string> {
  return image === undefined
    ? {}
    : { imageId: image.id, imageMime: image.mime, altZh: image['zh-Hans'], altEn: image.en }
}

/** The form of a picture; without a file only its words change. */
export const PictureFields = z.object({
  version: version(),
  file: z.file().optional(),
  altZh: z.string(),
  altEn: z.string(),
})

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
  return momentOf(picked) ?? undefined
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
