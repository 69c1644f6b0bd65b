import type { ApplyAsk, ApplyReply, SubmitIntent } from './cases/apply/ask.ts'
import type { LookUpAsk, LookUpReply } from './cases/case-lookup/ask.ts'
import type { DocumentsAsk, DocumentsReply, DropFileIntent } from './cases/documents/ask.ts'
import type { PrescreenQuery, PrescreenReply } from './cases/prescreen/reply.ts'
import type { StatusAsk, StatusReply, WithdrawIntent } from './cases/status/ask.ts'
import type { ResubmitIntent, SupplementAsk, SupplementReply } from './cases/supplement/ask.ts'
import type { LinkReply, RedirectQuery, WayIntent } from './channels/channel-redirect/reply.ts'
import type { EventIntent, EventsAsk, EventsReply } from './events/ask.ts'
import type { PaymentAsk, PaymentIntent, PaymentReply } from './funds/payment/ask.ts'
import type { HelpedIntent, HelpedReply } from './handoffs/ask.ts'
import type { PolicyQuery, PolicyReply } from './knowledge/policy-question/answer.ts'
import type { LinkIntent, LinkingAsk, LinkingReply } from './people/link/ask.ts'
import type { DataIntent, MyDataAsk, MyDataReply } from './people/my-data/ask.ts'
import type { NoticeSettings, NoticesAsk } from './people/settings/reply.ts'
import type { QuizAsk, QuizIntent, QuizReply } from './quizzes/ask.ts'
import type { StaffQuery, StaffReply } from './staff/ask.ts'
import type { TipOffAsk, TipOffIntent, TipOffReply } from './tipoffs/ask.ts'
import type { VoucherIntent, VoucherQuestion, VoucherReply } from './vouchers/ask.ts'

type Asked<Topic extends string, Ask> = { kind: Topic; ask: Ask }

/** By topic: what is asked, what is answered, what is intended. */
export type QueryMap = {
  policy: [PolicyQuery, PolicyReply, never]
  prescreen: [PrescreenQuery, PrescreenReply, never]
  application: [Asked<'application', ApplyAsk>, ApplyReply, SubmitIntent]
  status: [Asked<'status', StatusAsk>, StatusReply, WithdrawIntent]
  lookUp: [Asked<'lookUp', LookUpAsk>, LookUpReply, never]
  supplement: [Asked<'supplement', SupplementAsk>, SupplementReply, ResubmitIntent]
  documents: [Asked<'documents', DocumentsAsk>, DocumentsReply, DropFileIntent]
  payment: [Asked<'payment', PaymentAsk>, PaymentReply, PaymentIntent]
  voucher: [Asked<'voucher', VoucherQuestion>, VoucherReply, VoucherIntent]
  events: [Asked<'events', EventsAsk>, EventsReply, EventIntent]
  quiz: [Asked<'quiz', QuizAsk>, QuizReply, QuizIntent]
  linking: [Asked<'linking', LinkingAsk>, LinkingReply, LinkIntent]
  link: [Asked<'link', RedirectQuery>, LinkReply, WayIntent]
  data: [Asked<'data', MyDataAsk>, MyDataReply, DataIntent]
  tipOff: [Asked<'tip-off', TipOffAsk>, TipOffReply, TipOffIntent]
  helped: [never, HelpedReply, HelpedIntent]
  notices: [Asked<'notices', NoticesAsk>, NoticeSettings, never]
  staff: [Asked<'staff', StaffQuery>, StaffReply, never]
}

declare module './engine/queries.ts' {
  interface Queries extends QueryMap {}
}
