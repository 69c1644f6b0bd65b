import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import {
  eraseCase,
  findByIdentity,
  insertCase,
  listCasesOf,
  loadCase,
} from '../../db/cases/cases.ts'
import { openCase } from '../../db/cases/content.ts'
import { loadEvents, moveCase } from '../../db/cases/events.ts'
import { findCaseForLookup } from '../../db/cases/lookup.ts'
import { openFile } from '../../db/core/client.node.ts'
import { ConstraintError, type Database } from '../../db/core/database.ts'
import type { Actor } from '../../flows/programme/lifecycle/application-stages.ts'
import {
  AT,
  IDENTITY,
  newCase,
  otherApplicant,
  prepareCases,
  statements,
  submit,
  vault,
} from '../helpers/cases.ts'

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-cases-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const wang: Actor = { role: 'district-reviewer', name: '王芳' }
const person: Actor = { role: 'applicant', name: null }

let db: Database
let revision: string
beforeEach(async () => {
  db = openFile(':memory:')
  revision = await prepareCases(db)
  return () => db.close()
})

const columnsOf = async (failing: Promise<unknown>) => {
  const error = await failing.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof ConstraintError ? error.columns : error
}
const count = async (sql: string) => Number((await db.read([{ sql, args: [] }]))[0]?.[0]?.[0])

describe('a case', () => {
  it('is stored and read back, by its id and its number', async () => {
    const one = await submit(db, revision, 1)
    const head = await loadCase(db, { id: one.id })
    expect(head).toEqual({
      id: 'case-1',
      number: one.number,
      programmeId: 'guiyang-2018',
      revisionId: revision,
      contactId: 'zhang',
      district: 'nanming',
      origin: 'chat',
      stage: 'submitted',
      stageAt: AT,
      version: 1,
      outcome: null,
      hasKeyGroup: true,
      keyGroupJobs: 2,
      inLowIncomeVillage: false,
      decisionId: null,
      submittedAt: AT,
      completedAt: AT,
      updatedAt: AT,
      closedAt: null,
      erasedAt: null,
      importId: null,
      keyGroupMark: 0,
      keyGroupJobsMark: 0,
      lowIncomeVillageMark: 0,
    })
    expect(await loadCase(db, { number: one.number })).toEqual(head)
    expect(await loadCase(db, { number: 'GY18-02-000182' })).toBe(null)
    expect(await openCase(db, vault, one.id)).toEqual({
      applicant: one.applicant,
      answers: one.answers,
    })
    expect(await loadEvents(db, vault, one.id)).toEqual([one.event])
  })

  it('lists those of a contact, the newest first', async () => {
    await submit(db, revision, 1, { applicant: otherApplicant(1) })
    await submit(db, revision, 2, { applicant: otherApplicant(2) })
    await submit(db, revision, 3, { applicant: otherApplicant(3), contactId: 'li' })
    expect((await listCasesOf(db, 'zhang')).map(({ id }) => id)).toEqual(['case-2', 'case-1'])
    expect(await listCasesOf(db, 'nobody')).toEqual([])
  })

  it('leaves nothing of a person readable in the file', async () => {
    const path = join(folder, 'plain.db')
    const file = openFile(path)
    const rev = await prepareCases(file)
    const one = newCase(rev, 1)
    await file.write(await insertCase(vault, one))
    await file.write(
      await moveCase(vault, {
        caseId: one.id,
        event: {
          ...one.event,
          ordinal: 2,
          from: 'submitted',
          missing: [{ kind: 'document', id: 'proof-disabled' }],
          note: '请张三补照片',
        },
        stage: one.stage,
      }),
    )
    // The pack names the document too, so this word is looked for in the events alone.
    const [events = []] = await file.read([{ sql: 'SELECT * FROM case_events', args: [] }])
    const values = events.flat().filter((value) => typeof value === 'string')
    const sealed = events.flat().filter((value) => value instanceof Uint8Array)
    expect(sealed.map((value) => Buffer.from(value).includes('disabled'))).toEqual([false])
    expect(values.join()).not.toContain('disabled')
    await file.close()
    for (const name of [path, `${path}-wal`]) {
      let bytes: string
      try {
        bytes = readFileSync(name, 'latin1')
      } catch {
        continue
      }
      for (const word of [
        '张三',
        IDENTITY,
        IDENTITY.slice(-6),
        '13900139000',
        '炒茶机',
        '补照片',
      ]) {
        expect(bytes.includes(Buffer.from(word).toString('latin1')), word).toBe(false)
      }
    }
  })
})

describe('one person, one application', () => {
  it('refuses a second one by name of the index, and writes nothing of it', async () => {
    await submit(db, revision, 1)
    const second = db.write(await insertCase(vault, newCase(revision, 2)))
    expect(await columnsOf(second)).toContain('cases.identity_index')
    expect(await count('SELECT count(*) FROM case_events')).toBe(1)
  })

  it('lets exactly one of thirty at once through', async () => {
    const batches = await Promise.all(
      Array.from({ length: 30 }, (_, index) => insertCase(vault, newCase(revision, index + 1))),
    )
    const results = await Promise.allSettled(batches.map((batch) => db.write(batch)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await count('SELECT count(*) FROM cases')).toBe(1)
    expect(await count('SELECT count(*) FROM case_events')).toBe(1)
  })

  it('takes another one after the first was withdrawn or refused, not after it was approved', async () => {
    await submit(db, revision, 1)
    await db.write(await statements(db, 'case-1', 'withdraw', person))
    expect(await findByIdentity(db, vault, 'guiyang-2018', IDENTITY)).toBe(null)
    await submit(db, revision, 2)
    const reasons = ['elsewhere']
    await db.write(await statements(db, 'case-2', 'propose-refusal', wang, { reasons }))
    const second = { role: 'city-reviewer', name: '赵敏' } as const
    await db.write(await statements(db, 'case-2', 'reject', second, { reasons }))
    await submit(db, revision, 3)
    for (const move of ['accept', 'begin-review', 'file']) {
      await db.write(await statements(db, 'case-3', move))
    }
    for (const move of ['publish', 'approve']) {
      const city = { role: 'city-reviewer', name: '赵敏' } as const
      await db.write(await statements(db, 'case-3', move, city))
    }
    expect(await findByIdentity(db, vault, 'guiyang-2018', IDENTITY)).toMatchObject({
      id: 'case-3',
      outcome: 'granted',
      closedAt: null,
    })
    const fourth = db.write(await insertCase(vault, newCase(revision, 4)))
    expect(await columnsOf(fourth)).toContain('cases.identity_index')
  })

  it('refuses a number twice', async () => {
    await submit(db, revision, 1)
    const again = newCase(revision, 1, { id: 'other', applicant: otherApplicant(1) })
    expect(await columnsOf(db.write(await insertCase(vault, again)))).toEqual(['cases.number'])
  })
})

describe('a move', () => {
  it('changes case and history together', async () => {
    await submit(db, revision, 1)
    const at = '2018-06-05T02:00:00.000Z'
    const asked = {
      reasons: ['other'],
      missing: [{ kind: 'field' as const, id: 'mobile' }],
      note: '电话是空号',
      at,
    }
    await db.write(await statements(db, 'case-1', 'return', wang, asked))
    expect(await loadCase(db, { id: 'case-1' })).toMatchObject({
      stage: 'returned',
      version: 2,
      updatedAt: at,
      completedAt: AT,
    })
    expect((await loadEvents(db, vault, 'case-1'))[1]).toEqual({
      ordinal: 2,
      move: 'return',
      from: 'submitted',
      to: 'returned',
      role: 'district-reviewer',
      actor: '王芳',
      ...asked,
    })
  })

  it('with new answers keeps them, and counts as complete from then on', async () => {
    const one = await submit(db, revision, 1)
    const missing = [{ kind: 'field' as const, id: 'mobile' }]
    await db.write(
      await statements(db, 'case-1', 'return', wang, { reasons: ['differs'], missing }),
    )
    const at = '2018-06-09T02:00:00.000Z'
    const applicant = { ...one.applicant, name: '张山', mobile: '13812345678' }
    const content = {
      number: one.number,
      district: one.district,
      applicant,
      answers: { purpose: '开茶馆' },
      facts: { hasKeyGroup: false, keyGroupJobs: 0, inLowIncomeVillage: true },
    }
    await db.write(await statements(db, 'case-1', 'resubmit', person, { at }, { content }))
    expect(await loadCase(db, { id: 'case-1' })).toMatchObject({
      stage: 'submitted',
      completedAt: at,
      submittedAt: AT,
      ...content.facts,
    })
    expect(await openCase(db, vault, 'case-1')).toEqual({ applicant, answers: content.answers })
    const proof = { number: one.number, lastSix: '010009' }
    expect(await findCaseForLookup(db, vault, { ...proof, name: '张三' })).toBe(null)
    expect(await findCaseForLookup(db, vault, { ...proof, name: '张山' })).not.toBe(null)
  })

  it('is won by one of fifty at once, with one notice', async () => {
    await submit(db, revision, 1)
    const notice = {
      to: { channel: 'telegram' as const, id: '7' },
      body: { text: '已受理', quickReplies: [] },
      expiresAt: '2018-07-01T00:00:00.000Z',
    }
    const batches = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        statements(db, 'case-1', 'accept', { ...wang, name: `审核员${index}` }, {}, { notice }),
      ),
    )
    const results = await Promise.allSettled(batches.map((batch) => db.write(batch)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected')
        expect(result.reason.columns).toContain('case_events.case_id')
    }
    const winner = results.findIndex(({ status }) => status === 'fulfilled')
    expect((await loadEvents(db, vault, 'case-1')).map(({ actor }) => actor)).toEqual([
      null,
      `审核员${winner}`,
    ])
    expect(await count('SELECT count(*) FROM outbox')).toBe(1)
  })

  it('made upon an old look writes nothing, however old', async () => {
    await submit(db, revision, 1)
    const old = await statements(db, 'case-1', 'withdraw', person)
    for (const move of ['accept', 'begin-review', 'file']) {
      await db.write(await statements(db, 'case-1', move))
    }
    expect(await columnsOf(db.write(old))).toContain('case_events.case_id')
    expect(await loadCase(db, { id: 'case-1' })).toMatchObject({ stage: 'city-filing', version: 4 })
  })
})

describe('the history', () => {
  const update = (sql: string) => db.write([{ sql, args: [] }])

  it('is only added to', async () => {
    await submit(db, revision, 1)
    await expect(update('DELETE FROM case_events')).rejects.toThrow('only added to')
    await expect(update("UPDATE case_events SET actor = 'x'")).rejects.toThrow('only added to')
    await expect(update("UPDATE case_events SET at = '2017'")).rejects.toThrow('only added to')
  })

  it('has no gaps and no leaps', async () => {
    const { event } = await submit(db, revision, 1)
    const { stage } = newCase(revision, 1)
    for (const wrong of [
      { ...event, ordinal: 3, from: 'submitted' },
      { ...event, ordinal: 2, from: 'approved' },
    ]) {
      const batch = await moveCase(vault, { caseId: 'case-1', event: wrong, stage })
      await expect(db.write(batch)).rejects.toThrow('does not follow')
    }
  })

  it('forgets a person who is erased, and stays a history', async () => {
    const one = await submit(db, revision, 1)
    const missing = [{ kind: 'field' as const, id: 'mobile' }]
    const asked = { reasons: ['other'], missing, note: '张三的电话是空号' }
    await db.write(await statements(db, 'case-1', 'return', wang, asked))
    await db.write(eraseCase('case-1', '2018-06-10T00:00:00.000Z'))
    expect(await loadCase(db, { id: 'case-1' })).toMatchObject({
      number: one.number,
      stage: 'returned',
      contactId: null,
      hasKeyGroup: false,
      erasedAt: '2018-06-10T00:00:00.000Z',
    })
    expect(await openCase(db, vault, 'case-1')).toBe(null)
    expect(await loadEvents(db, vault, 'case-1')).toMatchObject([
      { move: 'submit', missing: [], note: null },
      { move: 'return', reasons: ['other'], missing: [], note: null },
    ])
    expect(
      await count(`SELECT count(*) FROM cases WHERE identity_index IS NOT NULL OR lookup_index IS NOT NULL
        OR applicant IS NOT NULL OR answers IS NOT NULL`),
    ).toBe(0)
    expect(await findByIdentity(db, vault, 'guiyang-2018', IDENTITY)).toBe(null)
    await submit(db, revision, 2)
  })
})
