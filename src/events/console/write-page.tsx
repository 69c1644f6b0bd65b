import type { EventContent, PublicityEvent } from '../../../db/events/events.ts'
import { Choice, Field, Submit, TextArea } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { HiddenFields } from '../../console/lists.tsx'
import { Alert, Crumb } from '../../console/parts.tsx'
import { localOf, momentOf } from '../../kernel/when.ts'
import type { EventProblem } from '../change-event.ts'
import { districtsOf, type EventsView } from './view.ts'

/** What the form is made of. */
export const EVENT_FIELDS = [
  'id',
  'version',
  'district',
  'kind',
  'titleZh',
  'titleEn',
  'aboutZh',
  'aboutEn',
  'placeZh',
  'placeEn',
  'startsAt',
  'endsAt',
  'capacity',
] as const
type EventForm = Record<(typeof EVENT_FIELDS)[number], string>

/** The same as an event; times and numbers that are none are impossible ones, which are then refused. */
export function contentOf(form: EventForm): EventContent {
  const both = (zh: string, en: string) => ({ 'zh-Hans': zh.trim(), en: en.trim() })
  const capacity = form.capacity.normalize('NFKC').trim()
  return {
    district: form.district,
    kind: form.kind,
    title: both(form.titleZh, form.titleEn),
    about: both(form.aboutZh, form.aboutEn),
    place: both(form.placeZh, form.placeEn),
    startsAt: momentOf(form.startsAt) ?? '',
    endsAt: momentOf(form.endsAt) ?? '',
    capacity: capacity === '' ? null : /^\d{1,7}$/.test(capacity) ? Number(capacity) : -1,
  }
}

/** An event as the form has it. */
export function formOfEvent(event: PublicityEvent): EventForm {
  return {
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
  }
}

/** An empty form. */
export function emptyForm(id: string): EventForm {
  return {
    id,
    version: '',
    district: '',
    kind: '',
    titleZh: '',
    titleEn: '',
    aboutZh: '',
    aboutEn: '',
    placeZh: '',
    placeEn: '',
    startsAt: '',
    endsAt: '',
    capacity: '',
  }
}

/** Writing an event, or changing one (`of`). */
export function WritePage(props: {
  view: EventsView
  form: EventForm
  of: PublicityEvent | null
  problem: EventProblem | null
}) {
  const { view, form, of, problem } = props
  const { t, locale, pack } = view
  const title = t(of === null ? 'events-console.write' : 'events-console.rewrite')
  return (
    <Page view={view} title={title}>
      <Crumb href={of === null ? '/console/events' : `/console/events/${of.id}`}>
        {t('events-console.events')}
      </Crumb>
      <h1>{title}</h1>
      {problem !== null && <Alert tone="problem">{t(`events-console.problem-${problem}`)}</Alert>}
      {of?.state === 'published' && <p class="hint">{t('events-console.rewriteHint')}</p>}
      <form
        class="grid event"
        method="post"
        action={of === null ? '/console/events' : `/console/events/${of.id}`}
      >
        <HiddenFields values={{ id: form.id, version: form.version }} />
        <Choice
          name="district"
          label={t('events-console.district')}
          options={districtsOf(view).map(({ id, name }) => ({ value: id, label: name }))}
          value={form.district}
        />
        <Choice
          name="kind"
          label={t('events-console.kind')}
          hint={t('events-console.kindHint')}
          options={pack.events.kinds.map(({ id, name }) => ({ value: id, label: name[locale] }))}
          value={form.kind}
        />
        <Field
          name="titleZh"
          label={t('events-console.titleZh')}
          value={form.titleZh}
          maxlength={60}
        />
        <Field
          name="titleEn"
          label={t('events-console.titleEn')}
          value={form.titleEn}
          maxlength={60}
        />
        <Field
          type="datetime-local"
          name="startsAt"
          label={t('events-console.startsAt')}
          value={form.startsAt}
        />
        <Field
          type="datetime-local"
          name="endsAt"
          label={t('events-console.endsAt')}
          value={form.endsAt}
        />
        <Field
          name="placeZh"
          label={t('events-console.placeZh')}
          value={form.placeZh}
          maxlength={120}
        />
        <Field
          name="placeEn"
          label={t('events-console.placeEn')}
          value={form.placeEn}
          maxlength={120}
        />
        <Field
          name="capacity"
          label={t('events-console.capacity')}
          hint={t('events-console.capacityHint')}
          value={form.capacity}
          inputmode="numeric"
          maxlength={6}
          required={false}
        />
        <TextArea
          class="wide"
          name="aboutZh"
          label={t('events-console.aboutZh')}
          value={form.aboutZh}
          maxlength={600}
          required={false}
        />
        <TextArea
          class="wide"
          name="aboutEn"
          label={t('events-console.aboutEn')}
          value={form.aboutEn}
          maxlength={600}
          required={false}
        />
        <Submit>{t(of === null ? 'events-console.saveDraft' : 'events-console.save')}</Submit>
      </form>
    </Page>
  )
}
