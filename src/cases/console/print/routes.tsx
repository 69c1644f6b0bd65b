import { listAttachments } from '../../../../db/cases/attachments.ts'
import type { LoadedCase } from '../../../../db/cases/case-file.ts'
import { openCase } from '../../../../db/cases/content.ts'
import { writeAudited } from '../../../../db/staff/audit.ts'
import { reviewLines } from '../../../../flows/programme/form/review-lines.ts'
import type { CaseEvent } from '../../../../flows/programme/lifecycle/application-stages.ts'
import type { PageRequest } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { currentDirectory } from '../../../kernel/offices/directory.ts'
import { type DeskView, loadCase, page } from '../pages.ts'
import { LetterPage, letterDay, PaperList } from './letter-page.tsx'
import { LETTERS, type Letter, letterEvent, listsOf } from './letters.ts'

type Request = PageRequest<'id' | 'letter', DeskView>
type Loaded = { file: LoadedCase; letter: Letter; event: CaseEvent }

async function load(request: Request): Promise<Loaded | null> {
  const letter = LETTERS.find((one) => one === request.params.letter)
  const file = letter === undefined ? null : await loadCase(request)
  if (letter === undefined || file === null) return null
  const event = letterEvent(request.view.desk, file.events, letter)
  return event === undefined ? null : { file, letter, event }
}

/** Sheets of an application to print; they name its person in full, so each is written down. */
export const printRoutes: readonly ConsoleRoute[] = [
  page('cases.reveal', '/console/cases/:id/print/:letter', load, async (loaded, request) => {
    const { file, letter, event } = loaded
    const { deps, staff, view } = request
    const { t, say, locale, desk } = view
    const { head } = file
    const opened = await openCase(desk.db, desk.vault, head.id)
    const at = deps.now()
    const subject = `case:${head.number}` as const
    const entry = { at, actor: staff.id, action: 'case.printed', subject, reason: letter } as const
    await writeAudited(desk.db, [entry], [])
    const directory = await currentDirectory(deps)
    const place = event.role === 'city-reviewer' || event.role === 'finance' ? null : head.district
    const { localOffice } =
      place === null ? { localOffice: cityOffice(view) } : directory.params(place, locale)
    const { missing, reasons } = listsOf(desk, event, locale)
    const papers = letter === 'acceptance' ? await papersOf(request, file) : []
    const words = { number: head.number, at: letterDay(view, head.submittedAt) }
    return (
      <LetterPage
        view={view}
        letter={letter}
        number={head.number}
        office={localOffice}
        at={letter === 'filing' ? at : event.at}
        back={`/console/cases/${head.id}`}
        statusUrl={`${deps.webUrl()}/#status`}
      >
        {letter === 'filing' ? (
          <dl class="paper-table">
            {(opened === null
              ? []
              : reviewLines(desk.pack.form, opened.answers, locale, {
                  masked: false,
                  places: desk.pack.places,
                })
            ).map(({ label, value }) => (
              <>
                <dt>{label}</dt>
                <dd>{say(value)}</dd>
              </>
            ))}
            {(['filedBy', 'opinion', 'cityOpinion'] as const).map((blank) => (
              <>
                <dt>{t(`cases-print.${blank}`)}</dt>
                <dd class="paper-blank" />
              </>
            ))}
          </dl>
        ) : (
          <>
            <p>
              {t('cases-print.dear', {
                name: opened?.applicant.name ?? t('cases-console.erasedName'),
              })}
            </p>
            <p class="paper-text">{t(`cases-print.text-${letter}`, words)}</p>
            <PaperList label={t('cases-print.papers')} lines={papers} />
            <PaperList label={t('cases-print.missing')} lines={missing} />
            <PaperList label={t('cases-print.reasons')} lines={reasons} />
            <p class="paper-text">{t(`cases-print.end-${letter}`, { office: localOffice })}</p>
          </>
        )}
      </LetterPage>
    )
  }),
]

/** The papers that have come, by their names. */
async function papersOf({ view: { desk, locale } }: Request, { head }: LoadedCase) {
  const come = await listAttachments(desk.db, desk.vault, { caseId: head.id })
  const { documents } = desk.pack.form.documents
  return documents
    .filter(({ id }) => come.some(({ document }) => document === id))
    .map(({ name }) => name[locale])
}

/** The city's office as the programme calls it. */
function cityOffice({ desk, locale }: DeskView): string {
  const { city, office } = desk.pack.programme
  return `${city[locale]}${locale === 'en' ? ' ' : ''}${office?.[locale] ?? ''}`
}
