import { loadCaseFile } from '../../../db/cases/case-file.ts'
import type { CaseHead } from '../../../db/cases/cases.ts'
import { findStaffCasesOf } from '../../../db/cases/staff-cases.ts'
import { writeAudited } from '../../../db/staff/audit.ts'
import type { StaffMember } from '../../../db/staff/members.ts'
import { stageWords } from '../../../flows/programme/lifecycle/stage-words.ts'
import { parseCaseNumber } from '../../../flows/programme/numbers/case-number.ts'
import { checkIdentityNumber } from '../../../flows/programme/numbers/identity-number.ts'
import { problemText } from '../../../flows/programme/words.ts'
import { Field } from '../../console/fields.tsx'
import type { FormDraft } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Crumb, PageHeader } from '../../console/parts.tsx'
import { PostForm } from '../../console/post-form.tsx'
import type { View } from '../../console/view.ts'
import type { CaseDeskContext } from '../act-on-case.ts'

/** What is looked for; posted, since an identity number has no place in an address. */
export function SearchForm({ view: { t }, draft }: { view: View; draft: FormDraft }) {
  return (
    <search>
      <PostForm
        class="find"
        action="/console/cases/search"
        submit={t('cases-console.search')}
        plain
      >
        <Field
          name="q"
          label={t('cases-console.searchLabel')}
          hint={t('cases-console.searchHint')}
          draft={draft}
          maxlength={40}
        />
      </PostForm>
    </search>
  )
}

/** Several cases of one identity number. */
export function FoundPage(props: {
  view: View
  desk: CaseDeskContext
  found: readonly CaseHead[]
}) {
  const { view, desk, found } = props
  const { t, locale } = view
  const title = t('cases-console.search-several', { count: found.length })
  return (
    <Page view={view} title={title}>
      <Crumb href="/console/cases">{t('cases-console.cases')}</Crumb>
      <PageHeader title={title} />
      <ul class="rows">
        {found.map(({ id, number, stage, district }) => (
          <li>
            <a href={`/console/cases/${id}`}>
              <span class="words case-number">{number}</span>
              <span class="facts">
                <span class="chip">{stageWords(desk.pack.stages, stage, locale).label}</span>
                <span>
                  {desk.pack.places.own.find((place) => place.id === district)?.name[locale]}
                </span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Page>
  )
}

/** `nothing`: it could be, and there is none; `wrong`: it cannot be. */
type Found = { kind: 'found'; cases: CaseHead[] } | { kind: 'nothing' | 'wrong'; words: string }

/**
 * Finds cases by a number or by a whole identity number, never by a name. A look by an identity number
 * is written into the audit with what it found, not with the number.
 */
export async function search(
  desk: CaseDeskContext,
  staff: StaffMember,
  { t, say }: View,
  typed: string,
): Promise<Found> {
  const { db, vault, pack, now } = desk
  const { numbering } = pack.stages
  const nothing = (words: string): Found => ({ kind: 'nothing', words })
  const wrong = (words: string): Found => ({ kind: 'wrong', words })
  const number = parseCaseNumber(numbering, typed)
  if (number.ok) {
    const file = await loadCaseFile(db, vault, { number: number.value }, staff)
    return file === null
      ? nothing(t('cases-console.search-number', { number: number.value }))
      : { kind: 'found', cases: [file.head] }
  }
  if (number.problem === 'check-failed') return wrong(t('cases-console.search-slip'))
  if (!/\d{15}/.test(typed.normalize('NFKC').replaceAll(/[\s-]/g, ''))) {
    return wrong(t('cases-console.search-unknown', { prefix: numbering.prefix }))
  }
  const identity = checkIdentityNumber(typed, now())
  if (!identity.ok) return wrong(say(problemText('identity', identity)))
  const cases = await findStaffCasesOf(db, vault, staff, {
    programme: pack.programme.id,
    identityNumber: identity.value,
  })
  const entry = { at: now(), actor: staff.id, action: 'case.searched' } as const
  const subjects = cases.length === 0 ? ['-'] : cases.map((one) => one.number)
  await writeAudited(
    db,
    subjects.map((subject) => ({ ...entry, subject: `case:${subject}` })),
    [],
  )
  return cases.length === 0 ? nothing(t('cases-console.search-nobody')) : { kind: 'found', cases }
}
