import type { Bilingual } from '../../../../flows/programme/bilingual.ts'
import type { ConsoleContext, ConsoleDeps } from '../../../console/route.ts'
import { currentPack, type View, viewOf } from '../../../console/view.ts'

/** A view with the words of actions, and with the moves whose words are the pack's. */
export type AuditView = View & {
  moves: readonly { kind: 'case' | 'voucher'; id: string; label: Bilingual }[]
}

/** The view of a request. Throws where no policy has been loaded, which no start allows. */
export async function auditViewOf(deps: ConsoleDeps, c: ConsoleContext): Promise<AuditView> {
  const view = viewOf(deps, c)
  const { stages, vouchers } = await currentPack(deps)
  return {
    ...view,
    moves: [
      ...(stages?.moves ?? []).map(({ id, label }) => ({ kind: 'case' as const, id, label })),
      ...(vouchers?.life.moves ?? []).map(({ id, label }) => ({
        kind: 'voucher' as const,
        id,
        label,
      })),
    ],
  }
}
