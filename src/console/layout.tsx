import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { MessageKey } from '../../locales/keys.ts'
import type { Action } from '../kernel/permissions.ts'
import { MOST_COUNTED, type View } from './view.ts'

/** The sections of the console, in the order of a working day; each shows to whom it is open. */
const SECTIONS: readonly { path: string; action: Action; label: MessageKey }[] = [
  { path: '/console/dashboard', action: 'dashboard.read', label: 'console.navDashboard' },
  { path: '/console/cases', action: 'cases.read', label: 'console.navCases' },
  { path: '/console/proposals', action: 'cases.decide', label: 'console.navProposals' },
  { path: '/console/ledger', action: 'ledger.read', label: 'console.navLedger' },
  { path: '/console/disclosures', action: 'disclosures.read', label: 'console.navDisclosures' },
  { path: '/console/vouchers', action: 'vouchers.read', label: 'console.navVouchers' },
  { path: '/console/funds', action: 'funds.read', label: 'console.navFunds' },
  { path: '/console/redeem', action: 'vouchers.redeem', label: 'console.navRedeem' },
  { path: '/console/inbox', action: 'inbox.read', label: 'console.navInbox' },
  { path: '/console/misses', action: 'misses.read', label: 'console.navMisses' },
  { path: '/console/answers', action: 'answers.read', label: 'console.navAnswers' },
  { path: '/console/notices', action: 'notices.read', label: 'console.navNotices' },
  { path: '/console/campaigns', action: 'campaigns.read', label: 'console.navCampaigns' },
  { path: '/console/events', action: 'events.read', label: 'console.navEvents' },
  { path: '/console/offices', action: 'offices.read', label: 'console.navOffices' },
  { path: '/console/quizzes', action: 'quizzes.read', label: 'console.navQuizzes' },
  { path: '/console/tipoffs', action: 'tipoffs.read', label: 'console.navTipoffs' },
  { path: '/console/staff', action: 'staff.read', label: 'console.navStaff' },
  { path: '/console/api', action: 'api.read', label: 'console.navApi' },
  { path: '/console/audit', action: 'audit.read', label: 'console.navAudit' },
]

type PageProps = { view: View; title: string; children: Child }

/** A page for staff: sections at the side (behind a button on a phone), the content, who is signed in. */
export async function Page({ view, title, children }: PageProps) {
  const { t, staff } = view
  if (staff === null) throw new Error('a page for staff without staff')
  const waiting = await view.waiting()
  const tab = waiting > 0 && view.may('inbox.answer') ? `(${countWords(waiting)}) ${title}` : title
  return (
    <Document view={view} title={tab}>
      <body class="console">
        <a class="skip" href="#content">
          {t('console.skip')}
        </a>
        <header class="bar">
          <a class="brand" href="/console">
            <img src="/assets/favicon.svg" alt="" width="34" height="34" />
            <span>
              <b>{t('console.name')}</b>
              <small>{t('console.subtitle')}</small>
            </span>
          </a>
          <p class="who">
            <a href="/console/account">{staff.name}</a>
            <span>{t(`console.role-${staff.role}`)}</span>
          </p>
        </header>
        <details class="sections" open>
          <summary>{t('console.sections')}</summary>
          <Sections view={view} waiting={waiting} />
        </details>
        <main id="content" tabindex={-1}>
          {children}
        </main>
      </body>
    </Document>
  )
}

/** A page that is there to be printed: nothing of the console around it. */
export function PrintPage({ view, title, children }: PageProps) {
  return (
    <Document view={view} title={title}>
      <body class="print">
        <main id="content">{children}</main>
      </body>
    </Document>
  )
}

/** A page before the sign-in: one card in the middle. */
export function SignedOutPage({ view, title, children }: PageProps) {
  const { t } = view
  return (
    <Document view={view} title={title}>
      <body class="door">
        <main class="card" id="content">
          <header>
            <img src="/assets/favicon.svg" alt="" width="44" height="44" />
            <p>
              <b>{t('console.name')}</b>
              <small>{t('console.subtitle')}</small>
            </p>
          </header>
          <h1>{title}</h1>
          {children}
        </main>
        <footer>
          <OtherLanguage view={view} />
        </footer>
      </body>
    </Document>
  )
}

function Sections({ view, waiting }: { view: View; waiting: number }) {
  const { t, path } = view
  const here = (section: string) =>
    path === section || path.startsWith(`${section}/`) ? 'page' : undefined
  return (
    <nav aria-label={t('console.sections')}>
      <ul>
        {SECTIONS.filter(({ action }) => view.may(action)).map((section) => (
          <li>
            <a href={section.path} aria-current={here(section.path)}>
              {t(section.label)}
              {section.path === '/console/inbox' && waiting > 0 && (
                <>
                  {' '}
                  <span class="chip out">{countWords(waiting)}</span>
                </>
              )}
            </a>
          </li>
        ))}
        <li>
          <a href="/console/account" aria-current={here('/console/account')}>
            {t('console.navAccount')}
          </a>
        </li>
      </ul>
      <div class="leave">
        <OtherLanguage view={view} />
        <form method="post" action="/console/sign-out">
          <button class="quiet" type="submit">
            {t('console.signOut')}
          </button>
        </form>
      </div>
    </nav>
  )
}

/** A count that stops at a hundred. */
function countWords(count: number): string {
  return count > MOST_COUNTED ? `${MOST_COUNTED}+` : String(count)
}

function OtherLanguage({ view }: { view: View }) {
  const other = view.locale === 'en' ? 'zh-Hans' : 'en'
  return (
    <a class="language" href={`?lang=${other}`} lang={other} hreflang={other}>
      {other === 'en' ? 'English' : '中文'}
    </a>
  )
}

function Document({ view, title, children }: PageProps) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={view.locale}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
          <meta name="robots" content="noindex" />
          <meta name="theme-color" content="#0b5c55" />
          <meta name="htmx-config" content="includeIndicatorCSS:false" />
          <title>{`${title} · ${view.t('console.name')}`}</title>
          <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/assets/console.css" />
          {/* Not deferred: htmx begins as soon as the page is read, and must know its extension by then. */}
          <script src="/assets/htmx.min.js" />
          <script src="/assets/ext/hx-sse.min.js" />
          <script type="module" src="/assets/console.js" />
        </head>
        {children}
      </html>
    </>
  )
}
