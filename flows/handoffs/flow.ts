import * as z from 'zod'
import { replyIn, say, setupFlow } from '../engine/define.ts'
import { normaliseLine } from '../engine/hearing.ts'
import type { Input, Transition } from '../engine/types.ts'
import { looksLikeQuestion } from '../knowledge/looks-like-question.ts'
import type { HelpedReply } from './ask.ts'

type Step = 'asking'
const Data = z.object({})
type Data = z.infer<typeof Data>
const { defineFlow } = setupFlow<Data, Step>()

const BUTTONS = [
  { value: '!helped:yes', label: { key: 'handoff.helpedIs' } },
  { value: '!helped:no', label: { key: 'handoff.helpedNot' } },
  { value: '!menu', label: { key: 'handoff.menu' } },
] as const

/** A no in its words that is none. */
const NOT_BAD = /不错|[没沒](啥|有?什么|得?啥子)?(问题|事)了?|不用谢|no problem|not bad/g
const NOT = /没|沒|不|莫|未|\b(no|not|nope|nah)\b|n't\b/
const BAD = /白问|铲铲|锤子|差劲|无用|\b(useless|bad|waste)\b/
/** What is said of an answer, and of few other things. */
const OF_AN_ANSWER =
  /帮到|帮上|有用|得用|没用|有帮助|管用|解决|搞定|清楚|明白|听懂|晓得|满意|help|really|solved|good|great|fine/
const GOOD =
  /帮到|帮上|有用|有帮助|管用|解决|搞定|清楚|明白|晓得了|满意|不错|[没沒](啥|有?什么)?问题|谢|yes|yep|yeah|help|thank|thx|good|great|solved|fine|no problem|not bad/
/** Words of a nod, which mean it only by themselves. */
const NODS = /嗯|行|可以|好|是|对|\bok\b/
const BY_ITSELF = 4
/** Longer words than these tell a story, which is looked up as any other. */
const SHORT = 30

/** Hears whether what staff answered has helped, by the buttons that stand below the words of its end. */
export const helpedFlow = defineFlow({
  id: 'helped',
  version: 1,
  data: Data,
  initial: {},
  start: 'asking',
  help: { key: 'handoff.helpedHelp' },
  shows: ['asking'],
  open: (input) => hear(input),
  steps: {
    asking: {
      enter: () => [say({ key: 'handoff.didItHelp' }, { quickReplies: BUTTONS })],
      receive: (_, input) => {
        const reply = replyIn(input).helped
        return reply === undefined
          ? (hear(input) ?? { otherwise: { key: 'handoff.helpedUnclear' } })
          : { end: true, effects: [tell(reply)] }
      },
      samples: () => ['yes', 'no'].map((value): Input => ({ type: 'choice', value })),
    },
  },
  migrations: {},
})

function hear(input: Input): Transition<Data, Step> | null {
  const said = input.type === 'choice' ? input.value.split(':').at(-1) : spoken(input)
  if (said !== 'yes' && said !== 'no') return null
  const intent = { kind: 'handoff.helped', isHelped: said === 'yes' } as const
  return { wait: true, effects: [{ type: 'intend', intent }] }
}

/** What is said of an answer in one's own words; null: neither, or something else is asked. */
function spoken(input: Input): 'yes' | 'no' | null {
  if (input.type !== 'text') return null
  const line = normaliseLine(input.text)
  if (line.length > SHORT || looksLikeQuestion(line)) return null
  const isShort = line.length <= BY_ITSELF
  const isDenied = NOT.test(line.replace(NOT_BAD, ''))
  if (BAD.test(line) || (isDenied && (isShort || OF_AN_ANSWER.test(line)))) return 'no'
  if (isDenied) return null
  return GOOD.test(line) || (isShort && NODS.test(line)) ? 'yes' : null
}

function tell(reply: HelpedReply) {
  const menu = { value: '!menu', label: { key: 'handoff.menu' } } as const
  const person = { value: '!person', label: { key: 'handoff.person' } } as const
  if (reply.kind === 'nothing') {
    return say({ key: 'handoff.helpedNothing' }, { quickReplies: [person, menu] })
  }
  return reply.isHelped
    ? say({ key: 'handoff.helpedYes' }, { quickReplies: [menu] })
    : say({ key: 'handoff.helpedNo' }, { quickReplies: [person, menu] })
}
