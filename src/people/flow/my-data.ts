import { MyDataAsk, type MyDataReply } from '../../../flows/people/my-data/ask.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Requester } from '../../kernel/requester.ts'
import { COPY_MINUTES, copyHash } from '../my-data/copy-link.ts'
import { askField, correct, correctable } from '../my-data/correct.ts'
import { erase, outlook } from '../my-data/erase.ts'
import { overviewLines } from '../my-data/overview.ts'
import { newReceipt } from '../my-data/receipt.ts'
import type { Scene } from '../my-data/scene.ts'
import { consents, withdraw } from '../my-data/withdraw.ts'

/** A way to the web chat is open this long. */
const LINK_MINUTES = 30

/** Answers the flow about one's own data (PIPL 15, 44-47), of this very contact only. Throws for a foreign `ask`. */
export async function answerMyData(
  deps: Deps,
  policy: Policy,
  asker: Requester,
  ask: unknown,
  locale: Locale,
): Promise<MyDataReply> {
  const asked = MyDataAsk.parse(ask)
  const scene: Scene = { deps, pack: policy.pack, asker, locale }
  switch (asked.kind) {
    case 'overview':
      return { kind: 'overview', lines: await overviewLines(scene) }
    case 'copy':
      return copy(scene)
    case 'consents':
      return consents(scene)
    case 'withdraw':
      return withdraw(scene, asked.purpose)
    case 'correctable':
      return correctable(scene)
    case 'field':
      return askField(scene, asked)
    case 'correct':
      return correct(scene, asked)
    case 'erasure':
      return outlook(scene)
    case 'erase':
      return erase(scene)
  }
}

/** A one-time address: of the copy itself on the web; elsewhere of the web chat, which must be joined for it. */
async function copy({ deps, asker }: Scene): Promise<MyDataReply> {
  const isWeb = asker.address.channel === 'web'
  const minutes = isWeb ? COPY_MINUTES : LINK_MINUTES
  const token = deps.newId()
  const link = {
    minutes,
    tokenHash: isWeb ? await copyHash(deps, token) : await deps.vault.index('link', token),
    carried: isWeb ? {} : { flow: 'link', input: { type: 'choice', value: 'copy' } },
    expiresAt: new Date(Date.parse(asker.at) + minutes * 60_000).toISOString(),
  }
  if (!isWeb) return { kind: 'copy-elsewhere', url: `${deps.webUrl()}/#go=${token}`, link }
  const url = `${deps.webUrl()}/webhooks/web/my-data/${token}`
  return { kind: 'copied', receipt: newReceipt(deps, asker.at), url, link }
}
