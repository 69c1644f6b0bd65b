import { answerApplication } from '../answers/application.ts'
import type { Asker } from '../answers/asker.ts'
import { answerCase } from '../answers/case.ts'
import { answerEvents } from '../answers/events.ts'
import { answerLink } from '../answers/link.ts'
import { answerLinking } from '../answers/linking.ts'
import { answerMyData } from '../answers/my-data.ts'
import { answerNotices } from '../answers/notices.ts'
import { answerQuiz } from '../answers/quiz.ts'
import { answerStaff } from '../answers/staff.ts'
import { answerVoucher } from '../answers/voucher.ts'
import type { Deps } from '../deps.ts'
import type { Policy } from '../policy.ts'
import type { Asked } from './run-steps.ts'

/** Answers what a flow asks of the world: at once from memory, or with a look into the database. */
export type Answerer = (asked: Asked) => unknown

/** What the world answers in one turn of one person. */
export function createAnswerer(deps: Deps, policy: Policy, asker: Asker): Answerer {
  return ({ query, locale }) => {
    switch (query.kind) {
      case 'policy-answer':
      case 'policy-entry':
      case 'policy-clause':
        return policy.answer(query, locale)
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
      case 'linking':
        return answerLinking(deps, asker, query.ask, locale)
      case 'staff':
        return answerStaff(deps, asker, query.ask, locale)
      case 'link':
        return answerLink(deps, asker, query)
    }
  }
}
