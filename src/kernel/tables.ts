/** A cell as text; null: it is empty. */
export type ReadCell = string | null

/** empty: no line below the headings · too-long: more than so many lines · too-large: it holds more than a table of so many lines does · unreadable: neither of the two forms, or broken · busy: too many others are being read */
export type TableProblem = 'empty' | 'too-long' | 'too-large' | 'unreadable' | 'busy'

/**
 * `numbers`: how the file counts each row, from 1; `leftOut`: cells that stood far from the table and were not taken.
 */
export type ReadTable =
  | {
      ok: true
      rows: readonly (readonly ReadCell[])[]
      numbers: readonly number[]
      leftOut: number
    }
  | { ok: false; problem: TableProblem }

/** Reads a table here or elsewhere; see src/platform/tables/read-table.ts. */
export type TableReader = (bytes: Uint8Array, mostLines: number) => Promise<ReadTable>
