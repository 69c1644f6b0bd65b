import * as z from 'zod'
import { replyIn, say, setupFlow } from '../engine/define.ts'
import type { Effect, Input, QuickReply, StepDefinition, Transition } from '../engine/types.ts'
import { DIMENSIONS, Draft, MoveOption, MoveWish, type StaffQuery, StaffReply } from './ask.ts'

const STEPS = [
  'home',
  'code',
  'digits',
  'access',
  'queue',
  'case',
  'reasons',
  'missing',
  'note',
  'confirm',
  'title',
  'zh',
  'en',
  'buttons',
  'whom',
  'dimension',
  'review',
  'broadcasts',
  'campaign',
  'sure',
  'inbox',
  'handoff',
  'answer',
] as const
export type StaffStep = (typeof STEPS)[number]

export const StaffData = z.object({
  /** A code that was typed, or what the world looks it up by. */
  code: z.string(),
  /** Where it goes on after the six digits; empty: at home. */
  resume: z.union([z.enum(STEPS), z.literal('')]),
  /** What the world showed last. */
  shown: StaffReply.nullable(),
  /** Which one is looked at: a case's number, a broadcast's or a hand-off's id; of another way in the answer and its id. */
  which: z.string(),
  page: z.number(),
  move: MoveOption.nullable(),
  wish: MoveWish,
  draft: Draft,
  choices: z.object({
    buttons: z.array(z.object({ id: z.string(), name: z.string() })),
    dimensions: z.array(
      z.object({
        id: z.enum(DIMENSIONS),
        options: z.array(z.object({ id: z.string(), name: z.string() })),
      }),
    ),
  }),
  dimension: z.enum(DIMENSIONS),
  /** One part of a broadcast is changed; then back to the whole. */
  editing: z.boolean(),
})
export type StaffData = z.infer<typeof StaffData>
export type StaffDefinition = StepDefinition<StaffData, StaffStep>
export type Went = Transition<StaffData, StaffStep>

export const { defineFlow } = setupFlow<StaffData, StaffStep>()

export const EMPTY: StaffData = {
  code: '',
  resume: '',
  shown: null,
  which: '',
  page: 1,
  move: null,
  wish: { number: '', version: 0, move: '', reasons: [], missing: [], note: '' },
  draft: {
    id: '',
    title: '',
    zh: '',
    en: '',
    buttons: [],
    whom: { districts: [], groups: [], stages: [], channels: [], locales: [] },
  },
  choices: { buttons: [], dimensions: [] },
  dimension: 'districts',
  editing: false,
}

export const HOME: QuickReply = { value: '!staff', label: { key: 'staff.home' } }

export const TO_BROADCASTS: QuickReply = {
  value: '!staff:broadcasts',
  label: { key: 'staff.backToBroadcasts' },
}

/** Asks the world; it answers in the same turn. */
export function ask(asked: StaffQuery): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'staff', ask: asked } }
}

/** Opens the flow anew at something, so that nothing behind it can be gone back to and done again. */
export function reopen(value: string, effects: readonly Effect[]): Went {
  return { end: true, next: { flow: 'staff', input: { type: 'choice', value } }, effects }
}

/** The value of a tapped button; empty for anything else. */
export function tapped(input: Input): string {
  return input.type === 'choice' ? input.value : ''
}

/** Taps that `inspect` tries. */
export function taps(...values: readonly string[]): Input[] {
  return values.map((value) => ({ type: 'choice', value }))
}

/**
 * A step that looks something up whenever it is entered, shows it and waits. `show` reads the answer,
 * also to what `receive` asks later; what every question may be answered with is taken care of here.
 */
export function looking(
  step: StaffStep,
  spec: {
    ask: (data: StaffData) => StaffQuery
    show: (data: StaffData, reply: StaffReply) => Went
    receive: (data: StaffData, input: Input) => Went
    samples: (data: StaffData) => readonly Input[]
  },
): StaffDefinition {
  return {
    enter: (data) => [ask(spec.ask(data))],
    receive: (data, input) => {
      const reply = replyIn(input).staff
      return reply === undefined
        ? spec.receive(data, input)
        : answered(step, data, reply, spec.show)
    },
    samples: spec.samples,
  }
}

/** What became of a question; `show` reads what is special about it. */
export function answered(
  step: StaffStep,
  data: StaffData,
  reply: StaffReply,
  show: (data: StaffData, reply: StaffReply) => Went,
): Went {
  switch (reply.kind) {
    case 'stranger':
      return { end: true, effects: [say({ key: 'staff.stranger' })] }
    case 'not-here':
      return { end: true, effects: [say({ key: 'staff.notHere' })] }
    case 'locked':
      return { go: 'digits', data: { ...data, resume: step } }
    case 'not-yours':
      return step === 'home'
        ? { end: true, effects: [say({ key: 'staff.notYours' })] }
        : reopen('', [say({ key: 'staff.notYours' })])
    case 'gone':
    case 'no-case':
      return reopen('', [say({ key: reply.kind === 'gone' ? 'staff.gone' : 'staff.noCase' })])
    default:
      return show(data, reply)
  }
}
