import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { insertCase } from '../../db/cases/cases.ts'
import { countAttempts } from '../../db/cases/lookup.ts'
import { reserveSerial } from '../../db/cases/numbers.ts'
import { listQueue } from '../../db/cases/queue.ts'
import { openFile } from '../../db/core/client.node.ts'
import type { Database } from '../../db/core/database.ts'
import {
  AT,
  newCase,
  otherApplicant,
  pack,
  prepareCases,
  statements,
  submit,
  vault,
} from '../helpers/cases.ts'
import { orderForReview } from '../programme/order-for-review.ts'

let db: Database
let revision: string
beforeEach(async () => {
  db = openFile(':memory:')
  revision = await prepareCases(db)
  return () => db.close()
})

const count = async (sql: string) => Number((await db.read([{ sql, args: [] }]))[0]?.[0]?.[0])

describe('serials', () => {
  it('are given once each, to a hundred at once, district by district', async () => {
    const [south, north] = await Promise.all(
      ['nanming', 'yunyan'].map((district) =>
        Promise.all(Array.from({ length: 50 }, () => reserveSerial(db, 'guiyang-2018', district))),
      ),
    )
    const all = Array.from({ length: 50 }, (_, index) => index + 1)
    expect(south?.toSorted((a, b) => a - b)).toEqual(all)
    expect(north?.toSorted((a, b) => a - b)).toEqual(all)
  })
})

describe('attempts', () => {
  const at = (seconds: number) => new Date(Date.parse(AT) + seconds * 1000).toISOString()
  const limit = { limit: 3, windowSeconds: 60 }

  it('end at the limit and begin anew after the window', async () => {
    const tries = (seconds: number) => countAttempts(db, at(seconds), [{ key: 'a', ...limit }])
    const first = [
      await tries(0),
      await tries(10),
      await tries(20),
      await tries(30),
      await tries(59),
    ]
    expect(first).toEqual([true, true, true, false, false])
    expect(await tries(60)).toBe(true)
  })

  it('let exactly the limit through when they come at once', async () => {
    const results = await Promise.all(
      Array.from({ length: 40 }, () => countAttempts(db, AT, [{ key: 'a', ...limit }])),
    )
    expect(results.filter(Boolean)).toHaveLength(3)
  })

  it('count each key by itself, and any that is over says no', async () => {
    const of = (...keys: string[]) =>
      countAttempts(
        db,
        AT,
        keys.map((key) => ({ key, ...limit })),
      )
    await of('a')
    await of('a')
    await of('a')
    expect(await of('b')).toBe(true)
    expect(await of('a', 'b')).toBe(false)
  })

  it('leave no rows behind', async () => {
    await countAttempts(db, AT, [{ key: 'a', ...limit }])
    await countAttempts(db, at(61), [{ key: 'b', ...limit }])
    expect(await count('SELECT count(*) FROM attempts')).toBe(1)
  })
})

describe('the queue', () => {
  const filter = {
    programme: 'guiyang-2018',
    review: pack.rules.review.map(({ id }) => id),
    keyGroupJobs: 1,
    limit: 100,
  }

  it('stands in the order of review', async () => {
    const facts = fc.record({
      hasKeyGroup: fc.boolean(),
      keyGroupJobs: fc.nat(3),
      inLowIncomeVillage: fc.boolean(),
      day: fc.integer({ min: 1, max: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { minLength: 2, maxLength: 12 }), async (list) => {
        const own = openFile(':memory:')
        const rev = await prepareCases(own)
        const result = (yes: boolean) => (yes ? ('yes' as const) : ('no' as const))
        const reviewable = []
        for (const [index, one] of list.entries()) {
          const made = newCase(rev, index + 1, { facts: one, applicant: otherApplicant(index) })
          const event = { ...made.event, at: `2018-06-0${one.day}T00:00:00.000Z` }
          await own.write(await insertCase(vault, { ...made, event }))
          reviewable.push({
            id: made.number,
            completedAt: event.at,
            trace: [
              ['group-veteran', one.hasKeyGroup] as const,
              ['group-jobs', one.keyGroupJobs > 0] as const,
              ['low-income-village', one.inLowIncomeVillage] as const,
            ].map(([rule, yes]) => ({ rule, result: result(yes) })),
          })
        }
        const ranked = orderForReview(
          pack.rules,
          // Order looks at a trace's rules and results only.
          reviewable as unknown as Parameters<typeof orderForReview>[1],
        )
        const queue = await listQueue(own, filter)
        expect(queue.map(({ number }) => number)).toEqual(ranked.map(({ id }) => id))
        await own.close()
      }),
      { numRuns: 15 },
    )
  })

  it('holds the open cases of a district, of a stage', async () => {
    await submit(db, revision, 1, { applicant: otherApplicant(1) })
    await submit(db, revision, 2, { applicant: otherApplicant(2), district: 'huaxi' })
    await submit(db, revision, 3, { applicant: otherApplicant(3), district: 'huaxi' })
    await submit(db, revision, 4, { applicant: otherApplicant(4) })
    await db.write(await statements(db, 'case-3', 'accept'))
    await db.write(await statements(db, 'case-4', 'withdraw', { role: 'applicant', name: null }))
    const of = async (more: { district?: string; stage?: string }) =>
      (await listQueue(db, { ...filter, ...more })).map(({ id }) => id)
    expect(await of({})).toEqual(['case-1', 'case-2', 'case-3'])
    expect(await of({ district: 'huaxi' })).toEqual(['case-2', 'case-3'])
    expect(await of({ district: 'huaxi', stage: 'accepted' })).toEqual(['case-3'])
    expect(await of({ stage: 'paid' })).toEqual([])
    await expect(listQueue(db, { ...filter, review: ['beauty'] })).rejects.toThrow('beauty')
  })
})
