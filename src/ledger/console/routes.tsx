import * as z from 'zod'
import { countLedger, type LedgerFilter, listLedger } from '../../../db/ledger/ledger.ts'
import { type AuditDraft, writeAudited } from '../../../db/staff/audit.ts'
import { chinaDay, chinaHour, chinaYear } from '../../../flows/programme/china-time.ts'
import { type TableForm, tableFile } from '../../console/download.ts'
import { draftOf, type FormDraft, withProblem } from '../../console/form.ts'
import { ROWS } from '../../console/lists.tsx'
import { DISCLOSURES_PATH } from '../../console/looks.ts'
import { nothing, type PageRequest, packPages } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import type { PackView } from '../../console/view.ts'
import { EXPORTS_A_DAY, ledgerLines, requestWhole, takeAgreed } from '../export-ledger.ts'
import { ledgerTotals } from '../ledger-totals.ts'
import { LedgerPage } from './page.tsx'

const { page, action } = packPages

const ExportForm = z.object({
  year: z.string(),
  district: z.string(),
  full: z.string(),
  reason: z.string(),
  as: z.string(),
  disclosure: z.string(),
})

type LedgerRequest = PageRequest<never, PackView>

/** The ledger (台帐) of a year, on the page and as a spreadsheet. */
export const ledgerRoutes: readonly ConsoleRoute[] = [
  page('ledger.read', '/console/ledger', nothing, (_, request) => {
    const { query } = request
    return show(request, filterOf(request, query('year'), query('district')), null)
  }),
  action('ledger.export', '/console/ledger/export', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const posted = await request.form(ExportForm)
    if (!posted.ok) return 'invalid'
    const { data: form, draft } = posted
    const as = form.as === 'csv' ? 'csv' : 'xlsx'
    const wanted = filterOf(request, form.year, form.district)
    if (form.full === '' && form.disclosure === '') {
      await writeAudited(deps.db, [await entryOf(request, wanted)], [])
      return give(request, wanted, { as, id: null })
    }
    if (!view.may('cases.reveal')) return 'forbidden'
    const done =
      form.disclosure === ''
        ? await requestWhole(deps, staff, wanted, form.reason)
        : await takeAgreed(deps, staff, form.disclosure)
    if (done.kind === 'granted') return give(request, done.filter, { as, id: done.id })
    if (done.kind === 'asked') return `${DISCLOSURES_PATH}?asked`
    const problem = view.t(`ledger-console.withheld-${done.kind}`, { most: EXPORTS_A_DAY })
    if (done.kind !== 'reason') {
      return { status: 409, page: await show(request, wanted, problem, draft) }
    }
    const told = withProblem(draft, 'reason', problem)
    return { status: 400, page: await show(request, wanted, null, told) }
  }),
]

function filterOf({ deps, staff }: LedgerRequest, year: string, district: string): LedgerFilter {
  return {
    programme: deps.programme,
    year: /^20\d\d$/.test(year) ? Number(year) : chinaYear(deps.now()),
    ...(district === '' || staff.district !== null ? {} : { district }),
  }
}

async function show(
  request: LedgerRequest,
  filter: LedgerFilter,
  problem: string | null,
  draft: FormDraft = draftOf({}),
) {
  const { deps, query, staff, view } = request
  const asked = { cursor: query('page'), limit: ROWS }
  return (
    <LedgerPage
      view={view}
      query={{ year: filter.year, district: filter.district ?? '' }}
      page={await listLedger(deps.db, deps.vault, staff, filter, asked)}
      totals={ledgerTotals(view.pack, await countLedger(deps.db, staff, filter))}
      problem={problem}
      draft={draft}
    />
  )
}

/** The file, with who took it, when, and which permission it was in each line. */
async function give(
  request: LedgerRequest,
  filter: LedgerFilter,
  { as, id }: { as: TableForm; id: string | null },
): Promise<Response> {
  const { deps, staff, view } = request
  const { pack, locale, t } = view
  const mark = [staff.name, showMinute(deps.now()), ...(id === null ? [] : [id])].join(' · ')
  const scene = { pack, locale, full: id !== null, mark, t }
  const rows = ledgerLines(deps, staff, filter, scene)
  const name = `ledger-${filter.year}-${filter.district ?? staff.district ?? 'city'}`
  const { year, district } = filter
  const asked = { year, district: district ?? staff.district ?? undefined, whole: id ?? undefined }
  return tableFile(request, { name, sheet: t('ledger-console.sheet'), rows, as, filter: asked })
}

async function entryOf({ deps, staff }: LedgerRequest, filter: LedgerFilter): Promise<AuditDraft> {
  const { cases } = await countLedger(deps.db, staff, filter)
  return {
    at: deps.now(),
    actor: staff.id,
    action: 'ledger.exported',
    subject: `ledger:${filter.year}-${filter.district ?? staff.district ?? 'city'}`,
    reason: String(cases),
  }
}

/** A moment to the minute, as a clock in China shows it. */
function showMinute(at: string): string {
  return `${chinaDay(at)} ${chinaHour(at)}`
}
