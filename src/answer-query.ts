import { answerApplication } from './cases/flow/application.ts'
import { answerCase } from './cases/flow/case.ts'
import { answerEvents } from './events/flow/events.ts'
import type { Answerer, Asker } from './kernel/asker.ts'
import type { Deps } from './kernel/deps.ts'
import type { Policy } from './kernel/policy.ts'
import { answerNotices } from './outbox/flow/notices.ts'
import { answerLink } from './people/flow/link.ts'
import { answerLinking } from './people/flow/linking.ts'
import { answerMyData } from './people/flow/my-data.ts'
import { answerQuiz } from './quizzes/flow/quiz.ts'
import { answerStaff } from './staff/chat/staff.ts'
import { answerTipOff } from './tipoffs/flow/tip-off.ts'
import { answerVoucher } from './vouchers/flow/voucher.ts'

/** What the world answers in one turn of one person. */
export function createAnswerer(deps: Deps, policy: Policy, asker: Asker): Answerer {
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
        return answerApplication(deps, policy, asker, query.ask, locale)
      case 'case':
        return answerCase(deps, policy, asker, query.ask, locale)
      case 'my-data':
        return answerMyData(deps, policy, asker, query.ask, locale)
      case 'notices':
        return answerNotices(deps, asker, query.ask)
      case 'voucher':
        return answerVoucher(deps, policy, asker, query.ask, locale)
      case 'events':
        return answerEvents(deps, policy, asker, query.ask, locale)
      case 'quiz':
        return answerQuiz(deps, policy, asker, query.ask, locale)
      case 'tip-off':
        return answerTipOff(deps, asker, query.ask, locale)
      case 'linking':
        return answerLinking(deps, asker, query.ask, locale)
      case 'staff':
        return answerStaff(deps, asker, query.ask, locale)
      case 'link':
        return answerLink(deps, asker, query)
    }
  }
}
