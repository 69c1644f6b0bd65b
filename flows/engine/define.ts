import type * as z from 'zod'
import type { TurnContext } from './context.ts'
import type { QueryReply } from './queries.ts'
import type {
  Effect,
  Flow,
  Input,
  OutboundMessage,
  QuickReply,
  StepDefinition,
  Text,
  Wants,
} from './types.ts'

type Of<Data, Value> = Value | ((data: Data, ctx: TurnContext) => Value)

/** A question and what to do with its answer. */
export type AskSpec<Data, Step extends string, Value> = {
  text: Of<Data, Text | readonly Text[]>
  /** Said instead of a long `text` when the question is only taken up again. */
  again?: Of<Data, Text>
  options?: Of<Data, readonly QuickReply[]>
  /** Reads typed text, and the value of a tapped option. */
  parse: z.ZodType<Value, string>
  /** Said when `parse` finds nothing: what is wrong and what to do. */
  otherwise: Text | ((typed: string) => Text)
  keep: (data: Data, value: Value) => Data
  next: Step | 'end' | ((data: Data, ctx: TurnContext, value: Value) => Step | 'end')
  /** False where the answer is itself a number, so that a typed 2 is two and not the second option. */
  numbered?: boolean
  /** What is to be typed, where that is a thing of its own kind. */
  wants?: Wants
  /** True where any text is an answer (a name, a plan). */
  freeText?: boolean
  /** What is said to a short reply that is no answer; see `StepDefinition.about`. */
  about?: StepDefinition<Data, Step>['about']
  /** Effects besides moving on, e.g. a record to save. */
  effects?: (data: Data, value: Value) => readonly Effect[]
  /** Answers that `inspect` may type, where there are no options. */
  samples?: readonly string[]
}

/**
 * Fixes a flow's types, so that a misspelt step or message key does not compile.
 *
 * @example
 * const { ask, defineFlow } = setupFlow<{ name: string }, 'askName'>()
 */
export function setupFlow<Data, Step extends string>() {
  return {
    ask: <Value>(spec: AskSpec<Data, Step, Value>) => ask(spec),
    defineFlow: (flow: Flow<Data, Step>): Flow<Data, Step> => flow,
  }
}

/** What the world answered, by topic; nothing where the input is no answer of the world's. */
export function replyIn(input: Input): QueryReply {
  return input.type === 'result' ? input.reply : {}
}

/** A message as an effect. */
export function say(
  text: Text | readonly Text[],
  rest: Omit<OutboundMessage, 'text'> = {},
): Effect {
  return { type: 'send', message: { text, ...rest } }
}

function ask<Data, Step extends string, Value>(
  spec: AskSpec<Data, Step, Value>,
): StepDefinition<Data, Step> {
  const optionsOf = (data: Data, ctx: TurnContext) => resolve(spec.options ?? [], data, ctx)
  const saying = (text: Of<Data, Text | readonly Text[]>, data: Data, ctx: TurnContext) => {
    const quickReplies = optionsOf(data, ctx)
    return say(resolve(text, data, ctx), {
      ...(quickReplies.length === 0 ? {} : { quickReplies }),
      ...(spec.numbered === undefined ? {} : { numbered: spec.numbered }),
      ...(spec.wants === undefined ? {} : { wants: spec.wants }),
    })
  }
  return {
    freeText: spec.freeText ?? false,
    ...(spec.about === undefined ? {} : { about: spec.about }),
    enter: (data, ctx) => [saying(spec.text, data, ctx)],
    ...(spec.again === undefined
      ? {}
      : { again: (data: Data, ctx: TurnContext) => [saying(spec.again ?? spec.text, data, ctx)] }),
    receive: (data, input, ctx) => {
      const typed = typedOf(input)
      const parsed = typed === null ? null : spec.parse.safeParse(typed)
      if (parsed === null || !parsed.success) {
        return {
          otherwise:
            typeof spec.otherwise === 'function' ? spec.otherwise(typed ?? '') : spec.otherwise,
        }
      }
      const kept = spec.keep(data, parsed.data)
      const next = typeof spec.next === 'function' ? spec.next(kept, ctx, parsed.data) : spec.next
      const effects = spec.effects?.(kept, parsed.data) ?? []
      return next === 'end' ? { end: true, effects } : { go: next, data: kept, effects }
    },
    samples: (data, ctx): Input[] => [
      ...optionsOf(data, ctx).map(({ value }): Input => ({ type: 'choice', value })),
      ...(spec.samples ?? []).map((text): Input => ({ type: 'text', text })),
    ],
  }
}

function typedOf(input: Input): string | null {
  if (input.type === 'text') return input.text
  return input.type === 'choice' ? input.value : null
}

function resolve<Data, Value>(of: Of<Data, Value>, data: Data, ctx: TurnContext): Value {
  // A function is the only member of Of that is callable: values are texts, lists and step names.
  return typeof of === 'function' ? (of as (data: Data, ctx: TurnContext) => Value)(data, ctx) : of
}
