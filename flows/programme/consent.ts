import * as z from 'zod'
import type { Act } from '../engine/acts.ts'
import { readings } from '../engine/hearing.ts'
import type { Text } from '../engine/types.ts'

const AGREE =
  /^(agree|我?同意|我?同意,?开始(填)?|我?同意填|同意的|我?同意了|i agree|agreed|yes, i agree|i do agree)$/
const REFUSE =
  /^(refuse|我?不同意(填)?|我?不愿意|不行|不|不要|不可以|不填|不开始|no|n|i do not agree|i don'?t agree|i disagree|disagree)$/
/** Words for a yes that is no consent to anything, as to the question whether something is really to be done. */
const YES = /^(是|是的|对|对的|确定|确认|真的|要的|yes|y|yep|yeah|confirm)$/
const NO = /^(否|不是|不用|先不|算了|不了|别|不确定|不要了|nope|not now|cancel|don'?t)$/

/**
 * Agreement to a notice, or none: its button, or 同意 and "I agree" alone. 嗯, 行 and "ok" are neither, since a consent
 * must be plain (PIPL 14).
 */
export const ConsentAnswer = answerOf((line) =>
  AGREE.test(line) ? 'agree' : REFUSE.test(line) ? 'refuse' : null,
)

/** Yes or no to the question whether something is really to be done, where 是 and "yes" say enough. */
export const ConfirmAnswer = answerOf((line) =>
  AGREE.test(line) || YES.test(line)
    ? 'agree'
    : REFUSE.test(line) || NO.test(line)
      ? 'refuse'
      : null,
)

/** What is said of a notice to a short reply that is neither. */
export function aboutConsent(act: Act): readonly Text[] {
  return [{ key: act === 'example' || act === 'choose' ? 'talk.howConsent' : 'talk.aboutConsent' }]
}

function answerOf(read: (line: string) => 'agree' | 'refuse' | null) {
  return z.string().transform((typed, context) => {
    for (const line of readings(typed, { wish: false })) {
      const answer = read(line)
      if (answer !== null) return answer
    }
    context.addIssue({ code: 'custom' })
    return z.NEVER
  })
}
