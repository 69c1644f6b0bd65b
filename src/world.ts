import type { Intent, Query, QueryReply } from '../flows/engine/queries.ts'
import type { QueryMap } from '../flows/queries.ts'
import type { Locale } from '../locales/keys.ts'
import { answerApplication } from './cases/flow/application.ts'
import { answerCase, planCase } from './cases/flow/case.ts'
import { planSubmit } from './cases/flow/submit.ts'
import { answerEvents, planEvent } from './events/flow/events.ts'
import { answerPayment, planPayment } from './funds/flow/payment.ts'
import { planHelped } from './handoffs/flow/helped.ts'
import type { Deps } from './kernel/deps.ts'
import type { Policy } from './kernel/policy.ts'
import { type Planned, type Requester, under, type World } from './kernel/requester.ts'
import { answerNotices } from './outbox/flow/notices.ts'
import { answerLink, planWay } from './people/flow/link.ts'
import { answerLinking, planLink } from './people/flow/linking.ts'
import { answerMyData, planData } from './people/flow/my-data.ts'
import { answerQuiz, planQuiz } from './quizzes/flow/quiz.ts'
import { answerStaff } from './staff/chat/staff.ts'
import { answerTipOff, planTipOff } from './tipoffs/flow/tip-off.ts'
import { answerVoucher, planHolder } from './vouchers/flow/voucher.ts'

/** What the flows may ask and have done in one turn of one person: each area answers and plans its own. */
export function createWorld(deps: Deps, policy: Policy, requester: Requester): World {
  return {
    answer: (query, locale) => answer(deps, policy, requester, query, locale),
    plan: (intent, locale) => plan(deps, policy, requester, intent, locale),
  }
}

/** What the policy answers is known at once; for all else there is a look into the database. */
function answer(
  deps: Deps,
  policy: Policy,
  requester: Requester,
  query: Query,
  locale: Locale,
): QueryReply | Promise<QueryReply> {
  switch (query.kind) {
    case 'policy-answer':
    case 'policy-entry':
    case 'policy-clause':
      return { policy: policy.desk.answer(query, locale) }
    case 'prescreen':
    case 'prescreen-typed':
      return { prescreen: policy.prescreen(query, locale) }
    default:
      return look(deps, policy, requester, query, locale)
  }
}

async function look(
  deps: Deps,
  policy: Policy,
  requester: Requester,
  query: Exclude<Query, QueryMap['policy' | 'prescreen'][0]>,
  locale: Locale,
): Promise<QueryReply> {
  switch (query.kind) {
    case 'application':
      return { application: await answerApplication(deps, policy, requester, query.ask, locale) }
    case 'status':
    case 'lookUp':
    case 'supplement':
    case 'documents':
      return answerCase(deps, policy, requester, query, locale)
    case 'payment':
      return { payment: await answerPayment(deps, policy, requester, query.ask, locale) }
    case 'voucher':
      return { voucher: await answerVoucher(deps, policy, requester, query.ask, locale) }
    case 'events':
      return { events: await answerEvents(deps, policy, requester, query.ask, locale) }
    case 'quiz':
      return { quiz: await answerQuiz(deps, policy, requester, query.ask, locale) }
    case 'tip-off':
      return { tipOff: await answerTipOff(deps, query.ask, locale) }
    case 'linking':
      return { linking: await answerLinking(deps, requester, query.ask) }
    case 'link':
      return { link: await answerLink(deps, requester, query.ask) }
    case 'data':
      return { data: await answerMyData(deps, policy, requester, query.ask, locale) }
    case 'notices':
      return { notices: await answerNotices(deps, requester, query.ask) }
    case 'staff':
      return { staff: await answerStaff(deps, requester, query.ask, locale) }
  }
}

async function plan(
  deps: Deps,
  policy: Policy,
  requester: Requester,
  intent: Intent,
  locale: Locale,
): Promise<Planned> {
  switch (intent.kind) {
    case 'case.submit':
      return under(planSubmit(deps, policy, requester, intent, locale), (application) => ({
        application,
      }))
    case 'case.withdraw':
    case 'case.resubmit':
    case 'case.drop-file':
      return planCase(deps, policy, requester, intent, locale)
    case 'payment.give':
      return under(planPayment(deps, policy, requester, intent, locale), (payment) => ({ payment }))
    case 'voucher.decide':
    case 'voucher.apply':
    case 'voucher.move':
      return under(planHolder(deps, policy, requester, intent, locale), (voucher) => ({ voucher }))
    case 'event.district':
    case 'event.place':
    case 'event.join':
    case 'event.leave':
    case 'event.arrive':
    case 'event.walk-in':
    case 'event.rate':
      return under(planEvent(deps, policy, requester, intent, locale), (events) => ({ events }))
    case 'quiz.join':
    case 'quiz.finish':
      return under(planQuiz(policy, requester, intent), (quiz) => ({ quiz }))
    case 'handoff.helped':
      return under(planHelped(deps, requester, intent), (helped) => ({ helped }))
    case 'tip-off.way':
    case 'tip-off.arrive':
    case 'tip-off.file':
    case 'tip-off.hand-in':
    case 'tip-off.open':
    case 'tip-off.look':
    case 'tip-off.write':
      return under(planTipOff(deps, requester, intent), (tipOff) => ({ tipOff }))
    case 'way.make':
    case 'way.use':
      return under(planWay(deps, requester, intent), (link) => ({ link }))
    case 'data.copy':
    case 'data.withdraw':
    case 'data.correct':
    case 'data.erase':
      return under(planData(deps, policy, requester, intent, locale), (data) => ({ data }))
    default:
      return under(planLink(deps, requester, intent, locale), (linking) => ({ linking }))
  }
}
