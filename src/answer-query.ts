import { answerApplication } from './cases/flow/application.ts'
import { answerCase } from './cases/flow/case.ts'
import { answerEvents } from './events/flow/events.ts'
import type { Deps } from './kernel/deps.ts'
import type { Policy } from './kernel/policy.ts'
import type { QueryHandler, Requester } from './kernel/requester.ts'
import { answerNotices } from './outbox/flow/notices.ts'
import { answerLink } from './people/flow/link.ts'
import { answerLinking } from './people/flow/linking.ts'
import { answerMyData } from './people/flow/my-data.ts'
import { answerQuiz } from './quizzes/flow/quiz.ts'
import { answerStaff } from './staff/chat/staff.ts'
import { answerVoucher } from './vouchers/flow/voucher.ts'

/** What the world answers in one turn of one person. */
export function createQueryHandler(deps: Deps, policy: Policy, requester: Requester): QueryHandler {
  return ({ query, locale }) => {
    switch (query.kind) {
      case 'policy-answer':
      case 'policy-entry':
      case 'policy-clause':
        return policy.desk.answer(query, locale)
      case 'prescreen':
      case 'prescreen-typed':
        return policy.prescreen(query, locale)
      case 'application':
        return answerApplication(deps, policy, requester, query.ask, locale)
      case 'case':
        return answerCase(deps, policy, requester, query.ask, locale)
      case 'my-data':
        return answerMyData(deps, policy, requester, query.ask, locale)
      case 'notices':
        return answerNotices(deps, requester, query.ask)
      case 'voucher':
        return answerVoucher(deps, policy, requester, query.ask, locale)
      case 'events':
        return answerEvents(deps, policy, requester, query.ask, locale)
      case 'quiz':
        return answerQuiz(deps, policy, requester, query.ask, locale)
      case 'linking':
        return answerLinking(deps, requester, query.ask, locale)
      case 'staff':
        return answerStaff(deps, requester, query.ask, locale)
      case 'link':
        return answerLink(deps, requester, query)
    }
  }
}
