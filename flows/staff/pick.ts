import { say } from '../engine/define.ts'
import type { KeyedText, QuickReply } from '../engine/types.ts'
import { type StaffData, type StaffDefinition, type StaffStep, tapped, taps } from './data.ts'

/** So many options get a button each; more are typed by number. */
const MAX_BUTTONS = 8

type Choice = { id: string; name: string }

/**
 * A step at which several of a list are chosen: tapped one by one and then `done`, or typed by their
 * numbers, `1 3`. `least` 0: nothing may be chosen.
 */
export function picking(spec: {
  text: KeyedText
  options: (data: StaffData) => readonly Choice[]
  chosen: (data: StaffData) => readonly string[]
  keep: (data: StaffData, ids: readonly string[]) => StaffData
  least: 0 | 1
  next: (data: StaffData) => StaffStep
}): StaffDefinition {
  const { text, options, chosen, keep, least, next } = spec
  return {
    enter: (data) => {
      const all = options(data)
      const ids = chosen(data)
      const lines = all.map(({ id, name }, index) => {
        const mark = ids.includes(id) ? '✓ ' : ''
        return `${index + 1}. ${mark}${name}`
      })
      const some: QuickReply[] = (all.length > MAX_BUTTONS ? [] : all).map(
        ({ id, name }, index) => ({
          value: `o${index}`,
          label: { text: ids.includes(id) ? `✓ ${name}` : name },
        }),
      )
      const done: QuickReply = {
        value: 'done',
        label: { key: ids.length === 0 ? 'staff.none' : 'staff.done' },
      }
      return [
        say(
          [
            text,
            { text: lines.join('\n') },
            { key: some.length === 0 ? 'staff.pickByNumber' : 'staff.pickHow' },
          ],
          {
            quickReplies: [...some, ...(ids.length >= least ? [done] : [])],
            numbered: false,
          },
        ),
      ]
    },
    receive: (data, input) => {
      const all = options(data)
      const value = tapped(input)
      if (value === 'done' && chosen(data).length >= least) return { go: next(data) }
      const tap = /^o(\d+)$/.exec(value)
      const one = tap === null ? undefined : all[Number(tap[1])]
      if (one !== undefined) {
        const before = chosen(data)
        const ids = before.includes(one.id)
          ? before.filter((id) => id !== one.id)
          : [...before, one.id]
        return { wait: true, again: true, data: keep(data, ids) }
      }
      const ids = input.type === 'text' ? numbered(input.text, all) : null
      if (ids === null) return { otherwise: { key: 'staff.pickUnclear' } }
      const kept = keep(data, ids)
      return { go: next(kept), data: kept }
    },
    samples: (data) => [
      ...taps('o0'),
      ...(chosen(data).length >= least ? taps('done') : []),
      { type: 'text', text: '1' },
    ],
  }
}

/** `1 3`, `1、3`, `1,3`: what stands at these places; null where one of them is none. */
function numbered(text: string, all: readonly Choice[]): string[] | null {
  const typed = text.normalize('NFKC').trim()
  if (!/^\d{1,3}(?:[\s,、;.和]+\d{1,3})*[\s,、;.]*$/.test(typed)) return null
  const ids = typed.match(/\d+/g)?.map((digits) => all[Number(digits) - 1]?.id) ?? []
  return ids.every((id) => id !== undefined) ? [...new Set(ids)] : null
}
