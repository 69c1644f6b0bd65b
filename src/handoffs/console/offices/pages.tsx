import type { OfficeCard } from '../../../../flows/engine/context.ts'
import { ErrorSummary, Field, TextArea } from '../../../console/fields.tsx'
import { type FormDraft, textIn } from '../../../console/form.ts'
import { Page } from '../../../console/layout.tsx'
import { Alert, Crumb, PageHeader, Sheet } from '../../../console/parts.tsx'
import { PostForm } from '../../../console/post-form.tsx'
import { showTime, type View } from '../../../console/view.ts'
import type { StandingOffice } from '../../../kernel/offices/directory.ts'
import { DAYS } from './form.ts'

/** The address of an office in the console. */
const officePath = (place: string | null) => `/console/offices/${place ?? 'city'}` as const

/** An office with what people are told of it. */
export type ToldOffice = { office: StandingOffice; card: OfficeCard; mayWrite: boolean }

/** Every office: what people are told of it, and what is not known. */
export function OfficesPage({ view, all }: { view: View; all: readonly ToldOffice[] }) {
  const { t } = view
  const known = all.filter(({ card }) => card.isKnown).length
  return (
    <Page view={view} title={t('handoffs-console.offices')}>
      <PageHeader title={t('handoffs-console.offices')} lead={t('handoffs-console.officesLead')} />
      <p class="hint">{t('handoffs-console.officesKnown', { known, all: all.length })}</p>
      <ul class="rows">
        {all.map(({ office, card, mayWrite }) => {
          const inside = (
            <>
              <span class="words">{card.told.split('\n')[0]}</span>
              <span class="facts">
                {card.told
                  .split('\n')
                  .slice(1)
                  .map((told) => (
                    <span>{told}</span>
                  ))}
                {office.at !== null && (
                  <span>
                    {t('handoffs-console.officeChanged', { at: showTime(view, office.at) })}
                  </span>
                )}
              </span>
              <span class={`chip ${card.isKnown ? 'good' : ''}`}>
                {t(card.isKnown ? 'handoffs-console.officeSome' : 'handoffs-console.officeNone')}
              </span>
            </>
          )
          return (
            <li>
              {mayWrite ? <a href={officePath(office.place)}>{inside}</a> : <div>{inside}</div>}
            </li>
          )
        })}
      </ul>
    </Page>
  )
}

/** The form of one. `overtaken`: somebody else has entered it meanwhile. */
export function OfficeFormPage(props: {
  view: View
  told: ToldOffice
  draft: FormDraft
  overtaken?: boolean
}) {
  const { view, told, draft, overtaken = false } = props
  const { t } = view
  const { office, card } = told
  const [title = '', ...lines] = card.told.split('\n')
  const pair = (part: 'name' | 'address' | 'source', hint?: string) => (
    <div class="tongues">
      {(['zh-Hans', 'en'] as const).map((locale) => (
        <Field
          name={`${part}-${locale}`}
          label={`${t(`handoffs-console.office-${part}`)} · ${t(`handoffs-console.tongue-${locale}`)}`}
          hint={locale === 'zh-Hans' ? hint : t('handoffs-console.officeEnglishHint')}
          draft={draft}
          required={false}
          maxlength={120}
        />
      ))}
    </div>
  )
  return (
    <Page view={view} title={title}>
      <Crumb href="/console/offices">{t('handoffs-console.offices')}</Crumb>
      <PageHeader title={title} lead={t('handoffs-console.officeLead')} />
      {overtaken && <Alert tone="problem">{t('handoffs-console.officeOvertaken')}</Alert>}
      <ErrorSummary view={view} draft={draft} />
      <Sheet title={t('handoffs-console.officeNow')} id="now">
        {lines.map((one) => (
          <p>{one}</p>
        ))}
      </Sheet>
      <PostForm
        class="write"
        action={officePath(office.place)}
        fields={{ version: textIn(draft, 'version') }}
        submit={t('console.save')}
      >
        <section class="sheet">
          {pair('name', t('handoffs-console.officeNameHint'))}
          {pair('address')}
          <Field
            name="phone"
            label={t('handoffs-console.office-phone')}
            hint={t('handoffs-console.officePhoneHint')}
            draft={draft}
            required={false}
            maxlength={40}
          />
        </section>
        <section class="sheet">
          <h2>{t('handoffs-console.officeHours')}</h2>
          <p class="hint">{t('handoffs-console.officeHoursHint')}</p>
          <div class="tongues">
            {DAYS.map((day) => (
              <Field
                name={day}
                label={t(`office.${day}`)}
                draft={draft}
                required={false}
                maxlength={60}
              />
            ))}
          </div>
          <TextArea
            name="closed"
            label={t('handoffs-console.officeClosed')}
            hint={t('handoffs-console.officeClosedHint')}
            draft={draft}
            required={false}
          />
        </section>
        <section class="sheet">
          <div class="tongues">
            {(['lat', 'lon'] as const).map((part) => (
              <Field
                name={part}
                label={t(`handoffs-console.office-${part}`)}
                hint={t('handoffs-console.officePointHint')}
                draft={draft}
                required={false}
                maxlength={20}
              />
            ))}
          </div>
          {pair('source', t('handoffs-console.officeSourceHint'))}
          <Field
            name="asOf"
            type="date"
            label={t('handoffs-console.office-asOf')}
            draft={draft}
            required={false}
          />
        </section>
      </PostForm>
    </Page>
  )
}
