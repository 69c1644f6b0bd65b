import { html } from 'hono/html'
import type { Translate } from '../../locales/i18n.ts'
import type { Locale } from '../../locales/keys.ts'

/** Words that the client script shows; they travel as data attributes, since the page allows no inline script. */
const CLIENT_WORDS = [
  'you',
  'bot',
  'typing',
  'sending',
  'notSent',
  'offline',
  'today',
  'yesterday',
  'newMessages',
  'options',
  'uploading',
  'photoReceived',
  'fileReceived',
  'fileSent',
  'fileNotSent',
  'fileRefused',
] as const

/** The chat page. Everything that talks is in `public/chat.js`. */
export function renderPage(locale: Locale, translate: Translate) {
  const t = (key: Parameters<Translate>[1]) => translate(locale, key)
  const words = JSON.stringify(
    Object.fromEntries([
      ...CLIENT_WORDS.map((word) => [word, t(`web.${word}`)]),
      ['fileTooLarge', t('file.too-large')],
    ]),
  )
  const other: Locale = locale === 'en' ? 'zh-Hans' : 'en'
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<title>${t('web.title')}</title>
<meta name="description" content="${t('web.description')}">
<meta name="theme-color" content="#0b5c55">
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/chat.css">
<script type="module" src="/assets/chat.js"></script>
</head>
<body>
<a class="skip" href="#say">${t('web.skip')}</a>
<header class="top">
  <div class="who">
    <img src="/assets/favicon.svg" alt="" width="40" height="40">
    <div>
      <h1>${t('web.name')}</h1>
      <p>${t('web.subtitle')}</p>
    </div>
  </div>
  <nav class="tools" aria-label="${t('web.menu')}">
    <button type="button" id="menu">${t('web.menu')}</button>
    <button type="button" id="larger" aria-pressed="false" aria-label="${t('web.largerLabel')}">${t('web.larger')}</button>
    <a href="/?lang=${other}" lang="${other}" hreflang="${other}">${t('web.otherLanguage')}</a>
  </nav>
</header>
<p class="offline" id="offline" role="status" hidden>${t('web.offline')}</p>
<main class="log" id="log" role="log" aria-live="polite" aria-relevant="additions" aria-label="${t('web.log')}" tabindex="0" data-words="${words}" data-locale="${locale}">
  <noscript><p class="note">${t('web.noScript')}</p></noscript>
</main>
<button type="button" class="pill" id="pill" hidden>${t('web.newMessages')} ↓</button>
<form class="composer" id="composer" autocomplete="off">
  <input type="file" id="file" accept="image/*,application/pdf" hidden>
  <button type="button" class="attach" id="attach" aria-label="${t('web.attach')}" title="${t('web.attach')}">
    <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true" focusable="false"><path d="M20 11.4 12 19.3a5.2 5.2 0 0 1-7.4-7.3l8.6-8.5a3.5 3.5 0 0 1 4.9 4.9l-8.5 8.4a1.7 1.7 0 0 1-2.5-2.4l7.7-7.7" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"/></svg>
  </button>
  <label class="hidden" for="say">${t('web.inputLabel')}</label>
  <textarea id="say" rows="1" maxlength="2000" enterkeyhint="send" placeholder="${t('web.placeholder')}"></textarea>
  <button type="submit" class="send">${t('web.send')}</button>
</form>
<p class="foot">${t('web.foot')}</p>
</body>
</html>`
}
