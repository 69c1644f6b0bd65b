import { html } from 'hono/html'
import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { Translate } from '../../locales/i18n.ts'
import type { Locale } from '../../locales/keys.ts'
import { CONTROLS } from './controls.ts'
import { renderFrame, renderTop } from './frame.ts'
import { linkParts } from './links.ts'
import { type PagePicture, pictureOf } from './picture.ts'

type Html = ReturnType<typeof html>

/** A line of the conversation; `toStaff`: it has reached a person. */
export type PlainLine = {
  direction: 'in' | 'out'
  body: RenderedMessage
  /** The buttons below it that still do something. */
  options: RenderedMessage['quickReplies']
  toStaff: boolean
  isFile: boolean
}

/** What the simple page shows and carries along. */
export type PlainView = {
  locale: Locale
  translate: Translate
  /** Where the page is, as browsers name it: `https://chat.example.gov.cn`. */
  origin: string
  lines: readonly PlainLine[]
  /** What stood in the box while a button was pressed. */
  draft: string
  /** What went wrong with what was just sent. */
  problem: string | null
  /** Signed; goes along in the form, where a browser may keep no cookies. Null before the first word. */
  token: string | null
  /** The next thing that is sent from this page; pressed twice, it is one. */
  id: string
}

/**
 * The chat without any script: a form that is posted, and the conversation below one another. The token is in the form
 * and in no address.
 */
export function renderPlainPage(view: PlainView): Html {
  const { locale, translate, lines, draft, problem, token, id } = view
  const t = (key: Parameters<Translate>[1]) => translate(locale, key)
  const asked = lines.findLast(({ direction }) => direction === 'out')?.body
  const { placeholder, type, ...control } = CONTROLS[asked?.wants ?? 'words']
  const attributes = {
    ...control,
    placeholder: t(asked?.wants === undefined ? 'web.placeholder' : placeholder),
  }
  const other: Locale = locale === 'en' ? 'zh-Hans' : 'en'
  const press = (name: string, value: string, label: string) =>
    html`<button type="submit" form="composer" name="${name}" value="${value}" formnovalidate>${label}</button>`
  const tools = html`${press('command', 'menu', t('web.menu'))}
    ${press('fresh', '1', t('web.plainFresh'))}
    <button type="submit" form="composer" name="language" value="${other}" lang="${other}" formnovalidate>${t('web.otherLanguage')}</button>`
  const box =
    type === undefined
      ? html`<textarea id="say" name="text" rows="2" maxlength="2000" ${asAttributes(attributes)}>${draft}</textarea>`
      : html`<input id="say" name="text" type="${type}" maxlength="200" value="${draft}" ${asAttributes(attributes)}>`
  return renderFrame(view, {
    title: t('web.title'),
    bodyClass: 'plain',
    body: html`<a class="skip" href="#say">${t('web.skip')}</a>
${renderTop(view, tools)}
<main class="log">
  <p class="note">${t('web.noScript')}</p>
  ${lines.length === 0 ? html`<div class="turn"><div class="bubble"><p>${t('web.plainHello')}</p></div></div>` : ''}
  ${lines.map((line, at) => renderLine(view, line, at === lines.length - 1, press))}
</main>
${
  asked?.wants === undefined
    ? ''
    : html`<div class="ways" role="group" aria-label="${t('web.ways')}">
  ${press('command', 'back', t('web.back'))}
  ${press('command', 'help', t('web.help'))}
  ${press('command', 'person', t('web.person'))}
</div>`
}
${problem === null ? '' : html`<p class="problem" role="alert" id="problem">${problem}</p>`}
<form class="composer" id="composer" method="post" action="/plain#now" enctype="multipart/form-data" autocomplete="off">
  <input type="hidden" name="id" value="${id}">
  <input type="hidden" name="locale" value="${locale}">
  ${token === null ? '' : html`<input type="hidden" name="conversation" value="${token}">`}
  <label for="say">${t('web.inputLabel')}</label>
  ${box}
  ${
    token === null
      ? ''
      : html`<label for="file">${t('web.plainFile')}</label>
  <input type="file" id="file" name="file" accept="image/*,application/pdf">`
  }
  <button type="submit" class="send">${t('web.send')}</button>
</form>
<p class="foot">${t('web.foot')}</p>`,
  })
}

function renderLine(
  { locale, translate, origin }: PlainView,
  { direction, body, options, toStaff, isFile }: PlainLine,
  isLast: boolean,
  press: (name: string, value: string, label: string) => Html,
): Html {
  const anchor = isLast ? html` id="now"` : ''
  if (direction === 'in') {
    return html`<div class="turn mine"${anchor}>
  <span class="hidden">${translate(locale, 'web.you')}: </span>
  <div class="bubble${isFile ? ' file' : ''}"><p>${isFile ? translate(locale, 'web.fileSent') : body.text}</p></div>
  ${toStaff ? html`<p class="state">${translate(locale, 'web.toStaff')}</p>` : ''}
</div>`
  }
  return html`<div class="turn"${anchor}>
  <span class="hidden">${translate(locale, 'web.bot')}: </span>
  <div class="bubble"><p>${linkParts(body, origin).map((part) =>
    part.href === undefined
      ? part.text
      : html`<a href="${part.href}" rel="noopener noreferrer">${part.text}</a>`,
  )}</p>${body.image === undefined ? '' : renderPicture(pictureOf(body.image))}</div>
  ${
    options.length === 0
      ? ''
      : html`<div class="options${isLast ? '' : ' past'}" role="group" aria-label="${translate(locale, 'web.options')}">
    ${options.map(({ value, label }) => press('choice', value, label))}
  </div>`
  }
</div>`
}

function renderPicture(image: PagePicture): Html {
  return 'src' in image
    ? html`<img class="picture" src="${image.src}" alt="${image.alt}">`
    : html`<svg class="qr" viewBox="0 0 ${image.size} ${image.size}" role="img" aria-label="${image.alt}"><path d="${image.path}"/></svg>`
}

function asAttributes(attributes: Readonly<Record<string, string>>): Html[] {
  return Object.entries(attributes).map(([name, value]) => html` ${name}="${value}"`)
}
