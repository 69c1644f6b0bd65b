import type { Flow } from './engine/types.ts'
import { menuFlow } from './menu/flow.ts'
import { policyQuestionFlow } from './policy-question/flow.ts'
import { prescreenFlow } from './prescreen/flow.ts'
import { settingsFlow } from './settings/flow.ts'

/** Every flow, once. */
export const flows: readonly Flow[] = [menuFlow, policyQuestionFlow, prescreenFlow, settingsFlow]
