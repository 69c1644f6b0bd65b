import { cookieOf } from '../../bots/web/conversation.ts'
import { LOCALES, type Locale, localeOf } from '../../locales/keys.ts'

/** Keeps the language of the pages for a year; there is nothing of a person in it. */
export function languageCookie(locale: Locale, webUrl: string): string {
  const secure = webUrl.startsWith('https:') ? '; Secure' : ''
  return `lang=${locale}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax${secure}`
}

/** The language of a page: asked for in the address, kept in the cookie `lang`, or what the browser prefers. */
export function pickLocale(wanted: string | undefined, request: Request): Locale {
  const known = (tag: string | null | undefined) => LOCALES.find((locale) => locale === tag)
  return (
    known(wanted) ??
    known(cookieOf(request, 'lang')) ??
    localeOf(request.headers.get('accept-language'))
  )
}
