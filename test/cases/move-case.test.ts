import { beforeEach, describe, expect, it } from 'vitest'
import { loadCaseFile } from '../../db/cases/case-file.ts'
import { openFile } from '../../db/core/client.node.ts'
import { openRemote } from '../../db/core/client.web.ts'
import type { Database } from '../../db/core/database.ts'
import { claimDue } from '../../db/outbox/claim.ts'
import { setReachable } from '../../db/outbox/record.ts'
import { Stages } from '../../flows/programme/lifecycle/stages.ts'
import { caseNotice } from '../../src/cases/case-notice.ts'
import { type CaseContext, moveCaseNow } from '../../src/cases/move-case.ts'
import { startHranaServer } from '../fixtures/hrana-server.ts'
import { AT, otherApplicant, pack, prepareCases, submit, vault } from '../helpers/cases.ts'

let db: Database
let revision: string
let number: string
beforeEach(async () => {
  db = openFile(':memory:')
  revision = await prepareCases(db)
  number = (await submit(db, revision, 1)).number
  return () => db.close()
})

const world = (own: Database = db): CaseContext => ({
  db: own,
  vault,
  pack,
  now: () => AT,
  personalData: () => true,
})
/** What the applicant of the first case would be told now. */
async function caseNoticeFor(context: CaseContext): Promise<string | undefined> {
  const file = await loadCaseFile(db, vault, { number })
  const event = file?.events.at(-1)
  if (file === null || event === undefined) throw new Error('no case')
  const notice = await caseNotice(context, file.head, event)
  return notice?.body.text
}

const wang = { role: 'district-reviewer', name: '王芳' } as const
const LATER = '2018-06-02T00:00:00.000Z'
const due = (channel: 'web' | 'telegram') =>
  claimDue(db, vault, { channel, now: LATER, leaseUntil: LATER, limit: 10 })

describe('moving a case', () => {
  it('tells the applicant once, where they last were and in their language', async () => {
    const moved = await moveCaseNow(world(), { number, move: 'accept', actor: wang })
    expect(moved).toMatchObject({
      ok: true,
      notified: true,
      head: { stage: 'accepted', version: 2 },
      event: { from: 'submitted', to: 'accepted', actor: '王芳', at: AT },
    })
    const rows = await due('telegram')
    expect(rows).toMatchObject([
      { id: 'notice:case:case-1:2', to: { channel: 'telegram', id: '7' }, origin: 'notice' },
    ])
    expect(rows[0]?.body?.text).toContain(`您的申请 ${number} 已受理`)
    expect(await due('web')).toEqual([])
  })

  it('tells in the words of the district’s own office, where something personal may be told', async () => {
    const own = (district: string) => {
      const text = JSON.stringify(pack.stages).replaceAll('{{number}}', `{{number}}（${district}）`)
      return { form: pack.form, stages: Stages.parse(JSON.parse(text)) }
    }
    const told = { ...world(), packOf: own }
    await moveCaseNow(told, { number, move: 'accept', actor: wang })
    const [row] = await due('telegram')
    expect(row?.body?.text).toContain(`您的申请 ${number}（nanming）`)
    const away = await caseNoticeFor({ ...told, personalData: () => false })
    expect(away).not.toContain('nanming')
    const here = await caseNoticeFor(told)
    expect(here).toContain('nanming')
  })

  it('names what is missing in the notice, and what staff wrote', async () => {
    await moveCaseNow(world(), {
      number,
      move: 'return',
      actor: wang,
      reasons: ['unreadable'],
      missing: [{ kind: 'field', id: 'mobile' }],
      note: '请重新填写。',
    })
    const [row] = await due('telegram')
    const label = pack.form.fields.find(({ id }) => id === 'mobile')?.label['zh-Hans']
    expect(row?.body?.text).toContain(`· ${label}`)
    expect(row?.body?.text).toContain('· 材料看不清楚\n· 请重新填写。')
  })

  it('says only that something changed where nothing personal may be sent', async () => {
    await moveCaseNow(
      { ...world(), personalData: (channel) => channel !== 'telegram' },
      {
        number,
        move: 'return',
        actor: wang,
        reasons: ['unreadable'],
        missing: [{ kind: 'document', id: 'proof-disabled' }],
        note: '残疾证拍清楚些',
      },
    )
    const [row] = await due('telegram')
    expect(row?.body?.text).toBe(
      `您的申请 ${number} 有新进展，现在是“退回补正”。详细内容请到网页聊天里看，这个渠道不放个人信息。`,
    )
  })

  it('uses another address where one is blocked, and none where all are', async () => {
    await db.write([setReachable({ channel: 'telegram', id: '7' }, false)])
    await moveCaseNow(world(), { number, move: 'accept', actor: wang })
    expect(await due('web')).toHaveLength(1)
    await db.write([setReachable({ channel: 'web', id: 'w1' }, false)])
    const moved = await moveCaseNow(world(), { number, move: 'begin-review', actor: wang })
    expect(moved).toMatchObject({ ok: true, notified: false })
  })

  it('tells also who wants no other notices', async () => {
    await db.write([{ sql: 'UPDATE addresses SET opted_out_at = ?', args: [AT] }])
    expect(await moveCaseNow(world(), { number, move: 'accept', actor: wang })).toMatchObject({
      notified: true,
    })
  })

  it('moves a case on paper without telling anybody', async () => {
    const paper = await submit(db, revision, 2, {
      contactId: null,
      origin: 'paper',
      applicant: otherApplicant(2),
    })
    expect(
      await moveCaseNow(world(), { number: paper.number, move: 'accept', actor: wang }),
    ).toMatchObject({ ok: true, notified: false })
  })

  it('says why not', async () => {
    const kind = async (request: Partial<Parameters<typeof moveCaseNow>[1]>) => {
      const moved = await moveCaseNow(world(), { number, move: 'accept', actor: wang, ...request })
      return moved.ok ? null : moved.problem.kind
    }
    expect(await kind({ number: 'GY18-02-000182' })).toBe('no-such-case')
    expect(await kind({ move: 'dance' })).toBe('no-such-move')
    expect(await kind({ move: 'pay' })).toBe('not-from-here')
    expect(await kind({ actor: { role: 'finance', name: '周强' } })).toBe('not-yours')
    expect(await kind({ move: 'return', reasons: ['unreadable'] })).toBe('missing-needed')
    expect(await kind({ version: 1 })).toBe(null)
  })

  it('tells who decided upon an old look that somebody was faster', async () => {
    await moveCaseNow(world(), { number, move: 'accept', actor: wang })
    const actor = { role: 'district-reviewer', name: '李静' } as const
    expect(
      await moveCaseNow(world(), { number, move: 'begin-review', actor, version: 1 }),
    ).toMatchObject({
      ok: false,
      problem: { kind: 'conflict', by: { move: 'accept', actor: '王芳', at: AT } },
    })
  })

  it('stops at a case whose stage was tampered with', async () => {
    await db.write([{ sql: "UPDATE cases SET stage = 'approved'", args: [] }])
    const actor = { role: 'finance', name: '周强' } as const
    await expect(moveCaseNow(world(), { number, move: 'pay', actor })).rejects.toThrow(number)
  })
})

describe('fifty who move one case at once', () => {
  const race = async (own: Database, caseNumber: string) => {
    const moved = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        moveCaseNow(world(own), {
          number: caseNumber,
          move: 'accept',
          actor: { role: 'district-reviewer', name: `审核员${index}` },
        }),
      ),
    )
    const winners = moved.filter(({ ok }) => ok)
    expect(winners).toHaveLength(1)
    for (const one of moved) {
      if (!one.ok) expect(['conflict', 'not-from-here']).toContain(one.problem.kind)
      if (!one.ok && one.problem.kind === 'conflict') {
        expect(one.problem.by.actor).toBe(winners[0]?.ok ? winners[0].event.actor : '')
      }
    }
    const file = await loadCaseFile(own, vault, { number: caseNumber })
    expect(file?.events).toHaveLength(2)
    const [rows] = await own.read([{ sql: 'SELECT count(*) FROM outbox', args: [] }])
    expect(rows?.[0]?.[0]).toBe(1)
  }

  it('come one first, in a file', () => race(db, number))

  it('come one first, on a server', async () => {
    const server = await startHranaServer({ token: 'secret' })
    const own = openRemote({ url: server.url, authToken: 'secret' })
    const rev = await prepareCases(own)
    await race(own, (await submit(own, rev, 1)).number)
    await own.close()
    await server.close()
  })
})
