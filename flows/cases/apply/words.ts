import { say } from '../../engine/define.ts'
import type { Effect } from '../../engine/types.ts'
import type { Review } from '../../programme/form/dialog/asked.ts'
import { sayReview } from '../../programme/form/dialog/dialog-words.ts'
import type { ApplyReply } from './ask.ts'

/** All answers, to be looked over before they are handed in. */
export function sayReviewed(review: Review): Effect {
  return sayReview(review, { key: 'apply.review' }, { key: 'apply.reviewEnd' })
}

/** It is in: its number, what happens next, which papers are usual, and that nobody may take money. */
export function saySubmitted(reply: Extract<ApplyReply, { kind: 'submitted' }>): Effect {
  const { number, next, decides, documents } = reply
  return say(
    [
      { key: 'apply.submitted', params: { number } },
      { text: decides === null ? next : `${next}\n${decides}` },
      ...(documents.length === 0
        ? []
        : [
            {
              key: 'apply.papers' as const,
              params: { number: documents.length },
            },
          ]),
      { key: 'apply.free' },
    ],
    {
      quickReplies: [
        { value: '!documents', label: { key: 'apply.documents' } },
        { value: '!status', label: { key: 'apply.status' } },
        { value: '!menu', label: { key: 'policy.menu' } },
      ],
    },
  )
}
