import type { MessageKey } from '../../locales/keys.ts'
import { replyIn, say } from '../engine/define.ts'
import type { Effect, QuickReply } from '../engine/types.ts'
import { DIMENSIONS, type Dimension, type Draft, type StaffReply } from './ask.ts'
import {
  answered,
  ask,
  HOME,
  looking,
  type StaffData,
  type StaffDefinition,
  type StaffStep,
  TO_BROADCASTS,
  tapped,
  taps,
  type Went,
} from './data.ts'
import { picking } from './pick.ts'

/** As in src/campaigns: what is longer is refused there too. */
const MAX = { title: 80, zh: 600, en: 600 } as const

const NAMES: Readonly<Record<Dimension, MessageKey>> = {
  districts: 'staff.dimensionDistricts',
  groups: 'staff.dimensionGroups',
  stages: 'staff.dimensionStages',
  channels: 'staff.dimensionChannels',
  locales: 'staff.dimensionLocales',
}
/** What can still be changed, by the step in which it is. */
const CHANGES: readonly { step: StaffStep; label: MessageKey }[] = [
  { step: 'title', label: 'staff.changeTitle' },
  { step: 'zh', label: 'staff.changeZh' },
  { step: 'en', label: 'staff.changeEn' },
  { step: 'buttons', label: 'staff.changeButtons' },
  { step: 'whom', label: 'staff.changeWhom' },
]

/** A broadcast, question by question, to the same figures and the same handing in as in the console. */
export const write: Record<
  'title' | 'zh' | 'en' | 'buttons' | 'whom' | 'dimension' | 'review',
  StaffDefinition
> = {
  title: writing('title', 'staff.askTitle', 'zh'),
  zh: writing('zh', 'staff.askZh', 'en'),
  en: writing('en', 'staff.askEn', 'buttons'),
  buttons: picking({
    text: { key: 'staff.askButtons' },
    options: ({ choices }) => choices.buttons,
    chosen: ({ draft }) => draft.buttons,
    keep: (data, buttons) => ({
      ...data,
      draft: { ...data.draft, buttons: buttons.slice(0, 3) },
    }),
    least: 0,
    next: ({ editing }) => (editing ? 'review' : 'whom'),
  }),
  whom: {
    enter: (data) => [sayWhom(data)],
    receive: (data, input) => {
      const value = tapped(input)
      const { draft } = data
      if (value === 'done') return { go: 'review', data: { ...data, editing: true } }
      if (value === 'everybody') {
        const whom = { districts: [], groups: [], stages: [], channels: [], locales: [] }
        const open = { ...data, draft: { ...draft, whom }, editing: true }
        return { go: 'review', data: open }
      }
      const dimension = data.choices.dimensions.find(({ id }) => id === value)?.id
      return dimension === undefined
        ? { otherwise: { key: 'staff.whomUnclear' } }
        : { go: 'dimension', data: { ...data, dimension } }
    },
    samples: ({ choices }) => taps('everybody', ...choices.dimensions.map(({ id }) => id)),
  },
  dimension: picking({
    text: { key: 'staff.askDimension' },
    options: ({ choices, dimension }) =>
      choices.dimensions.find(({ id }) => id === dimension)?.options ?? [],
    chosen: ({ draft, dimension }) => draft.whom[dimension],
    keep: (data, ids) => ({
      ...data,
      draft: { ...data.draft, whom: { ...data.draft.whom, [data.dimension]: [...ids] } },
    }),
    least: 0,
    next: () => 'whom',
  }),
  review: looking('review', {
    ask: ({ draft }) => ({ kind: 'check', draft }),
    show: (data, reply) => reviewed(data, reply),
    receive: (data, input) => {
      const value = tapped(input)
      const { draft } = data
      if (value === 'submit') return { wait: true, effects: [ask({ kind: 'submit', draft })] }
      if (value === 'test') return { wait: true, effects: [ask({ kind: 'test', draft })] }
      if (value === 'drop') {
        return { end: true, effects: [say({ key: 'staff.dropped' }, { quickReplies: [HOME] })] }
      }
      const change = CHANGES.find(({ step }) => value === `change-${step}`)
      return change === undefined
        ? { otherwise: { key: 'staff.reviewUnclear' } }
        : { go: change.step, data: { ...data, editing: true } }
    },
    samples: () => taps('submit', 'test', 'drop', ...CHANGES.map(({ step }) => `change-${step}`)),
  }),
}

/** A question whose answer is words of one's own. */
function writing(part: 'title' | 'zh' | 'en', key: MessageKey, next: StaffStep): StaffDefinition {
  const text = { key, params: { most: MAX[part] } }
  return {
    letter: true,
    // The first question finds out who asks, and what can be chosen from.
    enter: ({ draft }) => [
      draft.id === '' ? ask({ kind: 'begin' }) : say(text, { numbered: false }),
    ],
    receive: (data, input) => {
      const answer = replyIn(input).staff
      if (answer !== undefined) {
        return answered(part, data, answer, (_, reply): Went => {
          if (reply.kind !== 'choices') return { otherwise: { key: 'staff.pickUnclear' } }
          const { id, buttons, dimensions } = reply
          const begun = { ...data, draft: { ...data.draft, id }, choices: { buttons, dimensions } }
          return { wait: true, data: begun, effects: [say(text, { numbered: false })] }
        })
      }
      const words = input.type === 'text' ? input.text.trim() : ''
      if (!/[\p{L}\p{N}]/u.test(words) || words.length > MAX[part]) {
        return { otherwise: { key: 'staff.writeUnclear', params: { most: MAX[part] } } }
      }
      const kept = { ...data, draft: { ...data.draft, [part]: words } }
      return { go: data.editing ? 'review' : next, data: kept }
    },
    samples: () => [{ type: 'text', text: '三月宣传月' }],
  }
}

function reviewed(data: StaffData, reply: StaffReply): Went {
  const seen = { ...data, editing: true }
  switch (reply.kind) {
    case 'checked':
      return { wait: true, data: seen, effects: [sayReview(data.draft, reply)] }
    case 'problem':
      return {
        wait: true,
        data: seen,
        effects: [say({ text: reply.text }, { quickReplies: [...changes(), DROP] })],
      }
    case 'done':
      return { wait: true, effects: [say({ key: 'staff.tested' }, { quickReplies: final() })] }
    case 'submitted': {
      const key = reply.waiting ? 'staff.submittedWaiting' : 'staff.submitted'
      return {
        end: true,
        effects: [say({ key, links: { url: reply.url } }, { quickReplies: [TO_BROADCASTS, HOME] })],
      }
    }
    default:
      return { otherwise: { key: 'staff.reviewUnclear' } }
  }
}

const DROP: QuickReply = { value: 'drop', label: { key: 'staff.drop' } }
function changes(): QuickReply[] {
  return CHANGES.map(({ step, label }) => ({ value: `change-${step}`, label: { key: label } }))
}

function final(): QuickReply[] {
  return [
    { value: 'submit', label: { key: 'staff.submit' } },
    { value: 'test', label: { key: 'staff.test' } },
    ...changes(),
    DROP,
  ]
}

function sayWhom({ choices, draft }: StaffData): Effect {
  const named = DIMENSIONS.flatMap((id) => {
    const options = choices.dimensions.find((one) => one.id === id)?.options ?? []
    const names = options.filter((one) => draft.whom[id].includes(one.id)).map(({ name }) => name)
    return names.length === 0 ? [] : [`· ${names.join(' / ')}`]
  })
  const some = named.length > 0
  return say([{ key: 'staff.askWhom' }, ...(some ? [{ text: named.join('\n') }] : [])], {
    quickReplies: [
      ...(some ? [{ value: 'done', label: { key: 'staff.whomDone' } } as QuickReply] : []),
      { value: 'everybody', label: { key: 'staff.everybody' } },
      ...choices.dimensions.map(({ id }) => ({ value: id, label: { key: NAMES[id] } })),
    ],
  })
}

function sayReview(
  { title }: Draft,
  { zh, en, ...figures }: Extract<StaffReply, { kind: 'checked' }>,
): Effect {
  const { people, all, optedOut, unreachable, channels, second, alone } = figures
  return say(
    [
      { key: 'staff.review', params: { title } },
      { key: 'staff.bothTexts', params: { zh, en } },
      { key: 'staff.reach', params: { people, all, optedOut, unreachable } },
      ...(channels === '' ? [] : [{ text: channels }]),
      { key: second ? 'staff.second' : 'staff.first', params: { alone } },
    ],
    { quickReplies: final() },
  )
}
