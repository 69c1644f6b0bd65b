import type { Locale } from '../../locales/keys.ts'
import type { VoucherWorld } from '../vouchers/world.ts'
import type { Asker } from './asker.ts'

/** Who asks about their vouchers, in which language. */
export type VoucherScene = { world: VoucherWorld; asker: Asker; locale: Locale }
