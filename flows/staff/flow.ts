import { named } from '../engine/named.ts'
import { broadcasts } from './broadcasts.ts'
import { cases } from './cases.ts'
import { defineFlow, EMPTY, StaffData, type StaffStep } from './data.ts'
import { inbox } from './inbox.ts'
import { codeIn, door } from './sign-in.ts'
import { write } from './write.ts'

/**
 * Staff at work in a chat of their own: what waits for them, applications, conversations, broadcasts. Who
 * they are and what they may do is asked of the world anew at every question.
 */
export const staffFlow = defineFlow({
  id: 'staff',
  version: 1,
  data: StaffData,
  initial: EMPTY,
  start: 'home',
  help: { key: 'staff.help' },
  typed: (text) => {
    const line = text.normalize('NFKC').trim()
    const [found, word = 'staff', rest = ''] = LINE.exec(line) ?? []
    const name = found === undefined ? '' : word.toLowerCase()
    if (name === '' || (rest !== '' && !TAKES.includes(name))) return null
    if (name === 'staff') return rest === '' ? 'staff' : `code ${rest}`
    return rest === '' ? name : `${name} ${rest}`
  },
  open: (input) => {
    const value = input.type === 'choice' ? input.value : ''
    const [name = '', ...rest] = value.split(' ')
    const which = rest.join(' ')
    const place = named(PLACES, name)
    if (place !== undefined && which === '') return { go: place, data: EMPTY }
    if (name === 'case' && which !== '') {
      return { go: 'case', data: { ...EMPTY, which: which.toUpperCase() } }
    }
    if (name === 'access') return { go: 'access', data: { ...EMPTY, which } }
    if (name === 'campaign' || name === 'handoff') return { go: name, data: { ...EMPTY, which } }
    const code = codeIn(name === 'code' ? which : value)
    if (code !== null) return { go: 'code', data: { ...EMPTY, code } }
    return name === 'code' ? { go: 'code', data: EMPTY } : null
  },
  steps: { ...door, ...cases, ...write, ...broadcasts, ...inbox },
  migrations: {},
})

/** A slash and a word, and what it is about. */
const LINE =
  /^(?:\/(staff|queue|case|broadcast|broadcasts|approve|inbox)(?:@\w+)?|工作人员)(?:\s+(\S.*))?$/i
const TAKES = ['staff', 'case']
const PLACES: Readonly<Record<string, StaffStep>> = {
  queue: 'queue',
  case: 'queue',
  inbox: 'inbox',
  approve: 'broadcasts',
  broadcasts: 'broadcasts',
  broadcast: 'title',
}
