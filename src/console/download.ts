import { writeAudited } from '../../db/staff/audit.ts'
import type { StaffMember } from '../../db/staff/members.ts'
import { writeCsv } from '../platform/tables/csv.ts'
import type { TableRows, Value } from '../platform/tables/rows.ts'
import { writeXlsx } from '../platform/tables/xlsx.ts'
import type { ConsoleContext, ConsoleDeps } from './route.ts'

/** The forms in which a table can be taken away. */
export type TableForm = 'csv' | 'xlsx'

const TYPES: Readonly<Record<TableForm, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

type Taker = { c: ConsoleContext; deps: Pick<ConsoleDeps, 'db' | 'now'>; staff: StaffMember }

/**
 * A table as a file to take away, written as it is taken. At its end the audit says who took it, by which filter, how many rows,
 * and whether it was complete or broken off. `name`: without an ending; what is no letter, digit or hyphen of ASCII becomes one;
 * `filter`: it names nobody, since the audit keeps it; `rows`: the headings first.
 */
export function tableFile(
  taker: Taker,
  file: {
    name: string
    sheet: string
    rows: TableRows
    as: TableForm
    filter?: Readonly<Record<string, string | number | undefined>>
  },
): Response {
  const { sheet, as, filter = {} } = file
  const name = file.name.replaceAll(/[^\w-]+/g, '-').slice(0, 100)
  const asked = Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')
  const rows = counted(file.rows, (count, complete) =>
    noteTaken(taker, `${name}.${as}`, [
      ...asked.map(([key, value]) => `${key} ${value}`),
      `rows ${count}`,
      complete ? 'complete' : 'broken off',
    ]),
  )
  return taker.c.body(as === 'csv' ? writeCsv(rows) : writeXlsx(sheet, rows), 200, {
    'Content-Type': TYPES[as],
    'Content-Disposition': `attachment; filename="${name}.${as}"`,
  })
}

/** The rows as they come; `end` hears how many there were besides the headings, and whether that was all. */
async function* counted(
  rows: TableRows,
  end: (count: number, complete: boolean) => Promise<void>,
): AsyncGenerator<readonly Value[]> {
  let count = -1
  let complete = false
  try {
    for await (const row of rows) {
      count += 1
      yield row
    }
    complete = true
  } finally {
    await end(Math.max(0, count), complete)
  }
}

async function noteTaken(
  { deps, staff }: Taker,
  table: string,
  words: readonly string[],
): Promise<void> {
  const entry = { at: deps.now(), actor: staff.id, action: 'table.taken' } as const
  await writeAudited(
    deps.db,
    [{ ...entry, subject: `table:${table}`, reason: words.join('; ') }],
    [],
  )
}
