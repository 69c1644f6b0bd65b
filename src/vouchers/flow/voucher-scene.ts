import type { Locale } from '../../../locales/keys.ts'
import type { Requester } from '../../kernel/requester.ts'
import type { VoucherContext } from '../context.ts'

/** Who asks about their vouchers, in which language. */
export type VoucherScene = { world: VoucherContext; requester: Requester; locale: Locale }
