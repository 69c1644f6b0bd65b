import type { Database } from '../../db/core/database.ts'
import type { Vault } from '../../db/core/vault.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import type { StaffMember } from '../../db/staff/members.ts'
import type { ChannelType } from '../../flows/engine/types.ts'
import { chinaDay } from '../../flows/programme/china-time.ts'
import type { VoucherKind, VoucherProgramme } from '../../flows/programme/lifecycle/voucher.ts'
import type { VoucherActor } from '../../flows/programme/lifecycle/voucher-life.ts'
import type { Translate } from '../../locales/i18n.ts'
import type { Deps } from '../kernel/deps.ts'

/** What the acts on vouchers need; `pack` is of a programme that has them. */
export type VoucherContext = {
  db: Database
  vault: Vault
  /** ISO time in UTC. */
  now: () => string
  newId: () => string
  translate: Translate
  /** Whether a channel may carry what is personal; others are told only that something changed. */
  personalData: (channel: ChannelType) => boolean
  /** Where the web chat and the console are open. */
  webUrl: () => string
  pack: PolicyPack & { vouchers: VoucherProgramme }
}

/** Who acts: a member of staff, or somebody of a provider. */
export type VoucherStaff = Pick<StaffMember, 'id' | 'name' | 'role' | 'district' | 'providerId'>

/** The programme as it answers today; null where it has no vouchers. */
export async function voucherWorldOf(deps: Deps): Promise<VoucherContext | null> {
  const revision = await currentRevision(deps.db, deps.programme)
  if (revision === null) return null
  const { pack } = await deps.policies.load(revision)
  return worldWith(deps, pack)
}

/** The same with a pack that is at hand. */
export function worldWith(
  deps: Omit<VoucherContext, 'pack'>,
  pack: PolicyPack,
): VoucherContext | null {
  const { db, vault, now, newId, translate, personalData, webUrl } = deps
  return pack.vouchers === undefined
    ? null
    : {
        db,
        vault,
        now,
        newId,
        translate,
        personalData,
        webUrl,
        pack: { ...pack, vouchers: pack.vouchers },
      }
}

/** The budget of the programme's year. */
export function budgetIdOf({ pack }: Pick<VoucherContext, 'pack'>): string {
  return `${pack.programme.id}:${pack.vouchers.year}`
}

/** A kind by its id, as the rules of today have it; undefined where they no longer do. */
export function kindOf(
  { pack }: Pick<VoucherContext, 'pack'>,
  id: string,
): VoucherKind | undefined {
  return pack.vouchers.kinds.find((kind) => kind.id === id)
}

/** Somebody as the life of a voucher knows them; null where vouchers are none of their work. */
export function voucherActor({ id, name, role }: VoucherStaff): VoucherActor | null {
  switch (role) {
    case 'district-reviewer':
    case 'city-reviewer':
    case 'finance':
    case 'provider':
      return { role, name, id }
    default:
      return null
  }
}

/** The day in China, which has one time, as `YYYY-MM-DD`. */
export function dayOf(at: string): string {
  return chinaDay(at)
}
