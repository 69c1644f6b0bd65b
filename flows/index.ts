import { applyFlow } from './apply/flow.ts'
import { caseLookupFlow } from './case-lookup/flow.ts'
import { documentsFlow } from './documents/flow.ts'
import { elsewhereFlow } from './elsewhere/flow.ts'
import type { Flow } from './engine/types.ts'
import { eventsFlow } from './events/flow.ts'
import { linkFlow } from './link/flow.ts'
import { menuFlow } from './menu/flow.ts'
import { myDataFlow } from './my-data/flow.ts'
import { newsFlow } from './news/flow.ts'
import { policyQuestionFlow } from './policy-question/flow.ts'
import { prescreenFlow } from './prescreen/flow.ts'
import { quizFlow } from './quiz/flow.ts'
import { serviceFlow } from './services/flow.ts'
import { settingsFlow } from './settings/flow.ts'
import { noticesFlow } from './settings/notices.ts'
import { staffFlow } from './staff/flow.ts'
import { statusFlow } from './status/flow.ts'
import { supplementFlow } from './supplement/flow.ts'
import { voucherFlow } from './voucher/flow.ts'

/** Every flow, once. */
export const flows: readonly Flow[] = [
  menuFlow,
  policyQuestionFlow,
  prescreenFlow,
  applyFlow,
  statusFlow,
  caseLookupFlow,
  supplementFlow,
  documentsFlow,
  voucherFlow,
  eventsFlow,
  quizFlow,
  myDataFlow,
  elsewhereFlow,
  linkFlow,
  newsFlow,
  serviceFlow,
  settingsFlow,
  noticesFlow,
  staffFlow,
]
