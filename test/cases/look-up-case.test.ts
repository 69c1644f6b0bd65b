import { beforeEach, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import type { Database } from '../../db/core/database.ts'
import type { Address } from '../../flows/engine/types.ts'
import { caseNumber } from '../../flows/programme/numbers/case-number.ts'
import { lookUpCase } from '../../src/cases/look-up-case.ts'
import { AT, otherApplicant, pack, prepareCases, submit, vault } from '../helpers/cases.ts'

let db: Database
let number: string
let time: number
beforeEach(async () => {
  db = openFile(':memory:')
  time = Date.parse(AT)
  const revision = await prepareCases(db)
  number = (await submit(db, revision, 1, { origin: 'paper', contactId: null })).number
  await submit(db, revision, 2, { applicant: otherApplicant(2) })
  return () => db.close()
})

const from: Address = { channel: 'web', id: 'w1' }
const other = (serial: number) => caseNumber(pack.stages.numbering, 'nanming', serial)
const look = (change: Partial<Parameters<typeof lookUpCase>[1]> = {}) =>
  lookUpCase(
    { db, vault, pack, now: () => new Date(time).toISOString() },
    { number, lastSix: '010009', name: '张三', from, ...change },
  )

describe('looking up a case', () => {
  it('shows where it stands to who has number, last six and name', async () => {
    expect(await look()).toMatchObject({
      kind: 'found',
      head: { number, stage: 'submitted', origin: 'paper' },
      events: [{ move: 'submit' }],
    })
  })

  it('takes them however they are typed', async () => {
    const typed = {
      number: ` ${number.toLowerCase().replaceAll('-', ' ')} `,
      lastSix: '０１０００９',
      name: '张 三',
    }
    expect(await look(typed)).toMatchObject({ kind: 'found' })
    expect(await look({ lastSix: '520102190001010009' })).toMatchObject({ kind: 'found' })
  })

  it('says the same of a wrong proof and of a case that is not there', async () => {
    const answers = [
      await look({ name: '张四' }),
      await look({ lastSix: '010008' }),
      await look({ number: other(2) }),
      await look({ number: other(999) }),
    ]
    for (const answer of answers) expect(answer).toEqual({ kind: 'not-found' })
  })

  it('finds nothing by half a proof', async () => {
    expect(await look({ lastSix: '' })).toEqual({ kind: 'not-found' })
    expect(await look({ name: '' })).toEqual({ kind: 'not-found' })
  })

  it('tells a slip in the number at once, and does not count it', async () => {
    const slip = number.slice(0, -1) + (number.endsWith('2') ? '3' : '2')
    for (let index = 0; index < 20; index++) {
      expect(await look({ number: slip })).toEqual({ kind: 'check-failed' })
      expect(await look({ number: '我的编号' })).toEqual({ kind: 'empty' })
      expect(await look({ number: 'GY18' })).toEqual({ kind: 'malformed' })
    }
    expect(await look()).toMatchObject({ kind: 'found' })
  })
})

describe('guessing', () => {
  const kinds = async (tries: Partial<Parameters<typeof lookUpCase>[1]>[]) => {
    const seen: string[] = []
    for (const one of tries) seen.push((await look(one)).kind)
    return seen
  }
  const times = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index))
  const visitor = (index: number): Address => ({ channel: 'web', id: `visitor-${index}` })

  it('ends after five tries from one address, right or wrong, and begins again later', async () => {
    const tries = times(7, (index) => ({ number: other(100 + index), name: `王${index}` }))
    expect(await kinds(tries)).toEqual([...times(5, () => 'not-found'), 'too-many', 'too-many'])
    expect(await look()).toEqual({ kind: 'too-many' })
    time += 900_000
    expect(await look()).toMatchObject({ kind: 'found' })
  })

  it('ends after ten tries at one number, from wherever, also where there is no such case', async () => {
    for (const at of [number, other(500)]) {
      const tries = times(11, (index) => ({
        number: at,
        lastSix: `01${1000 + index}`,
        from: visitor(index),
      }))
      expect((await kinds(tries)).slice(9)).toEqual(['not-found', 'too-many'])
    }
    expect(await look({ from: visitor(50) })).toEqual({ kind: 'too-many' })
  })

  it('ends after ten tries at one person, whatever the number', async () => {
    const tries = times(11, (index) => ({ number: other(200 + index), from: visitor(index) }))
    expect((await kinds(tries)).slice(9)).toEqual(['not-found', 'too-many'])
  })

  it('leaves no name, number or address behind', async () => {
    await look({ name: '张四' })
    const [rows = []] = await db.read([{ sql: 'SELECT key FROM attempts', args: [] }])
    expect(rows).toHaveLength(3)
    for (const [key] of rows) expect(String(key)).toMatch(/^[\w-]{43}$/)
  })
})
