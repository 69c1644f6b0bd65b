import { html } from 'hono/html'
import type { Translate } from '../../locales/i18n.ts'
import type { Locale } from '../../locales/keys.ts'
import { renderFrame } from './frame.ts'

/** What is kept about somebody, to be read. */
export type MyDataView = {
  locale: Locale
  translate: Translate
  /** Paragraphs in plain words, numbers masked. */
  lines: readonly string[]
  /** Everything that was said, by the day on which it was. */
  days: readonly { day: string; said: readonly { who: 'you' | 'bot'; text: string }[] }[]
  /** Where the same is as a file, once. */
  file: string
}

/** A person's data as a page that is read, with the file below. */
export function renderMyDataPage(view: MyDataView) {
  const { locale, translate, lines, days, file } = view
  const t = (key: Parameters<Translate>[1]) => translate(locale, key)
  return renderFrame(view, {
    title: t('my-data.pageTitle'),
    bodyClass: 'plain',
    body: html`<main class="sheet">
<h1>${t('my-data.pageTitle')}</h1>
<p>${t('my-data.pageMasked')}</p>
<p><a href="${file}" download="${t('my-data.copyName')}.json">${t('my-data.pageFile')}</a></p>
${lines.map((line) => html`<p class="kept">${line}</p>`)}
<h2>${t('my-data.pageSaid')}</h2>
${days.map(
  ({ day, said }) => html`<h3>${day}</h3>
${said.map(({ who, text }) => html`<p class="kept"><strong>${t(`web.${who}`)}${locale === 'en' ? ': ' : '：'}</strong>${text}</p>`)}`,
)}
</main>`,
  })
}
