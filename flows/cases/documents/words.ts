import { say } from '../../engine/define.ts'
import type { Effect, QuickReply } from '../../engine/types.ts'
import type { DocumentsReply, PaperFile } from './ask.ts'

const STATUS: QuickReply = { value: '!status', label: { key: 'apply.status' } }
const MENU: QuickReply = { value: '!menu', label: { key: 'policy.menu' } }
const DONE: QuickReply = { value: 'done', label: { key: 'documents.done' } }

type Sending = {
  document: { name: string } | null
  files: readonly PaperFile[]
  removable: boolean
}

/** There is nothing that papers could belong to. */
export function sayNoPapers(): Effect {
  return say(
    { key: 'documents.none' },
    { quickReplies: [{ value: '!apply', label: { key: 'apply.menu' } }, STATUS, MENU] },
  )
}

/** The checklist, each paper a button, with what is there. */
export function sayPapers({
  number,
  note,
  papers,
  returned,
}: Extract<DocumentsReply, { kind: 'papers' }>): Effect {
  return say(
    [
      number === null
        ? { key: 'documents.listDraft' }
        : { key: 'documents.list', params: { number } },
      { text: note },
      ...(returned ? [{ key: 'documents.returned' as const }] : []),
    ],
    {
      quickReplies: [
        ...papers.map(
          ({ id, name, files }): QuickReply => ({
            value: `d:${id}`,
            label:
              files === 0
                ? { key: 'documents.missing', params: { name } }
                : { key: 'documents.there', params: { name, files } },
          }),
        ),
        ...(returned
          ? [{ value: '!supplement', label: { key: 'status.supplement' as const } }]
          : []),
        MENU,
      ],
    },
  )
}

/** One paper: why it helps, how to send it, and its files. */
export function sayPaper(paper: Extract<DocumentsReply, { kind: 'paper' }>): Effect {
  const { name, why } = paper.document
  return say([{ key: 'documents.send', params: { name, why } }, ...listed(paper)], {
    quickReplies: repliesFor(paper),
  })
}

/** A file has come; more may follow. */
export function sayReceived(paper: Sending): Effect {
  const name = paper.document?.name ?? ''
  return say(
    { key: 'documents.received', params: { name, files: paper.files.length } },
    {
      quickReplies: repliesFor(paper),
    },
  )
}

/** A file was taken out. */
export function sayRemoved(paper: Sending): Effect {
  return say(
    { key: 'documents.removed', params: { files: paper.files.length } },
    {
      quickReplies: repliesFor(paper),
    },
  )
}

function listed({ files, removable }: Sending) {
  if (files.length === 0) return []
  const key = removable ? ('documents.files' as const) : ('documents.filesKept' as const)
  return [{ key, params: { files: files.length } }]
}

function repliesFor({ files, removable }: Sending): QuickReply[] {
  if (!removable) return [DONE]
  const removals = files.map(
    ({ id, name }, index): QuickReply => ({
      value: `r:${id}`,
      label: {
        key: 'documents.remove',
        params: { number: index + 1, name: name === null ? '' : ` ${name}` },
      },
    }),
  )
  return [DONE, ...removals]
}
