import type { RequiredItem } from '../../flows/programme/lifecycle/application-stages.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import { insertInto, maybe, parsed, query, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { apiKeys, apiProposals } from '../schema/api.ts'
import { cases } from '../schema/cases.ts'
import { staff } from '../schema/staff.ts'
import { districtFilter } from '../staff/district.ts'

const ROW = shape({
  id: apiProposals.id,
  keyId: apiProposals.keyId,
  keyName: apiKeys.name,
  caseId: apiProposals.caseId,
  number: cases.number,
  district: cases.district,
  caseVersion: cases.version,
  move: apiProposals.move,
  reasons: parsed(apiProposals.reasons, (json): readonly string[] => JSON.parse(json)),
  missing: parsed(apiProposals.missing, (json): readonly RequiredItem[] => JSON.parse(json)),
  note: apiProposals.note,
  version: apiProposals.version,
  state: apiProposals.state,
  proposedAt: apiProposals.proposedAt,
  firstBy: apiProposals.firstBy,
  firstName: maybe(staff.name),
  firstAt: apiProposals.firstAt,
  decidedAt: apiProposals.decidedAt,
})
const FROM = `FROM api_proposals JOIN api_keys ON api_keys.id = api_proposals.key_id
  JOIN cases ON cases.id = api_proposals.case_id LEFT JOIN staff ON staff.id = api_proposals.first_by`

/** A proposal with what it is about. `firstBy`: who agreed first, of two. */
export type Proposal = Omit<ReturnType<typeof ROW.read>, 'note'> & { note: string | null }

/** Where the words of a proposal are sealed for. */
export function proposalContext(id: string): string {
  return `api-proposal:${id}`
}

type NewProposal = Pick<
  Proposal,
  'id' | 'keyId' | 'caseId' | 'move' | 'reasons' | 'missing' | 'note' | 'version'
>

/**
 * Keeps a proposal; one of an earlier version of the case, which can no longer be made, gives way. Fails with a
 * `ConstraintError` of `api_proposals.case_id` where another one of this version is open.
 */
export async function insertProposal(
  vault: Vault,
  one: NewProposal,
  at: string,
): Promise<Statement[]> {
  const { id, caseId, reasons, missing, note, version, ...rest } = one
  const sealed = note === null ? null : await vault.seal(note, proposalContext(id))
  return [
    {
      sql: `UPDATE api_proposals SET state = 'stale', decided_at = ?
        WHERE case_id = ? AND state = 'open' AND version <> ?`,
      args: [at, caseId, version],
    },
    insertInto(apiProposals, {
      ...rest,
      id,
      caseId,
      version,
      reasons: JSON.stringify(reasons),
      missing: JSON.stringify(missing),
      note: sealed,
      state: 'open',
      proposedAt: at,
    }),
  ]
}

/** One proposal, as far as these eyes see its case; of one key alone where `keyId` is given. */
export async function findProposal(
  db: Database,
  vault: Vault,
  { id, keyId }: { id: string; keyId?: string },
  eyes: { district: string | null },
): Promise<Proposal | null> {
  const own = keyId === undefined ? [] : [keyId]
  const where = `api_proposals.id = ?${keyId === undefined ? '' : ' AND api_proposals.key_id = ?'}`
  const [found] = await select(db, vault, eyes, { where, args: [id, ...own], limit: 1 })
  return found ?? null
}

/** The open proposal about a case, if there is one. */
export async function findOpenProposal(
  db: Database,
  vault: Vault,
  caseId: string,
): Promise<Proposal | null> {
  const where = "api_proposals.case_id = ? AND api_proposals.state = 'open'"
  const [found] = await select(db, vault, { district: null }, { where, args: [caseId], limit: 1 })
  return found ?? null
}

/** The open proposals that these eyes see, the oldest first. */
export function listOpenProposals(
  db: Database,
  vault: Vault,
  eyes: { district: string | null },
): Promise<Proposal[]> {
  return select(db, vault, eyes, { where: "api_proposals.state = 'open'", args: [], limit: 200 })
}

/** The first of two agrees. Fails with a `ConstraintError` of `api_proposals_agreed_once` where somebody had. */
export function agreeFirst(id: string, staffId: string, at: string): Statement {
  return {
    sql: `UPDATE api_proposals SET agreed = agreed + 1, first_by = ?, first_at = ?
      WHERE id = ? AND state = 'open'`,
    args: [staffId, at, id],
  }
}

/** What became of an open proposal. The schema refuses `made` where the two are not two. */
export function decideProposal(
  id: string,
  state: 'made' | 'refused' | 'stale',
  by: { staffId: string; at: string },
): Statement {
  return {
    sql: `UPDATE api_proposals SET state = ?, decided_by = ?, decided_at = ?
      WHERE id = ? AND state = 'open'`,
    args: [state, by.staffId, by.at, id],
  }
}

async function select(
  db: Database,
  vault: Vault,
  eyes: { district: string | null },
  { where, args, limit }: { where: string; args: readonly SqlValue[]; limit: number },
): Promise<Proposal[]> {
  const seen = districtFilter(eyes, 'cases.district')
  const all = `SELECT ${ROW.columns} ${FROM} WHERE ${where} AND ${seen.sql}
    ORDER BY api_proposals.proposed_at, api_proposals.id LIMIT ?`
  const rows = await query(db, all, [...args, ...seen.args, limit], ROW)
  return Promise.all(
    rows.map(async ({ note, ...rest }) => ({
      ...rest,
      note: note === null ? null : await vault.openText(note, proposalContext(rest.id)),
    })),
  )
}
