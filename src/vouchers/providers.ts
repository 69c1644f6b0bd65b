import { type AuditDraft, hashOf, writeAudited } from '../../db/staff/audit.ts'
import {
  loadProvider,
  type Provider,
  type ProviderPerson,
  type ProviderStatus,
  saveProvider,
  setProviderStatus as statusStatement,
} from '../../db/vouchers/providers.ts'
import { checkCreditCode } from '../../flows/programme/numbers/credit-code.ts'
import { commit } from '../kernel/commit/commit.ts'
import { kindOf, type VoucherContext, type VoucherStaff } from './context.ts'
import { problemOf, refuse, type VoucherRefusal } from './problem.ts'

/** What the register says of a provider; `legalPersonId` and `phone` are sealed. */
export type ProviderForm = {
  name: string
  creditCode: string
  services: readonly string[]
  person?: ProviderPerson
}

const LONGEST_NAME = 100

/** Whether somebody keeps the register. */
export function keepsRegister({ role }: Pick<VoucherStaff, 'role'>): boolean {
  return role === 'city-reviewer' || role === 'admin'
}

/** Lists a provider, or changes one (`id`). `services` are ids of kinds. */
export async function putProvider(
  context: VoucherContext,
  staff: VoucherStaff,
  form: ProviderForm & { id?: string },
): Promise<{ ok: true; provider: Provider } | VoucherRefusal> {
  const { db, vault, now, newId, pack } = context
  if (!keepsRegister(staff)) return refuse({ kind: 'not-yours' })
  const name = form.name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim()
  if (name === '' || [...name].length > LONGEST_NAME) return refuse({ kind: 'bad-words' })
  const code = checkCreditCode(form.creditCode)
  if (!code.ok) return refuse({ kind: 'bad-credit-code' })
  if (form.services.length === 0 || form.services.some((id) => kindOf(context, id) === undefined)) {
    return refuse({ kind: 'no-such-kind' })
  }
  const before = form.id === undefined ? null : await loadProvider(db, form.id)
  if (form.id !== undefined && before === null) return refuse({ kind: 'no-such-provider' })
  const id = form.id ?? newId()
  const at = now()
  const one = {
    id,
    name,
    creditCode: code.value,
    services: [...new Set(form.services)],
    at,
    programme: pack.programme.id,
    ...(form.person === undefined ? {} : { person: form.person }),
  }
  const said = { name, creditCode: code.value, services: one.services }
  const draft: AuditDraft = {
    at,
    actor: staff.id,
    subject: `voucher-provider:${id}`,
    after: await hashOf(said),
    action: before === null ? 'provider.added' : 'provider.changed',
  }
  const write = await saveProvider(vault, one)
  const refused = await commit<VoucherRefusal | null>(db, {
    plan: async () => ({ result: null, write, audit: [draft] }),
    means: (broken) => {
      const problem = problemOf(broken)
      return problem === null ? null : refuse(problem)
    },
  })
  if (refused !== null) return refused
  const provider = await loadProvider(db, id)
  if (provider === null) throw new Error('a provider that was saved is not there')
  return { ok: true, provider }
}

/** Suspends a provider, strikes it off or lists it again; what is under contract can still be claimed. */
export async function changeProviderStatus(
  { db, now }: VoucherContext,
  staff: VoucherStaff,
  { id, status, reason }: { id: string; status: ProviderStatus; reason: string },
): Promise<{ ok: true } | VoucherRefusal> {
  if (!keepsRegister(staff)) return refuse({ kind: 'not-yours' })
  const before = await loadProvider(db, id)
  if (before === null) return refuse({ kind: 'no-such-provider' })
  if (reason.trim() === '') return refuse({ kind: 'reason-needed' })
  if (before.status === status) return { ok: true }
  const at = now()
  const draft: AuditDraft = {
    at,
    actor: staff.id,
    action: `provider.${status}`,
    subject: `voucher-provider:${id}`,
    before: await hashOf({ status: before.status }),
    after: await hashOf({ status }),
    reason: reason.trim(),
  }
  await writeAudited(db, [draft], [statusStatement(id, status, at)])
  return { ok: true }
}
