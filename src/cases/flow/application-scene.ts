import type { PolicyPack } from '../../../db/policy/pack.ts'
import type { Form } from '../../../flows/programme/form/form.ts'
import type { Stages } from '../../../flows/programme/lifecycle/stages.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Requester } from '../../kernel/requester.ts'

/** A pack of a programme that takes applications. */
type Applications = PolicyPack & { form: Form; stages: Stages }
/** Who applies, of a programme that takes applications, in which language. */
export type ApplicationScene = {
  deps: Deps
  policy: Policy
  pack: Applications
  requester: Requester
  locale: Locale
}
