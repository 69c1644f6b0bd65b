import * as z from 'zod'
import type { Act } from '../../engine/acts.ts'
import { replyIn, say, setupFlow } from '../../engine/define.ts'
import type { Effect, Input, Text, Transition } from '../../engine/types.ts'
import { aboutConsent, ConsentAnswer } from '../../programme/consent.ts'
import { aboutField, keepsWords } from '../../programme/form/about-field.ts'
import { FormAnswers } from '../../programme/form/form-field.ts'
import {
  type PieceDocument,
  type PieceField,
  type PieceReview,
  type Progress,
  RequestedItem,
  type SupplementAsk,
  type SupplementReply,
} from './ask.ts'
import { sayNothing, sayPiece, sayReceived, sayResubmitted, sayWhich } from './words.ts'

/** The version of the notice before sensitive fields, which the application has in common. */
const SENSITIVE_VERSION = 'sensitive-1'

type Step = 'asking'
const Data = z.object({
  number: z.string().nullable(),
  caseId: z.string(),
  version: z.number().nullable(),
  answers: FormAnswers,
  sensitive: z.boolean().nullable(),
  sent: z.array(z.string()),
  office: z.array(z.string()),
  /** The files that came for the paper on the table. */
  fresh: z.array(z.string()),
  /** `field:…`, `document:…` and `sensitive`, in the order in which they were dealt with, for `back`. */
  settled: z.array(z.string()),
  current: RequestedItem.nullable(),
  picked: z.array(z.string()),
})
type Data = z.infer<typeof Data>
const { defineFlow } = setupFlow<Data, Step>()

const EMPTY: Data = {
  number: null,
  caseId: '',
  version: null,
  answers: {},
  sensitive: null,
  sent: [],
  office: [],
  fresh: [],
  settled: [],
  current: null,
  picked: [],
}

const THAT_IS_ALL = /^(下一样|下一个|好了|没有了|没了|完了|就这些|发完了|next|done|that'?s all)$/i
const TO_THE_OFFICE =
  /^(我?(带|拿|送)(到|去).{0,12}(办|局|中心|窗口|单位)|带去|自己送|office|i bring it)/i
const SUBMIT = /^(submit|提交|交|重新提交|确认提交|确认|没问题|send|ok|submit again)$/i

/**
 * What is missing of a returned case, and nothing else: each field and paper that staff named, in
 * order, and one tap that hands it in again.
 */
export const supplementFlow = defineFlow({
  id: 'supplement',
  version: 1,
  data: Data,
  initial: EMPTY,
  start: 'asking',
  help: { key: 'supplement.help' },
  words: ['补材料', '补正', '补交材料', '补充材料', 'supplement', 'supplements'],
  resumable: true,
  personal: true,
  reminds: true,
  steps: {
    asking: {
      freeText: true,
      keepsWords: ({ current }) => current?.kind === 'field' && keepsWords(current),
      about: ({ current }, act) => about(current, act),
      enter: (data) => [requestData({ kind: 'next-piece', progress: progressOf(data) })],
      undo: (data) => undo(data),
      receive: (data, input) => {
        const reply = replyIn(input).supplement
        if (reply !== undefined) return receiveReply(data, reply)
        const { current } = data
        if (current === null) return { wait: true, again: true }
        switch (current.kind) {
          case 'field':
            return receiveField(data, current, input)
          case 'document':
            return receiveDocument(data, current, input)
          case 'sensitive':
            return receiveSensitive(data, input)
          case 'review':
            return receiveAtReview(data, current, input)
        }
      },
      samples: ({ current }) => samplesFor(current),
    },
  },
  migrations: {},
})

function about(current: Data['current'], act: Act): readonly Text[] | null {
  switch (current?.kind) {
    case 'field':
      return aboutField(current, act)
    case 'document':
      return act === 'annoyed'
        ? null
        : [{ text: current.why }, { key: 'supplement.documentUnclear' }]
    case 'sensitive':
      return aboutConsent(act)
    case 'review':
      return [{ key: 'talk.reviewAbout' }]
    default:
      return null
  }
}

function receiveReply(data: Data, reply: SupplementReply): Transition<Data, Step> {
  switch (reply.kind) {
    case 'nothing':
      return { end: true, effects: [sayNothing(reply.case)] }
    case 'piece': {
      const { caseId, number, version, changed, piece } = reply
      const kept = changed ? { ...data, sent: [], office: [], settled: [], picked: [] } : data
      return {
        wait: true,
        data: { ...kept, caseId, number, version, current: piece, fresh: [] },
        effects: [
          ...(changed ? [say({ key: 'supplement.changed' })] : []),
          sayPiece(reply, kept.picked),
        ],
      }
    }
    case 'heard': {
      const id = data.current?.kind === 'field' ? data.current.id : null
      const settled = id === null ? data.settled : settle(data, `field:${id}`)
      return {
        wait: true,
        again: true,
        data: { ...data, answers: reply.answers, settled, current: null, picked: [] },
        effects: reply.note === null ? [] : [say(reply.note)],
      }
    }
    case 'problem': {
      const { problem, typed } = reply
      return { otherwise: problem, ...(typed === null ? {} : { typed }) }
    }
    case 'which':
      return { wait: true, effects: [sayWhich(reply.options)] }
    case 'taken':
      return { wait: true, effects: [say({ key: 'supplement.taken' })] }
    case 'resubmitted':
      return {
        end: true,
        effects: [sayResubmitted(reply)],
      }
  }
}

function receiveField(data: Data, field: PieceField, input: Input): Transition<Data, Step> {
  const said = (of: Extract<SupplementAsk, { kind: 'said' }>['said']): Transition<Data, Step> => ({
    wait: true,
    effects: [requestData({ kind: 'said', progress: progressOf(data), field: field.id, said: of })],
  })
  if (input.type === 'text') return said({ typed: input.text })
  if (input.type === 'contact' && input.own) return said({ typed: input.phone })
  if (input.type === 'media') return { otherwise: { key: 'supplement.wordsFirst' } }
  if (input.type !== 'choice') return { otherwise: { key: 'common.textOnly' } }
  const { value } = input
  if (value === 'skip' || value === 'unsure') return said(value)
  if (value === 'yes' || value === 'no') return said({ chosen: [value] })
  if (value === 'none') return said({ chosen: [] })
  if (value === 'done') return said({ chosen: data.picked })
  if (!value.startsWith('o:')) return { otherwise: { key: 'apply.unheard' } }
  const option = value.slice(2)
  if (field.answerKind !== 'some-of') return said({ chosen: [option] })
  const picked = data.picked.includes(option)
    ? data.picked.filter((one) => one !== option)
    : [...data.picked, option]
  return { wait: true, again: true, data: { ...data, picked } }
}

function receiveDocument(data: Data, paper: PieceDocument, input: Input): Transition<Data, Step> {
  const key = `document:${paper.id}`
  if (input.type === 'media') {
    if (input.problem !== undefined) return { otherwise: { key: `file.${input.problem}` } }
    const { caseId } = data
    const known = data.fresh.includes(input.mediaId)
    const current = { ...paper, files: paper.files + (known ? 0 : 1) }
    const fresh = known ? data.fresh : [...data.fresh, input.mediaId]
    return {
      wait: true,
      data: { ...data, current, fresh },
      effects: [
        {
          type: 'save',
          record: {
            kind: 'attachment',
            attachmentId: input.mediaId,
            document: paper.id,
            caseId,
          },
        },
        sayReceived(current),
      ],
    }
  }
  const value = input.type === 'choice' ? input.value : ''
  const typed = input.type === 'text' ? plain(input.text) : ''
  const next: Data = { ...data, settled: settle(data, key), current: null }
  if (value === 'office' || TO_THE_OFFICE.test(typed)) {
    return { wait: true, again: true, data: { ...next, office: added(data.office, paper.id) } }
  }
  if (value === 'done' || THAT_IS_ALL.test(typed)) {
    return paper.files === 0
      ? { wait: true, again: true, effects: [say({ key: 'supplement.noFileYet' })] }
      : { wait: true, again: true, data: { ...next, sent: added(data.sent, paper.id) } }
  }
  return { otherwise: { key: 'supplement.documentUnclear' } }
}

/** The separate consent (PIPL 29). A no is an answer: the sensitive fields are left as they are. */
function receiveSensitive(data: Data, input: Input): Transition<Data, Step> {
  const typed = input.type === 'choice' ? input.value : input.type === 'text' ? input.text : ''
  const answer = ConsentAnswer.safeParse(typed)
  if (!answer.success) return { otherwise: { key: 'apply.sensitiveUnclear' } }
  const granted = answer.data === 'agree'
  return {
    wait: true,
    again: true,
    data: { ...data, sensitive: granted, settled: settle(data, 'sensitive'), current: null },
    effects: [
      {
        type: 'save',
        record: { kind: 'consent', purpose: 'sensitive', version: SENSITIVE_VERSION, granted },
      },
      ...(granted ? [] : [say({ key: 'supplement.sensitiveRefused' })]),
    ],
  }
}

/** `提交` hands it in again; a number takes that piece back, to be given anew. */
function receiveAtReview(data: Data, { lines }: PieceReview, input: Input): Transition<Data, Step> {
  const typed =
    input.type === 'choice' ? input.value : input.type === 'text' ? plain(input.text) : ''
  if (SUBMIT.test(typed)) {
    return {
      wait: true,
      effects: [{ type: 'intend', intent: { kind: 'case.resubmit', progress: progressOf(data) } }],
    }
  }
  const [, digits] = /^(?:改|修改|第|change|edit)?\s*(\d+)\s*[项条样、.]?$/i.exec(typed) ?? []
  const line = digits === undefined ? undefined : lines[Number(digits) - 1]
  return line === undefined
    ? { otherwise: { key: 'supplement.reviewUnclear', params: { max: lines.length } } }
    : { wait: true, again: true, data: without(data, line.key) }
}

/** `back`: a pick or a piece less; null where there is nothing to take back. */
function undo(data: Data): Data | null {
  if (data.picked.length > 0) return { ...data, picked: data.picked.slice(0, -1) }
  const last = data.settled.at(-1)
  return last === undefined ? null : without(data, last)
}

function without(data: Data, key: string): Data {
  const [kind, id = ''] = key.split(':')
  const settled = data.settled.filter((one) => one !== key)
  const others = { ...data, settled, current: null, picked: [] }
  if (kind === 'sensitive') return { ...others, sensitive: null }
  if (kind === 'document') {
    return {
      ...others,
      sent: data.sent.filter((one) => one !== id),
      office: data.office.filter((one) => one !== id),
    }
  }
  const { [id]: _, ...answers } = data.answers
  return { ...others, answers }
}

function settle({ settled }: Data, key: string): string[] {
  return added(settled, key)
}

/** A list with `one` at its end, once. */
function added(list: readonly string[], one: string): string[] {
  return [...list.filter((other) => other !== one), one]
}

function plain(typed: string): string {
  return typed
    .normalize('NFKC')
    .trim()
    .replace(/[。.!,\s]+$/u, '')
}

function progressOf({ number, version, answers, sensitive, sent, office }: Data): Progress {
  return { number, version, answers, sensitive, sent, office }
}

function requestData(asked: SupplementAsk): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'supplement', ask: asked } }
}

function samplesFor(current: Data['current']): Input[] {
  const choice = (value: string): Input => ({ type: 'choice', value })
  switch (current?.kind) {
    case undefined:
      return []
    case 'review':
      return [choice('submit'), { type: 'text', text: '1' }]
    case 'sensitive':
      return [choice('agree'), choice('refuse')]
    case 'document':
      return [choice('office'), { type: 'media', kind: 'image', mediaId: 'x' }]
    case 'field':
      return current.answerKind === 'some-of'
        ? [choice('none')]
        : current.answerKind === 'yes-no'
          ? [choice('yes')]
          : [{ type: 'text', text: '张三' }]
  }
}
