import { html } from 'hono/html'
import type { Translate } from '../../locales/i18n.ts'
import type { Locale } from '../../locales/keys.ts'

type Html = ReturnType<typeof html>

/** The style sheets of the chat, by subject; each is a file of `public/`. */
const STYLES = ['chat', 'chat-head', 'chat-log', 'chat-write'] as const

/** A page of the chat: its head, and what it is given. `head` may add to the former. */
export function renderFrame(
  { locale, translate }: { locale: Locale; translate: Translate },
  parts: { title: string; head?: Html; bodyClass: string; body: Html },
): Html {
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<title>${parts.title}</title>
<meta name="description" content="${translate(locale, 'web.description')}">
<meta name="theme-color" content="#0b5c55">
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
${STYLES.map((name) => html`<link rel="stylesheet" href="/assets/${name}.css">`)}
${parts.head ?? ''}
</head>
<body class="${parts.bodyClass}">
${parts.body}
</body>
</html>`
}

/** Who speaks here, with the page's own tools beside it. */
export function renderTop(
  { locale, translate }: { locale: Locale; translate: Translate },
  tools: Html,
): Html {
  const t = (key: Parameters<Translate>[1]) => translate(locale, key)
  return html`<header class="top">
  <div class="who">
    <img src="/assets/favicon.svg" alt="" width="40" height="40">
    <div>
      <h1>${t('web.name')}</h1>
      <p>${t('web.subtitle')}</p>
    </div>
  </div>
  <nav class="tools" aria-label="${t('web.menu')}">
    ${tools}
  </nav>
</header>`
}
