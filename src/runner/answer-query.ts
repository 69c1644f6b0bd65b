import { answerApplication } from '../answers/application.ts'
import type { Asker } from '../answers/asker.ts'
import { answerCase } from '../answers/case.ts'
import { answerLink } from '../answers/link.ts'
import { answerMyData } from '../answers/my-data.ts'
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
      case 'link':
        return answerLink(deps, asker, query)
    }
  }
}
