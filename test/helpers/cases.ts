import { insertCase, loadCase, type NewCase } from '../../db/cases/cases.ts'
import { loadEvents, moveCase } from '../../db/cases/events.ts'
import { nodeCipher } from '../../db/core/cipher.node.ts'
import type { Database } from '../../db/core/database.ts'
import { migrate } from '../../db/core/migrate.ts'
import { createVault } from '../../db/core/vault.ts'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { piecesOf } from '../../flows/programme/form/required-items.ts'
import {
  type Actor,
  applyMove,
  initialState,
} from '../../flows/programme/lifecycle/application-stages.ts'
import { caseNumber } from '../../flows/programme/numbers/case-number.ts'
import { savePack } from '../../src/kernel/commit/save-pack.ts'

const complete = guiyang2018()
if (complete.form === undefined || complete.stages === undefined) throw new Error('no form')
/** Guiyang's pack, which takes applications. */
export const pack = { ...complete, form: complete.form, stages: complete.stages }

/** A vault with keys of zeros. */
export const vault = createVault(
  { dataKeys: [{ id: 'k1', bytes: new Uint8Array(32) }], indexKey: new Uint8Array(32) },
  nodeCipher,
)

export const AT = '2018-06-01T02:00:00.000Z'

/** Nobody's: born on 1 January 1900, order 000. */
export const IDENTITY = '520102190001010009'

/** Schema, pack and one person with a web and a Telegram address; gives the pack's revision. */
export async function prepareCases(db: Database): Promise<string> {
  await migrate(db, AT)
  const revision = await savePack(db, pack, AT)
  await db.write([
    {
      sql: `INSERT INTO contacts (id, locale, created_at) VALUES ('zhang', 'zh-Hans', ?), ('li', 'en', ?)`,
      args: [AT, AT],
    },
    {
      sql: `INSERT INTO addresses (channel, external_id, contact_id, created_at)
        VALUES ('web', 'w1', 'zhang', ?), ('telegram', '7', 'zhang', ?), ('telegram', '8', 'li', ?)`,
      args: [AT, AT, AT],
    },
    session('web', 'w1', 'zhang', '2018-06-01T01:00:00.000Z'),
    session('telegram', '7', 'zhang', '2018-06-01T01:30:00.000Z'),
    session('telegram', '8', 'li', '2018-06-01T01:30:00.000Z'),
  ])
  return revision
}

function session(channel: string, id: string, contact: string, at: string) {
  return {
    sql: `INSERT INTO sessions (id, channel, external_id, contact_id, turn, status, updated_at)
      VALUES (?, ?, ?, ?, 1, 'waiting', ?)`,
    args: [`${channel}:${id}`, channel, id, contact, at],
  }
}

/** An application of 张三 (or whoever `change` makes of them), as it is handed in. */
export function newCase(revision: string, serial: number, change: Partial<NewCase> = {}): NewCase {
  const moved = applyMove(pack.stages, initialState(pack.stages), {
    move: 'submit',
    actor: { role: 'applicant', name: null },
    at: AT,
  })
  if (!moved.ok) throw new Error('submit')
  return {
    id: `case-${serial}`,
    number: caseNumber(pack.stages.numbering, change.district ?? 'nanming', serial),
    programme: 'guiyang-2018',
    revision,
    contactId: 'zhang',
    district: 'nanming',
    origin: 'chat',
    decisionId: null,
    applicant: { name: '张三', identityNumber: IDENTITY, mobile: '13900139000', bankAccount: null },
    answers: { name: '张三', purpose: '买一台炒茶机' },
    facts: { hasKeyGroup: true, keyGroupJobs: 2, inLowIncomeVillage: false },
    event: moved.event,
    stage: moved.stage,
    ...change,
  }
}

/** Hands one in. */
export async function submit(
  db: Database,
  revision: string,
  serial: number,
  change: Partial<NewCase> = {},
): Promise<NewCase> {
  const one = newCase(revision, serial, change)
  await db.write(await insertCase(vault, one))
  return one
}

/** Somebody else, with an identity number that nobody checks. */
export function otherApplicant(serial: number): NewCase['applicant'] {
  return {
    name: `李${serial}`,
    identityNumber: `52010219000101${String(serial).padStart(4, '0')}`,
    mobile: null,
    bankAccount: null,
  }
}

/** A move as statements, upon the case as it is now. */
export async function statements(
  db: Database,
  caseId: string,
  move: string,
  actor: Actor = { role: 'district-reviewer', name: '王芳' },
  asked: {
    reasons?: string[]
    missing?: { kind: 'document' | 'field'; id: string }[]
    note?: string
    at?: string
  } = {},
  extra: Partial<Parameters<typeof moveCase>[1]> = {},
) {
  const head = await loadCase(db, { id: caseId })
  const events = await loadEvents(db, vault, caseId)
  const state = { stage: head?.stage ?? '', events }
  const moved = applyMove(
    pack.stages,
    state,
    { move, actor, at: AT, ...asked },
    piecesOf(pack.form),
  )
  if (!moved.ok) throw new Error(JSON.stringify(moved.problem))
  return moveCase(vault, { caseId, event: moved.event, stage: moved.stage, ...extra })
}
