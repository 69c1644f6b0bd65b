import type { PolicyPack } from '../../../db/policy/pack.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Requester } from '../../kernel/requester.ts'

/** Who asks about their data, of which programme, in which language. */
export type Scene = { deps: Deps; pack: PolicyPack; requester: Requester; locale: Locale }
