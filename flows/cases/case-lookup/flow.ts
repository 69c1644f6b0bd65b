import * as z from 'zod'
import type { MessageKey } from '../../../locales/keys.ts'
import { replyIn, say, setupFlow } from '../../engine/define.ts'
import type { Effect, QuickReply } from '../../engine/types.ts'
import { caseTexts } from '../../programme/lifecycle/case-view.ts'
import { normaliseLastSix } from '../../programme/lookup-words.ts'
import type { LookUpAsk } from './ask.ts'

type Step = 'askNumber' | 'askLastSix' | 'askName'
const Data = z.object({ number: z.string(), lastSix: z.string() })
const { ask, defineFlow } = setupFlow<z.infer<typeof Data>, Step>()

const NO_NUMBER: Readonly<Record<string, MessageKey>> = {
  empty: 'status.numberEmpty',
  malformed: 'status.numberMalformed',
  'check-failed': 'status.numberCheckFailed',
}
const LastSix = z.string().transform((typed, context) => {
  const folded = normaliseLastSix(typed)
  if (folded !== null) return folded
  context.addIssue({ code: 'custom' })
  return z.NEVER
})
const Name = z.string().trim().min(1).max(60).regex(/^\D+$/)

const MENU: QuickReply = { value: '!menu', label: { key: 'policy.menu' } }
const PERSON: QuickReply = { value: '!person', label: { key: 'policy.person' } }

/**
 * A case that was made on paper or elsewhere, by its number, the last six of the identity number and
 * the name. A wrong proof and a case that is not there are one answer.
 */
export const caseLookupFlow = defineFlow({
  id: 'case-lookup',
  version: 1,
  data: Data,
  initial: { number: '', lastSix: '' },
  start: 'askNumber',
  help: { key: 'status.lookUpHelp' },
  words: ['凭编号查进度', '按编号查', '查编号', 'look up by number', 'look up'],
  personal: true,
  steps: {
    askNumber: {
      freeText: true,
      enter: () => [say({ key: 'status.askNumber' }, { numbered: false, wants: 'case-number' })],
      receive: (data, input) => {
        if (input.type === 'text') {
          return { wait: true, effects: [requestData({ kind: 'number', typed: input.text })] }
        }
        const reply = replyIn(input).lookUp
        if (reply?.kind === 'number') {
          return { go: 'askLastSix', data: { ...data, number: reply.number } }
        }
        if (reply?.kind !== 'no-number') return { otherwise: { key: 'status.numberEmpty' } }
        const key = NO_NUMBER[reply.problem] ?? 'status.numberMalformed'
        return { otherwise: { key }, typed: reply.typed }
      },
      samples: () => [{ type: 'text', text: '123' }],
    },
    askLastSix: ask({
      text: { key: 'status.askLastSix' },
      numbered: false,
      wants: 'identity-end',
      parse: LastSix,
      otherwise: { key: 'status.lastSixUnclear' },
      keep: (data, lastSix) => ({ ...data, lastSix }),
      next: 'askName',
      samples: ['01002X'],
    }),
    askName: {
      freeText: true,
      enter: () => [say({ key: 'status.askName' }, { numbered: false, wants: 'name' })],
      receive: (data, input) => {
        const reply = replyIn(input).lookUp
        if (reply !== undefined) {
          switch (reply.kind) {
            case 'found':
              return {
                end: true,
                effects: [say(caseTexts(reply.view), { quickReplies: [PERSON, MENU] })],
              }
            case 'too-many':
              return {
                end: true,
                effects: [say({ key: 'status.tooMany' }, { quickReplies: [PERSON, MENU] })],
              }
            default:
              // From the beginning: nobody is told which of the three was wrong.
              return {
                end: true,
                next: { flow: 'case-lookup', input: { type: 'choice', value: '' } },
                effects: [say({ key: 'status.notFound' })],
              }
          }
        }
        const name = Name.safeParse(input.type === 'text' ? input.text : '')
        return name.success
          ? { wait: true, effects: [requestData({ kind: 'look-up', ...data, name: name.data })] }
          : { otherwise: { key: 'status.nameUnclear' } }
      },
      samples: () => [{ type: 'text', text: '张三' }],
    },
  },
  migrations: {},
})

function requestData(asked: LookUpAsk): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'lookUp', ask: asked } }
}
