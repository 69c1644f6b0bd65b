import type { Database } from '../../db/core/database.ts'
import type { Vault } from '../../db/core/vault.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import type { StaffMember } from '../../db/staff/members.ts'
import type { ChannelType } from '../../flows/engine/types.ts'
import type { Stages } from '../../flows/programme/lifecycle/stages.ts'
import type { Fund, FundProgramme } from '../../flows/programme/money/funds.ts'
import type { Deps } from '../kernel/deps.ts'

/** What acts on money by level need; `pack` is of a programme that has it. */
export type FundContext = {
  db: Database
  vault: Vault
  /** ISO time in UTC. */
  now: () => string
  newId: () => string
  /** Whether a channel may carry what is personal; others are told only that something changed. */
  personalData: (channel: ChannelType) => boolean
  pack: PolicyPack & { funds: FundProgramme; stages: Stages }
}

/** Who acts. */
export type FundStaff = Pick<StaffMember, 'id' | 'name' | 'role' | 'district'>

/** The programme as it answers today; null where it has no money by level. */
export async function fundWorldOf(
  deps: Pick<Deps, 'db' | 'vault' | 'now' | 'newId' | 'personalData' | 'programme' | 'policies'>,
): Promise<FundContext | null> {
  const { db, vault, now, newId, personalData } = deps
  const revision = await currentRevision(db, deps.programme)
  if (revision === null) return null
  const { pack } = await deps.policies.load(revision)
  const { funds, stages } = pack
  return funds === undefined || stages === undefined
    ? null
    : { db, vault, now, newId, personalData, pack: { ...pack, funds, stages } }
}

/** The year's money of a kind, as the database names it. */
export function yearOf({ pack }: Pick<FundContext, 'pack'>, fund: Fund) {
  return { programme: pack.programme.id, year: pack.programme.year, fund }
}
