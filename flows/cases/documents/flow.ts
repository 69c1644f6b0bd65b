import * as z from 'zod'
import { replyIn, say, setupFlow } from '../../engine/define.ts'
import type { Effect, Input, Transition } from '../../engine/types.ts'
import { type DocumentsAsk, type DocumentsReply, PaperFile } from './ask.ts'
import { sayNoPapers, sayPaper, sayPapers, sayReceived, sayRemoved } from './words.ts'

type Step = 'showing'
const Data = z.object({
  caseId: z.string().nullable(),
  papers: z.array(z.string()),
  document: z.object({ id: z.string(), name: z.string() }).nullable(),
  files: z.array(PaperFile),
  removable: z.boolean(),
  /** Files that came before anybody said which paper they are. */
  waiting: z.array(PaperFile),
})
type Data = z.infer<typeof Data>
const { defineFlow } = setupFlow<Data, Step>()

const EMPTY: Data = {
  caseId: null,
  papers: [],
  document: null,
  files: [],
  removable: true,
  waiting: [],
}
const THAT_IS_ALL = /^(好了|没有了|没了|完了|就这些|发完了|回到清单|清单|done|that'?s all|list)$/i

/**
 * The papers that are usual for this applicant, with what is there and what is missing: photos or PDF,
 * several for each, and a wrong one can be taken out. For a case, or an application on its way.
 */
export const documentsFlow = defineFlow({
  id: 'documents',
  version: 1,
  data: Data,
  initial: EMPTY,
  start: 'showing',
  help: { key: 'documents.help' },
  words: ['交材料', '上传材料', '我的材料', 'send papers', 'my papers'],
  resumable: true,
  personal: true,
  steps: {
    showing: {
      enter: ({ document }) => [
        requestData(
          document === null ? { kind: 'papers' } : { kind: 'paper', document: document.id },
        ),
      ],
      undo: ({ document }) => (document === null ? null : EMPTY),
      receive: (data, input) => {
        const reply = replyIn(input).documents
        if (reply !== undefined) return receiveReply(data, reply)
        return data.document === null ? receiveChoice(data, input) : receiveFile(data, input)
      },
      samples: ({ papers, document, files }) =>
        document === null
          ? [
              ...papers.slice(0, 1).map((id): Input => ({ type: 'choice', value: `d:${id}` })),
              { type: 'choice', value: '!menu' },
            ]
          : [
              { type: 'media', kind: 'image', mediaId: 'x' },
              ...files.slice(0, 1).map(({ id }): Input => ({ type: 'choice', value: `r:${id}` })),
              { type: 'choice', value: 'done' },
            ],
    },
  },
  migrations: {},
})

/** Which paper; a file that comes before it waits for the answer. */
function receiveChoice(data: Data, input: Input): Transition<Data, Step> {
  if (input.type === 'media') {
    if (input.problem !== undefined) return { otherwise: { key: `file.${input.problem}` } }
    const file = fileOf(input)
    const waiting = [...data.waiting.filter(({ id }) => id !== file.id), file]
    return {
      wait: true,
      again: true,
      data: { ...data, waiting },
      effects: [say({ key: 'documents.whichPaper', params: { files: waiting.length } })],
    }
  }
  const id = input.type === 'choice' && input.value.startsWith('d:') ? input.value.slice(2) : null
  return id !== null && data.papers.includes(id)
    ? { wait: true, again: true, data: { ...data, document: { id, name: '' }, files: [] } }
    : { otherwise: { key: 'documents.unclear' } }
}

/** Its files, one after another; each can be taken out. */
function receiveFile(data: Data, input: Input): Transition<Data, Step> {
  if (input.type === 'media') {
    return input.problem === undefined
      ? keep(data, [fileOf(input)])
      : { otherwise: { key: `file.${input.problem}` } }
  }
  const value = input.type === 'choice' ? input.value : ''
  const typed = input.type === 'text' ? input.text.normalize('NFKC').trim() : ''
  if (value === 'done' || THAT_IS_ALL.test(typed)) return { wait: true, again: true, data: EMPTY }
  const attachmentId = value.startsWith('r:') ? value.slice(2) : null
  return attachmentId !== null && data.files.some(({ id }) => id === attachmentId)
    ? {
        wait: true,
        effects: [{ type: 'intend', intent: { kind: 'case.drop-file', attachmentId } }],
      }
    : { otherwise: { key: 'documents.sendUnclear' } }
}

function receiveReply(data: Data, reply: DocumentsReply): Transition<Data, Step> {
  switch (reply.kind) {
    case 'no-papers':
      return { end: true, effects: [sayNoPapers()] }
    case 'papers': {
      const papers = reply.papers.map(({ id }) => id)
      return { wait: true, data: { ...data, papers, document: null }, effects: [sayPapers(reply)] }
    }
    case 'paper': {
      const { caseId, document, files, removable } = reply
      const next: Data = { ...data, caseId, document, files, removable }
      return data.waiting.length === 0
        ? { wait: true, data: next, effects: [sayPaper(reply)] }
        : keep({ ...next, waiting: [] }, data.waiting)
    }
    case 'dropped': {
      const { attachmentId } = reply
      const files = data.files.filter(({ id }) => id !== attachmentId)
      return {
        wait: true,
        data: { ...data, files },
        effects: [sayRemoved({ ...data, files })],
      }
    }
    case 'kept':
      return { wait: true, effects: [say({ key: 'documents.notRemoved' })] }
  }
}

/** Puts files to the paper that is being sent. */
function keep(data: Data, fresh: readonly PaperFile[]): Transition<Data, Step> {
  const { caseId, document } = data
  if (document === null) return { wait: true, again: true }
  const known = data.files.filter(({ id }) => !fresh.some((one) => one.id === id))
  const next: Data = { ...data, files: [...known, ...fresh] }
  return {
    wait: true,
    data: next,
    effects: [
      ...fresh.map(
        ({ id: attachmentId }): Effect => ({
          type: 'save',
          record: { kind: 'attachment', attachmentId, document: document.id, caseId },
        }),
      ),
      sayReceived(next),
    ],
  }
}

function fileOf({ mediaId, name }: Extract<Input, { type: 'media' }>): PaperFile {
  return { id: mediaId, name: name ?? null }
}

function requestData(asked: DocumentsAsk): Effect {
  return { type: 'request', requestId: asked.kind, query: { kind: 'documents', ask: asked } }
}
