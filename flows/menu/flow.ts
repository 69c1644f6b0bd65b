import { z } from 'zod'
import { say, setupFlow } from '../engine/define.ts'
import type { Input, QuickReply, TurnContext } from '../engine/types.ts'

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
          { key: 'menu.greeting', params: { programme: ctx.programme[ctx.locale].name } },
          { quickReplies: options(ctx) },
        ),
      ],
      receive: (_, input) => {
        if (input.type !== 'text') {
          return { wait: true, effects: [say({ key: 'common.textOnly' })] }
        }
        const question = input.text.trim()
        if (question === '') return { wait: true, effects: [say({ key: 'common.emptyText' })] }
        if (question.length > MAX_QUESTION) {
          return { wait: true, effects: [say({ key: 'common.tooLong' })] }
        }
        return { call: 'policy-question', input, resumeAt: 'home' }
      },
      samples: (_, ctx) => [
        ...options(ctx).map(({ value }): Input => ({ type: 'choice', value })),
        { type: 'text', text: '补助多少钱' },
      ],
    },
  },
  migrations: {},
})

function options({ programme, locale }: TurnContext): QuickReply[] {
  return [
    ...programme[locale].featured.map(({ entry, label }) => ({
      value: `!policy-question:entry:${entry}`,
      label: { text: label },
    })),
    { value: '!person', label: { key: 'menu.person' } },
    {
      value: `!language:${locale === 'en' ? 'zh-Hans' : 'en'}`,
      label: { key: 'menu.language' },
    },
  ]
}
