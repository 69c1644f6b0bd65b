import type { TurnContext } from '../../engine/context.ts'
import { replyIn, say, setupFlow } from '../../engine/define.ts'
import type { Effect, Input, Transition } from '../../engine/types.ts'
import { aboutConsent } from '../../programme/consent.ts'
import {
  aboutAsked,
  added,
  asksWords,
  CONSENT_SAMPLES,
  fieldSamples,
  GOES_ON,
  hearConsent,
  REVIEW_SAMPLES,
  stepBack,
  wordsOf,
} from '../../programme/form/dialog/dialog.ts'
import { saySensitive, sayWhich } from '../../programme/form/dialog/dialog-words.ts'
import { receiveAtField, receiveAtReview } from '../../programme/form/dialog/receive.ts'
import type { PieceDocument, Progress, SupplementAsk, SupplementReply } from './ask.ts'
import { NOTHING_ASKED, NOTHING_DONE, SupplementData, type SupplementStep } from './data.ts'
import { migrateAsking } from './migrate.ts'
import { sayNothing, sayPiece, sayReceived, sayResubmitted } from './words.ts'

/** The version of the notice before sensitive fields, which the application has in common. */
const SENSITIVE_VERSION = 'sensitive-2'

const { defineFlow } = setupFlow<SupplementData, SupplementStep>()

const THAT_IS_ALL = /^(下一样|下一个|好了|没有了|没了|完了|就这些|发完了|next|done|that'?s all)$/i
const TO_THE_OFFICE =
  /^(我?(带|拿|送)(到|去).{0,12}(办|局|中心|窗口|单位)|带去|自己送|office|i bring it)/i

/**
 * What is missing of a returned case, and nothing else: each field and paper that staff named, in
 * order, and one tap that hands it in again.
 */
export const supplementFlow = defineFlow({
  id: 'supplement',
  version: 2,
  data: SupplementData,
  initial: NOTHING_DONE,
  start: 'asking',
  help: { key: 'supplement.help' },
  words: ['补材料', '补正', '补交材料', '补充材料', 'supplement', 'supplements'],
  resumable: true,
  personal: true,
  reminds: true,
  steps: {
    asking: {
      freeText: true,
      keepsWords: ({ field }) => asksWords(field),
      about: ({ field }, act) => aboutAsked(field, act),
      enter: (data) => [askNext(data)],
      undo: (data) => stepBack(data, data.settled),
      receive: (data, input, ctx) => {
        const reply = replyIn(input).supplement
        if (reply !== undefined) return receiveReply(data, reply, ctx)
        return receiveAtField(data, input, {
          fileLater: { key: 'supplement.wordsFirst' },
          keep: (field) => goOn(data, `field:${field}`),
          say: (field, said) => tell({ kind: 'said', progress: progressOf(data), field, said }),
        })
      },
      samples: ({ field }) => fieldSamples(field),
    },
    sending: {
      about: ({ paper }, act) =>
        paper === null || act === 'annoyed'
          ? null
          : [{ text: paper.why }, { key: 'supplement.documentUnclear' }],
      enter: (data) => [askNext(data)],
      undo: (data) => stepBack(data, data.settled),
      receive: (data, input, ctx) => {
        const reply = replyIn(input).supplement
        if (reply !== undefined) return receiveReply(data, reply, ctx)
        const { paper } = data
        return paper === null ? { wait: true, again: true } : receiveDocument(data, paper, input)
      },
      samples: () => [
        { type: 'choice', value: 'office' },
        { type: 'media', kind: 'image', mediaId: 'x' },
      ],
    },
    askSensitive: {
      about: (_, act) => aboutConsent(act),
      enter: (data) => [askNext(data)],
      again: ({ editing }) => [saySensitive({ again: true, keep: editing !== null })],
      undo: (data) => stepBack(data, data.settled),
      receive: (data, input, ctx) => {
        const reply = replyIn(input).supplement
        if (reply !== undefined) return receiveReply(data, reply, ctx)
        const choice = hearConsent(input, data.editing !== null)
        if (choice === null) return { otherwise: { key: 'apply.sensitiveUnclear' } }
        return choice === 'keep' ? goOn(data, 'sensitive') : consented(data, choice === 'agree')
      },
      samples: () => CONSENT_SAMPLES,
    },
    reviewing: {
      freeText: true,
      keepsWords: () => false,
      about: () => [{ key: 'talk.reviewAbout' }],
      enter: (data) => [askNext(data)],
      undo: (data) => stepBack(data, data.settled),
      receive: (data, input, ctx) => {
        const reply = replyIn(input).supplement
        if (reply !== undefined) return receiveReply(data, reply, ctx)
        const progress = progressOf(data)
        const intent = { kind: 'case.resubmit', progress } as const
        return receiveAtReview(data, input, {
          submit: () => ({ wait: true, effects: [{ type: 'intend', intent }] }),
          unclear: 'supplement.reviewUnclear',
          say: (changing, line, typed) => {
            const [kind, field = ''] = line.split(':')
            if (kind !== 'field') return null
            return { ...tell({ kind: 'said', progress, field, said: { typed } }), data: changing }
          },
        })
      },
      samples: () => REVIEW_SAMPLES,
    },
  },
  migrations: { 2: migrateAsking },
})

/** On to the next piece; `key` is dealt with. */
function goOn(data: SupplementData, key: string): Transition<SupplementData, SupplementStep> {
  const settled = data.settled.includes(key) ? data.settled : [...data.settled, key]
  return { wait: true, again: true, data: { ...data, ...GOES_ON, settled } }
}

function receiveReply(
  data: SupplementData,
  reply: SupplementReply,
  ctx: TurnContext,
): Transition<SupplementData, SupplementStep> {
  switch (reply.kind) {
    case 'nothing':
      return { end: true, effects: [sayNothing(reply.case, ctx)] }
    case 'piece':
      return receivePiece(data, reply)
    case 'heard': {
      const { answers, note } = reply
      const key = data.editing ?? (data.field === null ? null : `field:${data.field.id}`)
      const next = goOn({ ...data, answers }, key ?? 'field:')
      return { ...next, effects: note === null ? [] : [say(note)] }
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

function receivePiece(
  data: SupplementData,
  reply: Extract<SupplementReply, { kind: 'piece' }>,
): Transition<SupplementData, SupplementStep> {
  const { caseId, number, version, changed, piece } = reply
  const kept = changed ? { ...data, ...GOES_ON, sent: [], office: [], settled: [] } : data
  const next = { ...kept, ...NOTHING_ASKED, caseId, number, version }
  const said = sayPiece(reply, kept)
  const effects = changed ? [say({ key: 'supplement.changed' }), said] : [said]
  switch (piece.kind) {
    case 'field':
      return { wait: true, at: 'asking', data: { ...next, field: piece }, effects }
    case 'document':
      return { wait: true, at: 'sending', data: { ...next, paper: piece }, effects }
    case 'sensitive':
      return { wait: true, at: 'askSensitive', data: next, effects }
    case 'review': {
      const reviewed = { ...next, ...GOES_ON, review: piece }
      return { wait: true, at: 'reviewing', data: reviewed, effects }
    }
  }
}

function receiveDocument(
  data: SupplementData,
  paper: PieceDocument,
  input: Input,
): Transition<SupplementData, SupplementStep> {
  const key = `document:${paper.id}`
  if (input.type === 'media') {
    if (input.problem !== undefined) return { otherwise: { key: `file.${input.problem}` } }
    const { mediaId } = input
    const { caseId } = data
    const known = data.fresh.includes(mediaId)
    const received = { ...paper, files: paper.files + (known ? 0 : 1) }
    const fresh = known ? data.fresh : [...data.fresh, mediaId]
    const record = {
      kind: 'attachment' as const,
      attachmentId: mediaId,
      document: paper.id,
      caseId,
    }
    return {
      wait: true,
      data: { ...data, paper: received, fresh },
      effects: [{ type: 'save', record }, sayReceived(received)],
    }
  }
  const typed = wordsOf(input)
    .normalize('NFKC')
    .trim()
    .replace(/[。.!,\s]+$/u, '')
  const others = (list: readonly string[]) => list.filter((one) => one !== paper.id)
  if (TO_THE_OFFICE.test(typed)) {
    const office = added(data.office, paper.id)
    return goOn({ ...data, office, sent: others(data.sent) }, key)
  }
  if (THAT_IS_ALL.test(typed)) {
    return paper.files === 0
      ? { wait: true, again: true, effects: [say({ key: 'supplement.noFileYet' })] }
      : goOn({ ...data, sent: added(data.sent, paper.id), office: others(data.office) }, key)
  }
  return { otherwise: { key: 'supplement.documentUnclear' } }
}

/** The separate consent (PIPL 29). A no is an answer: the sensitive fields are left as they are. */
function consented(
  data: SupplementData,
  granted: boolean,
): Transition<SupplementData, SupplementStep> {
  return {
    ...goOn({ ...data, sensitive: granted }, 'sensitive'),
    effects: [
      {
        type: 'save',
        record: { kind: 'consent', purpose: 'sensitive', version: SENSITIVE_VERSION, granted },
      },
      ...(granted ? [] : [say({ key: 'supplement.sensitiveRefused' })]),
    ],
  }
}

function progressOf({
  number,
  version,
  answers,
  sensitive,
  sent,
  office,
}: SupplementData): Progress {
  return { number, version, answers, sensitive, sent, office }
}

function askNext(data: SupplementData): Effect {
  return requestData({ kind: 'next-piece', progress: progressOf(data), editing: data.editing })
}

function tell(told: SupplementAsk): { wait: true; effects: readonly Effect[] } {
  return { wait: true, effects: [requestData(told)] }
}

function requestData(asked: SupplementAsk): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'supplement', ask: asked } }
}
