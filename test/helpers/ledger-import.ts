import { insertImportLines } from '../../db/ledger/import-lines.ts'
import { insertImport, moveImport } from '../../db/ledger/imports.ts'
import type { Deps } from '../../src/kernel/deps.ts'

/** A ledger of one line that was uploaded for a district; gives its id. */
export async function seedImport(deps: Deps, district: string, staffId: string): Promise<string> {
  const { db, vault, programme } = deps
  const [id, at] = [deps.newId(), deps.now()]
  await db.write([
    insertImport({
      id,
      programme,
      staffId,
      district,
      fileHash: 'hash',
      fileName: null,
      headLine: 0,
      lines: 1,
      at,
    }),
    ...(await insertImportLines(vault, id, [
      { line: 0, row: 1, cells: ['姓名', '身份证号', '电话', '备注'] },
      { line: 1, row: 2, cells: ['王小明', '520102198001010021', '13900001235', '王小明'] },
    ])),
    moveImport(id, ['arriving'], 'mapping', at, ['field:name', 'field:identityNumber', null, null]),
  ])
  return id
}
