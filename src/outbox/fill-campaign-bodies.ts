import type { ClaimedRow } from '../../db/outbox/outbox.ts'
import { sendStatements } from '../../db/outbox/record.ts'
import type { Deps } from '../kernel/deps.ts'

/**
 * Claimed rows with their words: those of a campaign come from the campaign, which may have been withdrawn
 * since. Such rows are settled here and left out.
 */
export async function fillCampaignBodies(
  deps: Deps,
  rows: readonly ClaimedRow[],
): Promise<ClaimedRow[]> {
  const wordless = rows.filter(({ body }) => body === null)
  if (wordless.length === 0) return [...rows]
  const words = await (deps.campaignBodies?.(
    wordless.map(({ id, campaignId, to, contactId, locale }) => ({
      id,
      campaignId: String(campaignId),
      to,
      contactId,
      locale,
      personal: deps.personalData(to.channel),
    })),
  ) ?? new Map())
  const withdrawn = wordless.filter(({ id }) => !words.has(id))
  const at = deps.now()
  if (withdrawn.length > 0) {
    await deps.db.write(
      withdrawn.flatMap(({ id, attempts }) =>
        sendStatements({
          id,
          attempts,
          at,
          status: 'permanent-failure',
          left: true,
          error: 'withdrawn: the campaign has no words for this person',
        }),
      ),
    )
  }
  return rows.flatMap((row) => {
    const body = row.body ?? words.get(row.id)
    return body === undefined ? [] : [{ ...row, body }]
  })
}
