import type { PolicyPack } from '../../db/policy/pack.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Asker } from '../answers/asker.ts'
import type { Deps } from '../deps.ts'

/** Who asks about their data, of which programme, in which language. */
export type Scene = { deps: Deps; pack: PolicyPack; asker: Asker; locale: Locale }
