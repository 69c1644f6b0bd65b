import type { Locale } from '../../../locales/keys.ts'
import type { Asker } from '../../kernel/asker.ts'
import type { VoucherWorld } from '../world.ts'

/** Who asks about their vouchers, in which language. */
export type VoucherScene = { world: VoucherWorld; asker: Asker; locale: Locale }
