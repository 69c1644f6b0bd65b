import { newsFlow } from './campaigns/flow.ts'
import { applyFlow } from './cases/apply/flow.ts'
import { caseLookupFlow } from './cases/case-lookup/flow.ts'
import { documentsFlow } from './cases/documents/flow.ts'
import { prescreenFlow } from './cases/prescreen/flow.ts'
import { statusFlow } from './cases/status/flow.ts'
import { supplementFlow } from './cases/supplement/flow.ts'
import { channelRedirectFlow } from './channels/channel-redirect/flow.ts'
import { menuFlow } from './conversation/menu/flow.ts'
import { moreFlow } from './conversation/menu/more.ts'
import type { Flow } from './engine/types.ts'
import { eventsFlow } from './events/flow.ts'
import { paymentFlow } from './funds/payment/flow.ts'
import { helpedFlow } from './handoffs/flow.ts'
import { policyQuestionFlow } from './knowledge/policy-question/flow.ts'
import { linkFlow } from './people/link/flow.ts'
import { myDataFlow } from './people/my-data/flow.ts'
import { settingsFlow } from './people/settings/flow.ts'
import { noticesFlow } from './people/settings/notices.ts'
import { quizFlow } from './quizzes/flow.ts'
import { serviceFlow } from './services/flow.ts'
import { staffFlow } from './staff/flow.ts'
import { tipOffFlow } from './tipoffs/flow.ts'
import { voucherFlow } from './vouchers/flow.ts'

/** Every flow, once. */
export const flows: readonly Flow[] = [
  menuFlow,
  moreFlow,
  policyQuestionFlow,
  prescreenFlow,
  applyFlow,
  statusFlow,
  caseLookupFlow,
  supplementFlow,
  documentsFlow,
  paymentFlow,
  voucherFlow,
  eventsFlow,
  quizFlow,
  myDataFlow,
  channelRedirectFlow,
  linkFlow,
  newsFlow,
  serviceFlow,
  helpedFlow,
  tipOffFlow,
  settingsFlow,
  noticesFlow,
  staffFlow,
]
