import type { Wants } from '../../flows/engine/types.ts'
import type { MessageKey } from '../../locales/keys.ts'

/** How the place to type in fits what is asked, as attributes of HTML; `type` left out: room for several lines. */
type Control = {
  type?: 'text' | 'tel'
  inputmode?: 'tel' | 'numeric' | 'decimal'
  autocomplete?: 'name' | 'tel-national' | 'one-time-code' | 'off'
  autocapitalize?: 'characters'
  placeholder: MessageKey
}

const LETTERS_AND_DIGITS = {
  type: 'text',
  autocomplete: 'off',
  autocapitalize: 'characters',
} as const
const ANY: Control = { placeholder: 'web.say-words' }

/**
 * By what is asked. A name and a mobile number are what browsers can fill in (WCAG 1.3.5); identity numbers have a
 * letter, so that they get no keypad of digits, and no browser keeps them.
 */
export const CONTROLS: Readonly<Record<Wants, Control>> = {
  words: ANY,
  place: ANY,
  'one-of': ANY,
  'some-of': ANY,
  'yes-no': ANY,
  text: { placeholder: 'web.say-text' },
  apart: { autocomplete: 'off', placeholder: 'web.say-apart' },
  name: { type: 'text', autocomplete: 'name', placeholder: 'web.say-name' },
  mobile: {
    type: 'tel',
    inputmode: 'tel',
    autocomplete: 'tel-national',
    placeholder: 'web.say-mobile',
  },
  'identity-number': { ...LETTERS_AND_DIGITS, placeholder: 'web.say-identity-number' },
  'identity-end': { ...LETTERS_AND_DIGITS, placeholder: 'web.say-identity-end' },
  'credit-code': { ...LETTERS_AND_DIGITS, placeholder: 'web.say-credit-code' },
  'case-number': { ...LETTERS_AND_DIGITS, placeholder: 'web.say-case-number' },
  code: { ...LETTERS_AND_DIGITS, placeholder: 'web.say-code' },
  money: { type: 'text', inputmode: 'decimal', autocomplete: 'off', placeholder: 'web.say-money' },
  count: { type: 'text', inputmode: 'numeric', autocomplete: 'off', placeholder: 'web.say-count' },
  'bank-card': {
    type: 'text',
    inputmode: 'numeric',
    autocomplete: 'off',
    placeholder: 'web.say-bank-card',
  },
  'one-time-code': {
    type: 'text',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    placeholder: 'web.say-one-time-code',
  },
}
