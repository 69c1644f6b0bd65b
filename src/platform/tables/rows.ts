/** A cell: text, a number, or nothing. */
export type Value = string | number | null

/** Rows of a table as they come, the first one the headings. */
export type Rows = Iterable<readonly Value[]> | AsyncIterable<readonly Value[]>
