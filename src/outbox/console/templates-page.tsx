import { NOTICE_KINDS, type NoticeKind } from '../../../db/outbox/kinds.ts'
import { LOCALES } from '../../../locales/keys.ts'
import { Page } from '../../console/layout.tsx'
import { Crumb, PageHeader } from '../../console/parts.tsx'
import type { NoticeTemplate } from '../catalogue.ts'
import type { NoticesView } from './view.ts'

const FORMS = ['full', 'brief'] as const

/** Every notice as it reads, by kind. `nudge`: what a template message of WeChat says. */
export function TemplatesPage({ view, nudge }: { view: NoticesView; nudge: string }) {
  const { t, templates } = view
  const kinds = (Object.keys(NOTICE_KINDS) as NoticeKind[]).filter((kind) =>
    templates.some((template) => template.kind === kind),
  )
  return (
    <Page view={view} title={t('notices.templates')}>
      <Crumb href="/console/notices">{t('notices.title')}</Crumb>
      <PageHeader title={t('notices.templates')} lead={t('notices.templatesLead')} />
      {kinds.map((kind) => (
        <section class="kind">
          <h2>{t(`notices.kind-${kind}`)}</h2>
          <p class="hint">{t(`notices.priority-${NOTICE_KINDS[kind].priority}`)}</p>
          {templates
            .filter((template) => template.kind === kind)
            .map((template) => (
              <Template view={view} template={template} />
            ))}
        </section>
      ))}
      <p class="hint">{t('notices.wechatHow', { words: nudge })}</p>
    </Page>
  )
}

function Template({ view, template }: { view: NoticesView; template: NoticeTemplate }) {
  const { t, locale } = view
  return (
    <details class="sheet template" id={template.id}>
      <summary>
        {template.name(locale)} <code>{template.id}</code>
      </summary>
      <div class="previews">
        {FORMS.filter(
          (form) =>
            form === 'full' || template.words(locale, 'full') !== template.words(locale, 'brief'),
        ).flatMap((form) =>
          LOCALES.map((language) => {
            const words = template.words(language, form)
            return words === null ? null : (
              <figure lang={language}>
                <figcaption>
                  {t(`notices.${form}`)} · {language === 'en' ? 'English' : '中文'}
                </figcaption>
                <div class="said">{words}</div>
              </figure>
            )
          }),
        )}
      </div>
    </details>
  )
}
