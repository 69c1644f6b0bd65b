import * as z from 'zod'
import type { TurnContext } from '../../engine/context.ts'
import { replyIn, say, setupFlow } from '../../engine/define.ts'
import type { Effect, QuickReply, Text, Transition } from '../../engine/types.ts'
import { officeAsked, tellOffices } from '../../programme/office-card.ts'
import {
  type EntryAnswer,
  entryToGoOnFrom,
  type PolicyAnswer,
  type PolicyReply,
  type ServiceAnswer,
} from './answer.ts'

type Step = 'answering'
const Data = z.object({
  question: z.string(),
  /** What a button of an earlier answer asked for; null where a question was typed. */
  wanted: z.enum(['entry', 'clauses', 'related', 'unhelpful']).nullable(),
})
type Data = z.infer<typeof Data>
const { defineFlow } = setupFlow<Data, Step>()

const PERSON: QuickReply = { value: '!person', label: { key: 'policy.person' } }
const MENU: QuickReply = { value: '!menu', label: { key: 'policy.menu' } }

/**
 * Answers a policy question with the clause it rests on, asks back when in doubt, and says so when
 * the plan does not tell. It never keeps the floor: its buttons work at any later time.
 */
export const policyQuestionFlow = defineFlow({
  id: 'policy-question',
  version: 1,
  data: Data,
  initial: { question: '', wanted: null },
  start: 'answering',
  help: { key: 'policy.help' },
  open: (input, ctx) => {
    if (input.type === 'text') return look({ question: input.text, wanted: null }, ctx.answered)
    const found = replyIn(input).policy
    if (found !== undefined) return answer(found, { question: '', wanted: null }, ctx)
    return input.type === 'choice' ? openChoice(input.value) : gone()
  },
  steps: {
    answering: {
      passing: true,
      enter: () => [],
      receive: (data, input, ctx) => {
        const found = replyIn(input).policy
        return found === undefined ? gone() : answer(found, data, ctx)
      },
      samples: () => [],
    },
  },
  migrations: {},
})

/** `entry:<id>`, `original:<clause ids>`, `related:<id>`, `unhelpful:<id>`: the buttons of an answer. */
function openChoice(value: string): Transition<Data, Step> {
  const [verb, id = ''] = value.split(':')
  switch (verb) {
    case 'entry':
      return look({ question: id, wanted: 'entry' })
    case 'original':
      return look({ question: id, wanted: 'clauses' })
    case 'related':
      return look({ question: id, wanted: 'related' })
    case 'unhelpful':
      return look({ question: id, wanted: 'unhelpful' })
    default:
      return gone()
  }
}

function look(data: Data, after?: string): Transition<Data, Step> {
  const { question, wanted } = data
  const query =
    wanted === null
      ? { kind: 'policy-answer' as const, question, ...(after === undefined ? {} : { after }) }
      : wanted === 'clauses'
        ? { kind: 'policy-clause' as const, id: question }
        : { kind: 'policy-entry' as const, id: question }
  return { wait: true, data, effects: [{ type: 'request', requestId: 'answer', query }] }
}

function answer(found: PolicyReply, data: Data, ctx: TurnContext): Transition<Data, Step> {
  if (found.kind !== 'service') return answerFromPlan(found, data)
  // Where an office is changes nothing, so that it is told and not only offered.
  const [only, ...others] = found.offers
  const isOffice = only !== undefined && others.length === 0 && officeAsked(only.value) === null
  return isOffice && found.plan === null
    ? end(tellOffices(ctx, found.place ?? null))
    : end(...withOffers(found, data))
}

/** The service's button, in words that name it, and what the plan says where that was asked for too. */
function withOffers({ first, offers, plan }: ServiceAnswer, data: Data): Effect[] {
  const told = plan === null ? undefined : answerFromPlan(plan, data).effects
  const named = new Set(offers.map(({ value }) => value))
  const at = told?.findLastIndex(({ type }) => type === 'send') ?? -1
  if (told === undefined || at < 0) {
    const isPerson = offers.some(({ value }) => value === PERSON.value)
    return [
      say({ key: 'service.offer' }, { quickReplies: [...offers, ...(isPerson ? [] : [PERSON])] }),
    ]
  }
  return told.map((effect, index) => {
    if (index !== at || effect.type !== 'send') return effect
    const { message } = effect
    const others = (message.quickReplies ?? []).filter(({ value }) => !named.has(value))
    const below: Text[] = first === 'plan' ? [] : [{ key: 'service.below' }]
    const text = [...[message.text].flat(), ...below]
    return { ...effect, message: { ...message, text, quickReplies: [...offers, ...others] } }
  })
}

function answerFromPlan(found: PolicyAnswer, { question, wanted }: Data): Transition<Data, Step> {
  switch (found.kind) {
    case 'entry':
      if (wanted === 'related') return end(sayRelated(found))
      if (wanted === 'unhelpful') return unhelpful(found)
      return end(...sayEntry(found, question, wanted), ...remember(found))
    case 'several':
      return end(...saySeveral(found, question), ...remember(found))
    case 'sentence':
      return end(
        say([...quote('policy.quoted', found.text, found.gloss), ...cite(found, 'plan')], {
          quickReplies: [...original(found), PERSON],
        }),
      )
    case 'clauses':
      return end(
        say(
          found.clauses.map(({ document, section, text }) => ({
            key: 'policy.originalText',
            params: { document, section, text },
          })),
          { quickReplies: [PERSON, MENU] },
        ),
      )
    case 'unsure':
      if (found.more === true) {
        return end(
          say(
            { key: 'policy.relatedIntro' },
            { quickReplies: [...found.candidates.map(asReply), PERSON] },
          ),
        )
      }
      return end(
        say(
          { key: 'policy.unsure' },
          {
            quickReplies: [...found.candidates.map(asReply), PERSON],
          },
        ),
        miss(
          question,
          'unsure',
          found.candidates.map(({ id }) => id),
        ),
      )
    case 'guarded':
      return end(
        say(
          { key: `policy.${found.guard}`, params: { name: found.name } },
          { quickReplies: [PERSON, MENU] },
        ),
      )
    case 'refused':
      // What is not ours is no gap in the answers, so staff need not see it.
      if (found.offTopic === true) {
        return end(say({ key: 'policy.offTopic' }, { quickReplies: [PERSON, MENU] }))
      }
      return end(
        say({ key: 'policy.refused' }, { quickReplies: [PERSON, MENU] }),
        miss(question, 'refused', []),
      )
    case 'gone':
      return gone()
  }
}

/** What the next words may lean on. */
function remember(found: PolicyAnswer): Effect[] {
  const entry = entryToGoOnFrom(found)
  return entry === null ? [] : [{ type: 'remember', entry }]
}

type Entry = Extract<PolicyAnswer, { kind: 'entry' }>
type Several = Extract<PolicyAnswer, { kind: 'several' }>

function sayEntry(entry: Entry, question: string, wanted: Data['wanted']): Effect[] {
  const { doubt } = entry
  const quickReplies = [
    ...(doubt?.others.map(asReply) ?? []),
    ...original(entry),
    ...(entry.related.length > 0 ? [reply(`related:${entry.id}`, { key: 'policy.related' })] : []),
    reply(`unhelpful:${entry.id}`, { key: 'policy.unhelpful' }),
    PERSON,
  ]
  const guess: Text[] =
    doubt === undefined ? [] : [{ key: 'policy.guess', params: { question: doubt.question } }]
  const said = say([...guess, ...wordsOf(entry)], { quickReplies })
  const typed = wanted === null && question !== ''
  return entry.basis === 'not-stated' && typed
    ? [said, miss(question, 'not-stated', [entry.id])]
    : [said]
}

/** Every question that was asked, with its answer and its clause, in one message. */
function saySeveral({ answers, open, citations }: Several, question: string): Effect[] {
  const silent = answers.filter(({ basis }) => basis === 'not-stated').map(({ id }) => id)
  const said = say(
    [
      ...answers.flatMap((answer) => wordsOf(answer)),
      ...open.map((asked): Text => ({ key: 'policy.notFound', params: { question: asked } })),
    ],
    { quickReplies: [...original({ citations }), PERSON] },
  )
  const missed = open.map((asked) => miss(asked, 'refused', []))
  return [said, ...missed, ...(silent.length === 0 ? [] : [miss(question, 'not-stated', silent)])]
}

/** An answer, the plan's sentence that carries it, and where that stands. */
function wordsOf(entry: EntryAnswer): Text[] {
  return [
    { text: entry.text },
    ...(entry.year == null
      ? []
      : [{ key: 'policy.ofYear' as const, params: { year: entry.year } }]),
    ...(entry.quote === null ? [] : quote('policy.quotedBelow', entry.quote, entry.gloss)),
    ...cite(entry, entry.basis),
  ]
}

function quote(
  key: 'policy.quoted' | 'policy.quotedBelow',
  sentence: string,
  gloss: string | null | undefined,
): Text[] {
  const quoted = { key, params: { sentence } }
  return gloss == null ? [quoted] : [quoted, { key: 'policy.gloss', params: { sentence: gloss } }]
}

function sayRelated(entry: Entry): Effect {
  return entry.related.length === 0
    ? say({ key: 'policy.noRelated' }, { quickReplies: [MENU] })
    : say({ key: 'policy.relatedIntro' }, { quickReplies: [...entry.related.map(asReply), PERSON] })
}

function unhelpful(entry: Entry): Transition<Data, Step> {
  return end(
    say(
      { key: 'policy.unhelpfulNoted' },
      { quickReplies: [...entry.related.map(asReply), PERSON, MENU] },
    ),
    miss(entry.id, 'not-helpful', [entry.id]),
  )
}

function cite({ citations }: Pick<EntryAnswer, 'citations'>, basis: EntryAnswer['basis']): Text[] {
  return basis === 'plan'
    ? citations.map(({ document, section }) => ({
        key: 'policy.citation',
        params: { document, section },
      }))
    : citations.slice(0, 1).map(({ section }) => ({ key: 'policy.nearest', params: { section } }))
}

function original({ citations }: Pick<EntryAnswer, 'citations'>): QuickReply[] {
  const ids = citations.map(({ clause }) => clause).join(',')
  return ids === '' ? [] : [reply(`original:${ids}`, { key: 'policy.original' })]
}

function asReply({ id, question }: { id: string; question: string }): QuickReply {
  return reply(`entry:${id}`, { text: question })
}

function reply(argument: string, label: Text): QuickReply {
  return { value: `!policy-question:${argument}`, label }
}

function miss(
  question: string,
  reason: 'unsure' | 'refused' | 'not-stated' | 'not-helpful',
  shown: readonly string[],
): Effect {
  return { type: 'save', record: { kind: 'unanswered-question', question, reason, shown } }
}

function end(...effects: Effect[]): Transition<Data, Step> {
  return { end: true, effects }
}

function gone(): Transition<Data, Step> {
  return end(say({ key: 'policy.gone' }, { quickReplies: [MENU] }))
}
