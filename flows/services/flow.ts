import * as z from 'zod'
import { say, setupFlow } from '../engine/define.ts'
import { named } from '../engine/named.ts'
import { officeAsked, tellOffices } from '../programme/office-card.ts'
import { CARDS } from './cards.ts'

type Step = 'telling'
const { defineFlow } = setupFlow<object, Step>()

/** What can be told at once: `!service:office` and the like. It never keeps the floor. */
export const serviceFlow = defineFlow({
  id: 'service',
  version: 1,
  data: z.object({}),
  initial: {},
  start: 'telling',
  help: { key: 'service.help' },
  open: (input, ctx) => {
    const office = input.type === 'choice' ? officeAsked(`!service:${input.value}`) : undefined
    if (office != null) return { end: true, effects: [tellOffices(ctx, office)] }
    const card = input.type === 'choice' ? named(CARDS, input.value) : undefined
    const unknown = [
      say(
        { key: 'service.unknown' },
        { quickReplies: [{ value: '!menu', label: { key: 'service.labelMenu' } }] },
      ),
    ]
    return { end: true, effects: card?.(ctx) ?? unknown }
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
