import type { PolicyPack } from '../../../db/policy/pack.ts'
import type {
  PolicyAnswer,
  ServiceAnswer,
} from '../../../flows/knowledge/policy-question/answer.ts'
import type { Policy } from '../policy.ts'
import { replyToPrescreen } from '../prescreen.ts'

/** Says something of whichever office it is in the words for one of them. */
type Rename = (text: string) => string

/**
 * A policy whose own words name one office where they speak of whichever it is: answers, form, pre-screen, stages, vouchers.
 * The document's words stay as they are.
 */
export function nameOffice(policy: Policy, rename: Rename): Policy {
  const { rules, form, stages, vouchers } = policy.pack
  const pack: PolicyPack = {
    ...policy.pack,
    rules: renamed(rules, rename),
    form: form && renamed(form, rename),
    stages: stages && renamed(stages, rename),
    vouchers: vouchers && renamed(vouchers, rename),
  }
  return {
    ...policy,
    pack,
    answer: (query, locale) => inAnswer(policy.answer(query, locale), rename),
    desk: {
      ...policy.desk,
      answer(query, locale) {
        const answer = policy.desk.answer(query, locale)
        return answer.kind === 'service' ? inService(answer, rename) : inAnswer(answer, rename)
      },
    },
    prescreen: (query, locale) => replyToPrescreen(pack, policy.revision, query, locale),
  }
}

/** A part of a pack, which is plain data, with its words renamed. */
function renamed<Part>(part: Part, rename: Rename): Part {
  // What is read is what was written, but for the words.
  const copy: Part = JSON.parse(JSON.stringify(part), (_, value: unknown) =>
    typeof value === 'string' ? rename(value) : value,
  )
  return copy
}

function inService(answer: ServiceAnswer, rename: Rename): ServiceAnswer {
  return { ...answer, plan: answer.plan === null ? null : inAnswer(answer.plan, rename) }
}

function inAnswer(answer: PolicyAnswer, rename: Rename): PolicyAnswer {
  switch (answer.kind) {
    case 'entry':
      return { ...answer, text: rename(answer.text) }
    case 'several':
      return {
        ...answer,
        answers: answer.answers.map((one) => ({ ...one, text: rename(one.text) })),
      }
    default:
      return answer
  }
}
