/**
 * "head_line": the line of a file with the headings, which a title may stand above; "file_name", sealed; "row": how a
 * spreadsheet counts a line.
 */
export const sql = `
ALTER TABLE ledger_imports ADD COLUMN head_line INTEGER NOT NULL DEFAULT 0 CHECK (head_line >= 0);
ALTER TABLE ledger_imports ADD COLUMN file_name BLOB;
ALTER TABLE ledger_import_lines ADD COLUMN row INTEGER CHECK (row > 0);
`
