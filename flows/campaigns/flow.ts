import * as z from 'zod'
import { say, setupFlow } from '../engine/define.ts'
import type { Effect } from '../engine/types.ts'
import { BUTTON_FLOWS } from './buttons.ts'

type Step = 'unknown'
const Data = z.object({})
const { defineFlow } = setupFlow<z.infer<typeof Data>, Step>()

const CAMPAIGN = /^[\w-]{1,64}$/

/**
 * What people do with a broadcast: its buttons lead here with the campaign's id and what is wanted, a flow
 * to open or `stop`. A forged or broken button leads to a way out.
 *
 * @example the value of a quick reply: `!news:Xw3…:apply`, `!news:Xw3…:stop`
 */
export const newsFlow = defineFlow({
  id: 'news',
  version: 1,
  data: Data,
  initial: {},
  start: 'unknown',
  help: { key: 'news.help' },
  open: (input, { off }) => {
    const [campaignId = '', wish = ''] = input.type === 'choice' ? input.value.split(':') : []
    if (!CAMPAIGN.test(campaignId)) return null
    const note = (what: string): Effect => ({
      type: 'save',
      record: { kind: 'campaign-answer', campaignId, what },
    })
    if (wish === 'stop') {
      const key = off?.includes('case') === true ? 'news.stoppedAll' : 'news.stopped'
      return { end: true, effects: [note('stop'), say({ key })] }
    }
    const flow = BUTTON_FLOWS.find((known) => known === wish)
    return flow === undefined
      ? null
      : {
          end: true,
          next: { flow, input: { type: 'command', name: 'start' } },
          effects: [note(flow)],
        }
  },
  steps: {
    unknown: {
      enter: () => [
        say(
          { key: 'news.unknown' },
          { quickReplies: [{ value: '!menu', label: { key: 'news.menu' } }] },
        ),
      ],
      receive: () => ({ otherwise: { key: 'news.help' } }),
      samples: () => [{ type: 'command', name: 'menu' }],
    },
  },
  migrations: {},
})
