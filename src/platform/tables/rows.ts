/** A cell: text, a number, or nothing. */
export type Value = string | number | null

/** TableRows of a table as they come, the first one the headings. */
export type TableRows = Iterable<readonly Value[]> | AsyncIterable<readonly Value[]>
