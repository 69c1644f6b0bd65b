import { normaliseTyped } from './form/typed.ts'

/**
 * A name as it is compared: whatever only looks different is the same. Spaces fall away, and the dots
 * inside the names of many peoples (买买提·艾力) are one dot.
 */
export function normaliseName(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .replace(/[·•・‧∙⋅●.。˙]/g, '·')
    .toUpperCase()
}

/** The last six characters of an identity number that was typed so, or whole; null: it is neither. */
export function normaliseLastSix(typed: string): string | null {
  const text = normaliseTyped(typed).replace(/[×ХΧ]/g, 'X')
  return /^(\d{12})?\d{5}[\dX]$/.test(text) ? text.slice(-6) : null
}
