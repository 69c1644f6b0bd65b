import type { Locale } from '../../../locales/keys.ts'

/** An amount of fen as people write it: `8.5万元`, `4500元`; `85,000 yuan`. */
export function formatMoney(fen: number, locale: Locale): string {
  const yuan = fen / 100
  if (locale === 'en') return `${grouped(yuan)} yuan`
  return yuan >= 10_000 && fen % 10_000 === 0 ? `${yuan / 10_000}万元` : `${yuan}元`
}

function grouped(yuan: number): string {
  const [whole = '', cents] = String(yuan).split('.')
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return cents === undefined ? groups : `${groups}.${cents.padEnd(2, '0')}`
}
