import * as z from 'zod'
import type { TurnContext } from '../../engine/context.ts'
import { say, setupFlow } from '../../engine/define.ts'
import type { QuickReply } from '../../engine/types.ts'

type Step = 'telling'
const { defineFlow } = setupFlow<object, Step>()

/** What the greeting has no room for: `!more:ask` shows usual questions, `!more` all else. It never keeps the floor. */
export const moreFlow = defineFlow({
  id: 'more',
  version: 1,
  data: z.object({}),
  initial: {},
  start: 'telling',
  help: { key: 'menu.help' },
  words: ['更多', '更多服务', '更多功能', '其他服务', 'more', 'more options'],
  open: (input, ctx) => {
    const asks = input.type === 'choice' && input.value === 'ask'
    const key = asks ? 'menu.askHow' : 'menu.moreWhat'
    const quickReplies = asks ? usualQuestions(ctx) : otherServices(ctx)
    return { end: true, effects: [say({ key }, { quickReplies })] }
  },
  steps: {
    telling: {
      passing: true,
      enter: () => [],
      receive: () => ({ end: true }),
      samples: () => [],
    },
  },
  migrations: {},
})

/** What people usually ask, as the pack has it. */
export function usualQuestions({ programme, locale }: TurnContext): QuickReply[] {
  return programme[locale].featured.map(({ entry, label }) => ({
    value: `!policy-question:entry:${entry}`,
    label: { text: label },
  }))
}

/** What the greeting has no room for. */
export function otherServices({ programme, locale }: TurnContext): QuickReply[] {
  const { offers = [] } = programme[locale]
  return [
    { value: '!prescreen', label: { key: 'prescreen.menu' } },
    ...offers.map((flow) => ({ value: `!${flow}`, label: { key: `${flow}.menu` as const } })),
    { value: '!my-data', label: { key: 'my-data.menu' } },
    {
      value: `!language:${locale === 'en' ? 'zh-Hans' : 'en'}`,
      label: { key: 'menu.language' },
    },
    { value: '!menu', label: { key: 'policy.menu' } },
  ]
}
