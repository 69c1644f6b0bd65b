import type { Child } from 'hono/jsx'
import { qrPath } from '../../../../bots/qr-code.ts'
import { PrintPage } from '../../../console/layout.tsx'
import type { View } from '../../../console/view.ts'
import type { Letter } from './letters.ts'

/** A day in full, as letters are dated: 2018年6月5日. */
export function letterDay(view: Pick<View, 'locale'>, at: string): string {
  return new Intl.DateTimeFormat(view.locale === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'long',
  }).format(new Date(at))
}

/** A sheet of A4 in the layout of official letters: title, number, text, who signs and when, and the way to the status. */
export function LetterPage(props: {
  view: View
  letter: Letter
  number: string
  /** Who signs. */
  office: string
  /** ISO time of what it is about. */
  at: string
  back: `/console/cases/${string}`
  /** Where its person sees how the application stands. */
  statusUrl: string
  children: Child
}) {
  const { view, letter, number, office, at, back, statusUrl } = props
  const { t } = view
  const title = t(`cases-print.title-${letter}`)
  const { size, path } = qrPath(statusUrl)
  return (
    <PrintPage view={view} title={`${title} ${number}`}>
      <p class="screen-only hint">
        {t('cases-print.sample')} <a href={back}>{t('cases-console.backToCase')}</a>
      </p>
      <article class="paper-sheet">
        <h1>{title}</h1>
        <p class="paper-number">{t('cases-print.number', { number })}</p>
        {props.children}
        <footer>
          <figure>
            <svg role="img" aria-label={t('cases-print.scan')} viewBox={`0 0 ${size} ${size}`}>
              <path d={path} />
            </svg>
            <figcaption>{t('cases-print.scan')}</figcaption>
          </figure>
          <p class="paper-signed">
            {office}
            <br />
            {t('cases-print.seal')}
            <br />
            {letterDay(view, at)}
          </p>
        </footer>
      </article>
    </PrintPage>
  )
}

/** A numbered list under a line of the letter; nothing where it is empty. */
export function PaperList({ label, lines }: { label: string; lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <>
      <p class="paper-text">{label}</p>
      <ol>
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ol>
    </>
  )
}
