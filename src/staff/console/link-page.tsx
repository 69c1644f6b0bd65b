import { Page } from '../../console/layout.tsx'
import { Crumb, PageHeader } from '../../console/parts.tsx'
import type { View } from '../../console/view.ts'

/** The one-time link, shown this once. */
export function LinkPage({ view, link, name }: { view: View; link: string; name: string }) {
  const { t } = view
  return (
    <Page view={view} title={t('console.linkFor', { name })}>
      <Crumb href="/console/staff">{t('console.navStaff')}</Crumb>
      <PageHeader title={t('console.linkFor', { name })} lead={t('console.linkLead')} />
      <section class="sheet">
        <p class="field">
          <label for="link">{t('console.link')}</label>
          <input id="link" type="text" readonly value={link} />
        </p>
        <p class="hint">{t('console.linkHint')}</p>
      </section>
    </Page>
  )
}
