import { insertLink } from '../../../db/people/links.ts'
import type { DataIntent, MyDataAsk, MyDataReply } from '../../../flows/people/my-data/ask.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Planned, Requester } from '../../kernel/requester.ts'
import { COPY_MINUTES, copyHash } from '../my-data/copy-link.ts'
import { askField, correct, correctable } from '../my-data/correct.ts'
import { erase, outlook } from '../my-data/erase.ts'
import { overviewLines } from '../my-data/overview.ts'
import { newReceipt } from '../my-data/receipt.ts'
import type { Scene } from '../my-data/scene.ts'
import { consents, withdraw } from '../my-data/withdraw.ts'

/** A way to the web chat is open this long. */
const LINK_MINUTES = 30

/** Answers the flow about one's own data (PIPL 15, 44-47), of this very contact only. */
export async function answerMyData(
  deps: Deps,
  policy: Policy,
  requester: Requester,
  asked: MyDataAsk,
  locale: Locale,
): Promise<MyDataReply> {
  const scene: Scene = { deps, pack: policy.pack, requester, locale }
  switch (asked.kind) {
    case 'overview':
      return { kind: 'overview', lines: await overviewLines(scene) }
    case 'consents':
      return consents(scene)
    case 'correctable':
      return correctable(scene)
    case 'field':
      return askField(scene, asked)
    case 'erasure':
      return outlook(scene)
  }
}

/** Plans what a person does with their own data; each that changes something gets a receipt. */
export async function planData(
  deps: Deps,
  policy: Policy,
  requester: Requester,
  intent: DataIntent,
  locale: Locale,
): Promise<Planned<MyDataReply>> {
  const scene: Scene = { deps, pack: policy.pack, requester, locale }
  switch (intent.kind) {
    case 'data.copy':
      return copy(scene)
    case 'data.withdraw':
      return withdraw(scene, intent.purpose)
    case 'data.correct':
      return correct(scene, intent)
    case 'data.erase':
      return erase(scene)
  }
}

/** A one-time address: of the copy itself on the web; elsewhere of the web chat, which must be joined for it. */
async function copy({ deps, requester }: Scene): Promise<Planned<MyDataReply>> {
  const isWeb = requester.address.channel === 'web'
  const minutes = isWeb ? COPY_MINUTES : LINK_MINUTES
  const token = deps.newId()
  const link = {
    contactId: requester.contactId,
    from: requester.address,
    tokenHash: isWeb ? await copyHash(deps, token) : await deps.vault.index('link', token),
    carried: isWeb ? {} : { flow: 'link', input: { type: 'choice', value: 'copy' } },
    expiresAt: new Date(Date.parse(requester.at) + minutes * 60_000).toISOString(),
  }
  const save = () => insertLink(deps.vault, link)
  if (!isWeb) {
    const url = `${deps.webUrl()}/#go=${token}`
    return { reply: { kind: 'copy-elsewhere', url, minutes }, saves: [save] }
  }
  const url = `${deps.webUrl()}/webhooks/web/my-data/${token}`
  const receipt = newReceipt(deps, requester.at)
  return {
    reply: { kind: 'copied', receipt, url, minutes },
    saves: [save, { kind: 'data-request', receipt, request: 'copy' }],
  }
}
