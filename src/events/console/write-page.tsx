import * as z from 'zod'
import type { EventContent, PublicityEvent } from '../../../db/events/events.ts'
import { Choice, ErrorSummary, Field, TextArea } from '../../console/fields.tsx'
import {
  draftOf,
  type FormDraft,
  formKey,
  line,
  textIn,
  version,
  withProblem,
} from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Crumb } from '../../console/parts.tsx'
import { PostForm } from '../../console/post-form.tsx'
import { localOf, momentOf } from '../../kernel/when.ts'
import { type EventProblem, MAX_ABOUT, MAX_PLACE, MAX_TITLE } from '../change-event.ts'
import { districtsOf, type EventsView } from './view.ts'

const PROBLEMS = {
  title: 'events-console.problem-title',
  about: 'events-console.problem-about',
  place: 'events-console.problem-place',
  times: 'events-console.problem-times',
  capacity: 'events-console.problem-capacity',
} as const

const title = () => line(PROBLEMS.title, { max: MAX_TITLE })
const about = () => line(PROBLEMS.about, { min: 0, max: MAX_ABOUT })
const place = () => line(PROBLEMS.place, { max: MAX_PLACE })
const moment = () =>
  z.string().transform((local, context) => {
    const at = momentOf(local)
    if (at === null) context.addIssue({ code: 'custom', message: PROBLEMS.times })
    return at ?? ''
  })

/** What the form is made of. */
export const EventForm = z.object({
  id: formKey(),
  version: version(),
  district: z.string(),
  kind: z.string(),
  titleZh: title(),
  titleEn: title(),
  startsAt: moment(),
  endsAt: moment(),
  placeZh: place(),
  placeEn: place(),
  capacity: z
    .string()
    .transform((typed) => typed.normalize('NFKC').trim())
    .pipe(z.string().regex(/^\d{0,6}$/, PROBLEMS.capacity))
    .transform((typed) => (typed === '' ? null : Number(typed))),
  aboutZh: about(),
  aboutEn: about(),
})

/** At which field a problem of an event stands; the others are of the event as a whole. */
const FIELDS: Partial<Record<EventProblem, string>> = {
  title: 'titleZh',
  about: 'aboutZh',
  place: 'placeZh',
  times: 'endsAt',
  past: 'startsAt',
  capacity: 'capacity',
  'too-small': 'capacity',
  district: 'district',
  kind: 'kind',
}

/** A form whose event cannot be so, with the problem at its field; null where it is of the event as a whole. */
export function withEventProblem(
  { t }: Pick<EventsView, 't'>,
  draft: FormDraft,
  problem: EventProblem,
): FormDraft | null {
  const field = FIELDS[problem]
  return field === undefined
    ? null
    : withProblem(draft, field, t(`events-console.problem-${problem}`))
}

/** The event that a form describes. */
export function contentOf(form: z.infer<typeof EventForm>): EventContent {
  const { district, kind, startsAt, endsAt, capacity } = form
  return {
    district,
    kind,
    title: { 'zh-Hans': form.titleZh, en: form.titleEn },
    about: { 'zh-Hans': form.aboutZh, en: form.aboutEn },
    place: { 'zh-Hans': form.placeZh, en: form.placeEn },
    startsAt,
    endsAt,
    capacity,
  }
}

/** An event as the form has it. */
export function formOfEvent(event: PublicityEvent): FormDraft {
  return draftOf({
    id: event.id,
    version: String(event.version),
    district: event.district,
    kind: event.kind,
    titleZh: event.title['zh-Hans'],
    titleEn: event.title.en,
    aboutZh: event.about['zh-Hans'],
    aboutEn: event.about.en,
    placeZh: event.place['zh-Hans'],
    placeEn: event.place.en,
    startsAt: localOf(event.startsAt),
    endsAt: localOf(event.endsAt),
    capacity: event.capacity === null ? '' : String(event.capacity),
  })
}

/** Writing an event, or changing one (`of`). */
export function WritePage(props: {
  view: EventsView
  draft: FormDraft
  of: PublicityEvent | null
  problem: EventProblem | null
}) {
  const { view, draft, of, problem } = props
  const { t, locale, pack } = view
  const heading = t(of === null ? 'events-console.write' : 'events-console.rewrite')
  const isPublic = of?.state === 'published'
  const words = (name: 'titleZh' | 'titleEn' | 'placeZh' | 'placeEn', maxlength: number) => (
    <Field name={name} label={t(`events-console.${name}`)} draft={draft} maxlength={maxlength} />
  )
  const time = (name: 'startsAt' | 'endsAt') => (
    <Field type="datetime-local" name={name} label={t(`events-console.${name}`)} draft={draft} />
  )
  const more = (name: 'aboutZh' | 'aboutEn') => (
    <TextArea
      class="wide"
      name={name}
      label={t(`events-console.${name}`)}
      draft={draft}
      maxlength={MAX_ABOUT}
      required={false}
    />
  )
  return (
    <Page view={view} title={heading}>
      <Crumb href={of === null ? '/console/events' : `/console/events/${of.id}`}>
        {t('events-console.events')}
      </Crumb>
      <h1>{heading}</h1>
      {problem !== null && <Alert tone="problem">{t(`events-console.problem-${problem}`)}</Alert>}
      <ErrorSummary view={view} draft={draft} />
      {isPublic && <p class="hint">{t('events-console.rewriteHint')}</p>}
      <PostForm
        class="grid event"
        action={of === null ? '/console/events' : `/console/events/${of.id}`}
        fields={{
          id: textIn(draft, 'id'),
          version:
            of === null ? '' : String(problem === null ? textIn(draft, 'version') : of.version),
        }}
        submit={t(of === null ? 'events-console.saveDraft' : 'events-console.save')}
        confirm={
          isPublic && of.going > 0
            ? t('events-console.rewriteWhat', { count: of.going })
            : undefined
        }
      >
        <Choice
          name="district"
          label={t('events-console.district')}
          options={districtsOf(view).map(({ id, name }) => ({ value: id, label: name }))}
          draft={draft}
        />
        <Choice
          name="kind"
          label={t('events-console.kind')}
          hint={t('events-console.kindHint')}
          options={pack.events.kinds.map(({ id, name }) => ({ value: id, label: name[locale] }))}
          draft={draft}
        />
        {words('titleZh', MAX_TITLE)}
        {words('titleEn', MAX_TITLE)}
        {time('startsAt')}
        {time('endsAt')}
        {words('placeZh', MAX_PLACE)}
        {words('placeEn', MAX_PLACE)}
        <Field
          name="capacity"
          label={t('events-console.capacity')}
          hint={t('events-console.capacityHint')}
          draft={draft}
          inputmode="numeric"
          maxlength={6}
          required={false}
        />
        {more('aboutZh')}
        {more('aboutEn')}
      </PostForm>
    </Page>
  )
}
