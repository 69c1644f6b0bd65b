import { html } from 'hono/html'
import type { Translate } from '../../locales/i18n.ts'
import type { Locale } from '../../locales/keys.ts'
import { CONTROLS } from './controls.ts'
import { renderFrame, renderTop } from './frame.ts'

/** Words that the client script shows; they travel as data attributes, since the page allows no inline script. */
const CLIENT_WORDS = [
  'you',
  'bot',
  'typing',
  'notSent',
  'waits',
  'toStaff',
  'refusedByServer',
  'today',
  'yesterday',
  'options',
  'uploading',
  'photoReceived',
  'fileReceived',
  'fileSent',
  'fileStored',
  'fileNotSent',
  'fileRefused',
  'showPhoto',
  'photoNotShown',
  'close',
  'placeholder',
] as const

/** Loaded together, and not one after the other as each is found in another. */
const SCRIPTS = [
  'dom',
  'view',
  'log',
  'picture',
  'talk',
  'unsent',
  'session',
  'files',
  'upload',
  'photo',
  'listen',
  'composer',
  'reader',
] as const

/**
 * The chat page. Everything that talks is in `public/chat.js`; where no script runs, its form goes to the simple page,
 * which does the same (plain-page.ts). `isCalled`: a WebSocket tells the page when there is something new.
 */
export function renderPage(
  locale: Locale,
  translate: Translate,
  { isCalled = false }: { isCalled?: boolean } = {},
) {
  const t = (key: Parameters<Translate>[1]) => translate(locale, key)
  const words = Object.fromEntries([
    ...CLIENT_WORDS.map((word) => [word, t(`web.${word}`)]),
    ['fileTooLarge', t('file.too-large')],
  ])
  const controls = Object.fromEntries(
    Object.entries(CONTROLS).map(([wants, { placeholder, ...control }]) => [
      wants,
      { ...control, placeholder: t(placeholder) },
    ]),
  )
  const other: Locale = locale === 'en' ? 'zh-Hans' : 'en'
  const tools = html`<button type="submit" form="composer" name="command" value="menu" id="menu">${t('web.menu')}</button>
    <button type="button" id="larger" aria-pressed="false" aria-label="${t('web.largerLabel')}">${t('web.larger')}</button>
    <a href="/?lang=${other}" lang="${other}" hreflang="${other}">${t('web.otherLanguage')}</a>`
  return renderFrame(
    { locale, translate },
    {
      title: t('web.title'),
      bodyClass: 'app',
      head: html`<noscript><meta http-equiv="refresh" content="0;url=/plain"></noscript>
<script nomodule src="/assets/plain.js"></script>
${SCRIPTS.map((name) => html`<link rel="modulepreload" href="/assets/${name}.js">`)}
<script type="module" src="/assets/chat.js"></script>`,
      body: html`<a class="skip" href="#say">${t('web.skip')}</a>
${renderTop({ locale, translate }, tools)}
<p class="offline" id="offline" role="status" hidden>${t('web.offline')}</p>
<main class="scroll" id="scroll" tabindex="0" aria-label="${t('web.log')}">
  <noscript><p class="note"><a href="/plain">${t('web.plainOpen')}</a></p></noscript>
  <div class="log" id="log" role="log" aria-live="polite" aria-relevant="additions" aria-label="${t('web.log')}" data-words="${JSON.stringify(words)}" data-controls="${JSON.stringify(controls)}" data-locale="${locale}"${isCalled ? html` data-called` : ''}></div>
  <div class="ways" id="ways" role="group" aria-label="${t('web.ways')}" hidden>
    <button type="button" value="back">${t('web.back')}</button>
    <button type="button" value="help">${t('web.help')}</button>
    <button type="button" value="person">${t('web.person')}</button>
  </div>
  <p class="foot">${t('web.foot')}</p>
</main>
<button type="button" class="pill" id="pill" hidden>${t('web.newMessages')} ↓</button>
<form class="composer" id="composer" method="post" action="/plain" enctype="multipart/form-data" autocomplete="off">
  <input type="file" id="file" accept="image/*,application/pdf" hidden>
  <button type="button" class="attach" id="attach" aria-label="${t('web.attach')}" title="${t('web.attach')}">
    <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true" focusable="false"><path d="M20 11.4 12 19.3a5.2 5.2 0 0 1-7.4-7.3l8.6-8.5a3.5 3.5 0 0 1 4.9 4.9l-8.5 8.4a1.7 1.7 0 0 1-2.5-2.4l7.7-7.7" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"/></svg>
  </button>
  <label class="hidden" for="say">${t('web.inputLabel')}</label>
  <textarea id="say" name="text" rows="1" maxlength="2000" enterkeyhint="send" placeholder="${t('web.placeholder')}"></textarea>
  <button type="button" class="keys" id="keys" hidden>${t('web.typeWords')}</button>
  <button type="submit" class="send">${t('web.send')}</button>
</form>`,
    },
  )
}
