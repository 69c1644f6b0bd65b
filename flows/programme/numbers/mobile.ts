import { firstOutside, normaliseTyped, type RefusedInput, refuse } from '../form/typed.ts'

export type MobileProblem = 'empty' | 'characters' | 'foreign' | 'landline' | 'length' | 'prefix'

export type Mobile = { readonly ok: true; readonly value: string } | RefusedInput<MobileProblem>

/**
 * Checks a mobile number of mainland China as the numbering plan of the Ministry of Industry and
 * Information Technology has it (电信网编号计划): eleven digits, 1 and then 3 to 9. Networks are not
 * guessed and segments not refused: numbers move between networks and new segments open.
 * `+86`, `0086`, spaces and hyphens are taken off.
 *
 * @example
 * checkMobile('+86 138-0013-8000') // { ok: true, value: '13800138000' }
 */
export function checkMobile(typed: string): Mobile {
  const folded = normaliseTyped(typed).replace(/[()]/g, '')
  if (folded === '') return refuse('empty')
  const value = folded.replace(/^(?:\+86|0086|86(?=1\d{10}$))/, '')
  const odd = firstOutside(value, value.startsWith('+') ? '+0123456789' : '0123456789')
  if (odd !== null) return refuse('characters', odd + folded.length - value.length)
  if (value.startsWith('+') || value.startsWith('00')) return refuse('foreign')
  if (/^0\d{9,11}$/.test(value)) return refuse('landline')
  if (value.length !== 11) return { ...refuse('length'), length: value.length }
  return /^1[3-9]/.test(value) ? { ok: true, value } : refuse('prefix', 1, 2)
}
