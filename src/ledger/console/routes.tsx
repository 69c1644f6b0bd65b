import { countLedger, type LedgerFilter, listLedger } from '../../../db/ledger/ledger.ts'
import { writeAudited } from '../../../db/staff/audit.ts'
import { chinaYear } from '../../../flows/programme/china-time.ts'
import { tableFile } from '../../console/download.ts'
import { formOf } from '../../console/form.ts'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { packViewOf } from '../../console/view.ts'
import { may } from '../../kernel/permissions.ts'
import type { Value } from '../../platform/tables/xlsx.ts'
import { ledgerHeadings, ledgerRow } from '../ledger-table.ts'
import { ledgerTotals } from '../ledger-totals.ts'
import { LedgerPage } from './page.tsx'

const PAGE = 50
const EXPORT_PAGE = 500
/** More than this Excel shows unwillingly; a year of a city is a tenth of it. */
const MOST_EXPORTED = 50_000

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
  return [
    {
      method: 'GET',
      path: '/console/ledger',
      rule: 'ledger.read',
      handle: async (c) => {
        const view = await packViewOf(deps, c)
        const [district, after] = [c.req.query('district') ?? '', c.req.query('after') ?? '']
        const filter = filterOf(c, c.req.query('year') ?? '', district)
        const staff = c.get('staff')
        const cases = await listLedger(deps.db, deps.vault, staff, filter, {
          after,
          limit: PAGE + 1,
        })
        return c.html(
          <LedgerPage
            view={view}
            query={{ year: filter.year, district, after }}
            cases={cases.slice(0, PAGE)}
            more={cases.length > PAGE}
            totals={ledgerTotals(view.pack, await countLedger(deps.db, staff, filter))}
          />,
        )
      },
    },
    {
      method: 'POST',
      path: '/console/ledger/export',
      rule: 'ledger.export',
      handle: async (c) => {
        const view = await packViewOf(deps, c)
        const staff = c.get('staff')
        const form = await formOf(c, ['year', 'district', 'full', 'as'])
        const filter = filterOf(c, form.year, form.district)
        const full = form.full !== '' && may(staff, 'cases.reveal')
        const scene = { pack: view.pack, locale: view.locale, full, t: view.t }
        const rows: Value[][] = [ledgerHeadings(scene)]
        for (let after = ''; rows.length <= MOST_EXPORTED; ) {
          const page = await listLedger(deps.db, deps.vault, staff, filter, {
            after,
            limit: EXPORT_PAGE,
          })
          rows.push(...page.map((one) => ledgerRow(scene, one)))
          const last = page.at(-1)
          if (last === undefined || page.length < EXPORT_PAGE) break
          after = last.number
        }
        const where = filter.district ?? staff.district ?? 'city'
        await writeAudited(
          deps.db,
          [
            {
              at: deps.now(),
              actor: staff.id,
              action: full ? 'ledger.exported-full' : 'ledger.exported',
              subject: `ledger:${filter.year}-${where}`,
              reason: `${rows.length - 1}`,
            },
          ],
          [],
        )
        const name = `ledger-${filter.year}-${where}`
        const as = form.as === 'csv' ? 'csv' : 'xlsx'
        return tableFile(c, { name, sheet: view.t('ledger-console.sheet'), rows, as })
      },
    },
  ]
}
