import * as z from 'zod'
import type { Locale } from '../../../locales/keys.ts'
import type { TurnContext } from '../../engine/context.ts'
import { say, setupFlow } from '../../engine/define.ts'
import type { Input, KeyedText, QuickReply } from '../../engine/types.ts'
import { wordsOnly } from '../../engine/unheard.ts'
import { isPinyin } from '../../knowledge/language/pinyin-text.ts'

/** A question longer than this is a letter: a person should pick what matters most. */
const MAX_QUESTION = 500

type Step = 'home'
const Data = z.object({})
const { defineFlow } = setupFlow<z.infer<typeof Data>, Step>()

/** Where a conversation rests: any words are a policy question, the buttons are the usual ones. */
export const menuFlow = defineFlow({
  id: 'menu',
  version: 1,
  data: Data,
  initial: {},
  start: 'home',
  help: { key: 'menu.help' },
  steps: {
    home: {
      quietReturn: true,
      enter: (_, ctx) => [
        say(
          [
            { key: 'menu.greeting', params: { programme: ctx.programme[ctx.locale].name } },
            ...unfinished(ctx),
          ],
          { quickReplies: options(ctx) },
        ),
      ],
      receive: (_, input, ctx) => {
        if (input.type !== 'text') {
          return { wait: true, effects: [say(wordsOnly(input))] }
        }
        const question = input.text.trim()
        if (question === '') return { wait: true, effects: [say({ key: 'common.emptyText' })] }
        if (question.length > MAX_QUESTION) {
          return { wait: true, effects: [say({ key: 'common.tooLong' })] }
        }
        const spoken = languageOf(question)
        return {
          call: 'policy-question',
          input,
          resumeAt: 'home',
          effects:
            spoken === null || spoken === ctx.locale
              ? []
              : [{ type: 'save', record: { kind: 'locale', locale: spoken } }],
        }
      },
      samples: (_, ctx) => [
        ...options(ctx).map(({ value }): Input => ({ type: 'choice', value })),
        { type: 'text', text: '补助多少钱' },
      ],
    },
  },
  migrations: {},
})

/**
 * The language of a question, where it is plain: a sentence of Latin words, or Chinese characters
 * without one; Chinese in Latin letters is Chinese, but a name (Li Hong) says nothing. Who asks in English wants the answer in English; a single `e-voucher` says nothing.
 */
function languageOf(question: string): Locale | null {
  const han = question.match(/\p{Script=Han}/gu)?.length ?? 0
  const words = question.match(/[A-Za-z]{2,}/g)?.length ?? 0
  if (isPinyin(question)) return NAME.test(question.trim()) ? null : 'zh-Hans'
  if (han === 0) return words >= 2 ? 'en' : null
  return han >= 2 && words < 2 ? 'zh-Hans' : null
}

/** Chinese names as they stand in English: each word with a capital. */
const NAME = /^\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+(?:[-']\p{Ll}+)?){1,2}$/u

/** The four things that people come for, and the rest behind "more". */
function options(ctx: TurnContext): QuickReply[] {
  return [
    { value: '!more:ask', label: { key: 'menu.ask' } },
    goesOn(ctx),
    { value: '!status', label: { key: 'apply.status' } },
    { value: '!person', label: { key: 'menu.person' } },
    { value: '!more', label: { key: 'menu.more' } },
  ]
}

/** To apply, or to go on with what is half-filled or was returned. */
function goesOn({ drafts = [], returned }: TurnContext): QuickReply {
  if (returned !== undefined || drafts.includes('supplement')) {
    return { value: '!supplement', label: { key: 'status.supplement' } }
  }
  return drafts.includes('apply')
    ? { value: '!apply', label: { key: 'service.labelResume' } }
    : { value: '!apply', label: { key: 'apply.menu' } }
}

/** What waits for the person, in one line each. */
function unfinished({ drafts = [], returned }: TurnContext): KeyedText[] {
  return [
    ...(returned === undefined
      ? []
      : [{ key: 'menu.returned' as const, params: { number: returned } }]),
    ...DRAFTS.filter((flow) => drafts.includes(flow)).map(
      (flow): KeyedText => ({ key: `menu.draft-${flow}` }),
    ),
  ]
}

const DRAFTS = ['apply', 'supplement', 'prescreen'] as const
