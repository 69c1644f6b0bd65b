import * as z from 'zod'

const AGREE =
  /^(agree|同意|我同意|愿意|好|好的|可以|行|是|是的|同意,?开始填?|同意填|ok|okay|yes|y|i agree)$/
const REFUSE =
  /^(refuse|不同意|我不同意|不愿意|不行|不|不要|不可以|no|n|i do not agree|i don'?t agree)$/

/** Yes or no to a notice, as people type it; a doubtful word is neither, since a consent must be plain (PIPL 14). */
export const ConsentAnswer = z.string().transform((typed, context) => {
  const word = typed
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[。.!,\s]+$/u, '')
  if (AGREE.test(word)) return 'agree' as const
  if (REFUSE.test(word)) return 'refuse' as const
  context.addIssue({ code: 'custom' })
  return z.NEVER
})
