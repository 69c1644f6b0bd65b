import { moveTipOff } from '../../db/tipoffs/desk.ts'
import { listTipOffs } from '../../db/tipoffs/list.ts'
import { insertMessage, loadTalk, tipOffStatements } from '../../db/tipoffs/tip-offs.ts'
import { chinaDay } from '../../flows/programme/china-time.ts'
import type { TipOffBody } from '../../flows/programme/tip-off.ts'
import type { Deps } from '../../src/kernel/deps.ts'
import { setAside } from '../../src/tipoffs/files.ts'
import { mintKey, numberIndex, wordIndex } from '../../src/tipoffs/key.ts'
import { fileOf } from '../helpers/files.ts'

/** A tip-off with a file, as if a person had handed it in. */
export async function seedTipOff(
  deps: Deps,
  body: Partial<TipOffBody> = {},
): Promise<{ id: string; file: string; number: string; word: string }> {
  const key = await mintKey(deps, 'zh-Hans')
  const file = await setAside(deps, { mime: 'image/jpeg', bytes: fileOf('jpeg', 'x') })
  const id = deps.newId()
  await deps.db.write(
    await tipOffStatements(
      deps.vault,
      {
        kind: 'hand-in',
        id,
        numberIndex: await numberIndex(deps.vault, key.number),
        wordIndex: await wordIndex(deps.vault, key),
        body: {
          number: key.number,
          what: '收红包',
          where: '窗口',
          when: '上周',
          name: null,
          ...body,
        },
        files: [file],
      },
      chinaDay(deps.now()),
    ),
  )
  return { id, file, ...key }
}

/** Supervision answers the one tip-off that there is. */
export async function superviseFirst(deps: Deps, text: string): Promise<void> {
  const { rows } = await listTipOffs(deps.db, deps.vault, { limit: 1 })
  const [head] = rows
  if (head === undefined) throw new Error('no tip-off')
  const after = (await loadTalk(deps.db, deps.vault, head.id))?.messages.length ?? 0
  const day = chinaDay(deps.now())
  await deps.db.write([
    await insertMessage(deps.vault, {
      id: head.id,
      after,
      side: 'supervision',
      text,
      day,
      requestKey: deps.newId(),
    }),
    moveTipOff(head.id, 1, 'working', day),
  ])
}
