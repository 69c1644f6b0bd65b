import { countLedger, type LedgerFilter, listLedger } from '../../../db/ledger/ledger.ts'
import { type AuditDraft, writeAudited } from '../../../db/staff/audit.ts'
import { chinaDay, chinaHour, chinaYear } from '../../../flows/programme/china-time.ts'
import { type TableForm, tableFile } from '../../console/download.ts'
import { readFields } from '../../console/form.ts'
import { DISCLOSURES_PATH } from '../../console/looks.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { type PackView, packViewOf } from '../../console/view.ts'
import { may } from '../../kernel/permissions.ts'
import { EXPORTS_A_DAY, ledgerLines, requestWhole, takeAgreed } from '../export-ledger.ts'
import { ledgerTotals } from '../ledger-totals.ts'
import { LedgerPage } from './page.tsx'

const PAGE = 50

/** The ledger (台帐) of a year, on the page and as a spreadsheet. */
export function ledgerRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const filterOf = (c: ConsoleContext, year: string, district: string): LedgerFilter => {
    const thisYear = chinaYear(deps.now())
    const asked = /^20\d\d$/.test(year) ? Number(year) : thisYear
    const staff = c.get('staff')
    return {
      programme: deps.programme,
      year: asked,
      ...(district === '' || staff.district !== null ? {} : { district }),
    }
  }
  const show = async (c: ConsoleContext, filter: LedgerFilter, problem: string | null = null) => {
    const view = await packViewOf(deps, c)
    const after = c.req.query('after') ?? ''
    const staff = c.get('staff')
    const cases = await listLedger(deps.db, deps.vault, staff, filter, { after, limit: PAGE + 1 })
    return c.html(
      <LedgerPage
        view={view}
        query={{ year: filter.year, district: filter.district ?? '', after }}
        cases={cases.slice(0, PAGE)}
        more={cases.length > PAGE}
        totals={ledgerTotals(view.pack, await countLedger(deps.db, staff, filter))}
        problem={problem}
      />,
    )
  }

  return [
    {
      method: 'GET',
      path: '/console/ledger',
      rule: 'ledger.read',
      handle: (c) => show(c, filterOf(c, c.req.query('year') ?? '', c.req.query('district') ?? '')),
    },
    {
      method: 'POST',
      path: '/console/ledger/export',
      rule: 'ledger.export',
      handle: async (c) => {
        const view = await packViewOf(deps, c)
        const staff = c.get('staff')
        const form = await readFields(c, ['year', 'district', 'full', 'reason', 'as', 'disclosure'])
        const as = form.as === 'csv' ? 'csv' : 'xlsx'
        const wanted = filterOf(c, form.year, form.district)
        const whole = form.full !== '' || form.disclosure !== ''
        if (!whole) {
          await writeAudited(deps.db, [await entryOf(c, wanted)], [])
          return give(c, view, wanted, { as, id: null })
        }
        if (!may(staff, 'cases.reveal')) return problemPage(deps, c, 'forbidden')
        const done =
          form.disclosure === ''
            ? await requestWhole(deps, staff, wanted, form.reason)
            : await takeAgreed(deps, staff, form.disclosure)
        if (done.kind === 'granted') return give(c, view, done.filter, { as, id: done.id })
        if (done.kind === 'asked') return c.redirect(`${DISCLOSURES_PATH}?asked`, 303)
        c.status(done.kind === 'reason' ? 400 : 409)
        return show(
          c,
          wanted,
          view.t(`ledger-console.withheld-${done.kind}`, { most: EXPORTS_A_DAY }),
        )
      },
    },
  ]

  /** The file, with who took it, when, and which permission it was in each line. */
  async function give(
    c: ConsoleContext,
    view: PackView,
    filter: LedgerFilter,
    { as, id }: { as: TableForm; id: string | null },
  ): Promise<Response> {
    const staff = c.get('staff')
    const { pack, locale } = view
    const mark = [staff.name, showMinute(deps.now()), ...(id === null ? [] : [id])].join(' · ')
    const scene = { pack, locale, full: id !== null, mark, t: view.t }
    const rows = await ledgerLines(deps, staff, filter, scene)
    const name = `ledger-${filter.year}-${filter.district ?? staff.district ?? 'city'}`
    return tableFile(c, { name, sheet: view.t('ledger-console.sheet'), rows, as })
  }

  async function entryOf(c: ConsoleContext, filter: LedgerFilter): Promise<AuditDraft> {
    const staff = c.get('staff')
    const { cases } = await countLedger(deps.db, staff, filter)
    return {
      at: deps.now(),
      actor: staff.id,
      action: 'ledger.exported',
      subject: `ledger:${filter.year}-${filter.district ?? staff.district ?? 'city'}`,
      reason: String(cases),
    }
  }
}

/** A moment to the minute, as a clock in China shows it. */
function showMinute(at: string): string {
  return `${chinaDay(at)} ${chinaHour(at)}`
}
