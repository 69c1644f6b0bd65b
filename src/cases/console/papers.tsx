import type { AttachmentHead } from '../../../db/cases/attachments.ts'
import { documentsFor } from '../../../flows/programme/documents/documents-for.ts'
import { missingNow } from '../../../flows/programme/lifecycle/application-stages.ts'
import { Sheet } from '../../console/parts.tsx'
import { showTime, type View } from '../../console/view.ts'
import type { CaseDeskContext } from '../act-on-case.ts'
import type { CaseContents } from './load-case.ts'
import { MarkLine } from './marks.tsx'

/** What a browser shows by itself. */
const PICTURES = ['image/jpeg', 'image/png', 'image/webp']

/** The usual papers of this applicant, there or missing, and the files that came. */
export function Papers({
  view,
  desk,
  contents,
}: {
  view: View
  desk: CaseDeskContext
  contents: CaseContents
}) {
  const { t, locale } = view
  const { form } = desk.pack
  const { head, events, papers, content, marks } = contents
  const asked = missingNow(events).flatMap(({ kind, id }) => (kind === 'document' ? [id] : []))
  const usual = content === null ? [] : documentsFor(form, content.answers)
  const documents = form.documents.documents.filter(
    (one) =>
      usual.includes(one) ||
      asked.includes(one.id) ||
      papers.some((file) => file.document === one.id),
  )
  const filesOf = (id: string) => papers.filter(({ document }) => document === id)
  const there = documents.filter(
    ({ id }) => filesOf(id).length > 0 && marks.get(`document:${id}`)?.isProved !== false,
  ).length
  const canOpen = view.may('cases.files')
  // Which papers are usual tells what is sensitive: a disability, an income.
  const canRead = view.may('cases.reveal')
  return (
    <Sheet title={t('cases-console.papers')} id="papers">
      <p class="hint">
        {t('cases-console.papersCount', { all: documents.length, there })}
        {canOpen && papers.length > 0 && <> {t('cases-console.filesHint')}</>}
      </p>
      <ul class="papers">
        {(canRead ? documents : []).map(({ id, name }) => {
          const files = filesOf(id)
          const mark = marks.get(`document:${id}`)
          const state = files.length > 0 ? 'there' : asked.includes(id) ? 'asked' : 'missing'
          return (
            <li>
              <p>
                <span
                  class={`chip ${state === 'there' ? 'good' : state === 'missing' ? 'none' : ''}`}
                >
                  {t(`cases-console.${state}`)}
                </span>{' '}
                {name[locale]}
              </p>
              {files.length > 0 && (
                <ul>
                  {files.map((file) => (
                    <FileLine view={view} caseId={head.id} file={file} canOpen={canOpen} />
                  ))}
                </ul>
              )}
              {(files.length > 0 || mark !== undefined) && (
                <MarkLine
                  view={view}
                  contents={contents}
                  subject={`document:${id}`}
                  name={name[locale]}
                  mark={mark}
                  newer={mark !== undefined && files.some(({ at }) => at > mark.at)}
                />
              )}
            </li>
          )
        })}
      </ul>
    </Sheet>
  )
}

function FileLine(props: { view: View; caseId: string; file: AttachmentHead; canOpen: boolean }) {
  const { view, caseId, file, canOpen } = props
  const { t } = view
  const url = `/console/cases/${caseId}/files/${file.id}`
  const name = file.name ?? t('cases-console.fileName')
  return (
    <li>
      <div class="file">
        <span>
          {name}
          <small>
            {kindOf(file.mime)} · {sizeOf(file.size)} · {showTime(view, file.at)}
          </small>
        </span>
        {canOpen && PICTURES.includes(file.mime) && (
          <button
            class="mini"
            type="button"
            aria-label={t('cases-console.lookAt', { name })}
            data-hx-get={`${url}/show`}
            data-hx-target={`#file-${file.id}`}
          >
            {t('cases-console.look')}
          </button>
        )}
        {canOpen && (
          <a class="mini" href={url} download aria-label={t('cases-console.downloadOf', { name })}>
            {t('cases-console.download')}
          </a>
        )}
      </div>
      <div id={`file-${file.id}`} aria-live="polite" />
    </li>
  )
}

function kindOf(mime: string): string {
  return (mime.split('/')[1] ?? mime).toUpperCase()
}

function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
