import { type Applicant, applicantContext } from '../../db/cases/content.ts'
import type { Database } from '../../db/core/database.ts'
import type { Vault } from '../../db/core/vault.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import type { Channel, RenderedMessage } from '../../flows/engine/channel.ts'
import { flows } from '../../flows/index.ts'
import { stageWords } from '../../flows/programme/lifecycle/stage-words.ts'
import { sampleCaseNumber } from '../../flows/programme/numbers/case-number.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'
import { Content, fillHoles, impersonal, namesReader, type Variable } from './content.ts'

type Wanted = Parameters<NonNullable<Deps['campaignBodies']>>[0][number]
type Known = Partial<Record<Variable, string>>

/** Kept for a moment: thirty rows of one campaign are asked for at once, many times a second. */
const KEPT_MILLISECONDS = 1000

/**
 * What campaigns say to claimed rows: their words with what is known of each reader. A campaign that is
 * no longer under way says nothing more.
 */
export function createCampaignBodies(
  deps: Pick<
    Deps,
    'db' | 'vault' | 'now' | 'translate' | 'channels' | 'programme' | 'policies' | 'webUrl'
  >,
): NonNullable<Deps['campaignBodies']> {
  const kept = new Map<string, { content: Content | null; until: number }>()

  const contentOf = async (id: string): Promise<Content | null> => {
    const now = Date.parse(deps.now())
    const known = kept.get(id)
    if (known !== undefined && known.until > now) return known.content
    const [rows = []] = await deps.db.read([
      {
        sql: `SELECT content FROM campaigns WHERE id = ? AND state IN ('sending', 'paused', 'finished')`,
        args: [id],
      },
    ])
    const content = rows[0] === undefined ? null : Content.parse(JSON.parse(String(rows[0][0])))
    kept.clear()
    kept.set(id, { content, until: now + KEPT_MILLISECONDS })
    return content
  }

  return async (rows) => {
    const bodies = new Map<string, RenderedMessage>()
    for (const [campaignId, wanted] of groupBy(rows, (row) => row.campaignId)) {
      const content = await contentOf(campaignId)
      if (content === null) continue
      const readers = namesReader(content)
        ? await knownOf(deps, wanted)
        : new Map<string, Record<Locale, Known>>()
      for (const row of wanted) {
        const channel = deps.channels.get(row.to.channel)
        if (channel === undefined) continue
        const known = readers.get(row.contactId)?.[row.locale] ?? {}
        bodies.set(
          row.id,
          renderCampaign(deps, {
            campaignId,
            content,
            channel,
            locale: row.locale,
            known: row.personal ? known : impersonal(known),
          }),
        )
      }
    }
    return bodies
  }
}

/**
 * A broadcast as one reader gets it. Below the words stand its buttons and the way out of all broadcasts,
 * which a network without buttons gets as words to type.
 */
export function renderCampaign(
  { translate, webUrl }: Pick<Deps, 'translate' | 'webUrl'>,
  message: {
    campaignId: string
    content: Content
    channel: Pick<Channel, 'limits'>
    locale: Locale
    known: Known
  },
): RenderedMessage {
  const { campaignId, content, channel, locale, known } = message
  const image = pictureOf(content, channel, locale, webUrl())
  const words = fillHoles(content[locale], known)
  const text =
    content.image === undefined || image !== null
      ? words
      : [words, translate(locale, 'news.picture', { alt: content.image[locale] })].join('\n\n')
  const shown = image === null ? {} : { image }
  if (channel.limits.quickReplies === 0) {
    const ways = content.buttons
      .map((flow) => wordFor(flow, locale))
      .filter((word) => word !== null)
    const how = [
      ...(ways.length === 0
        ? []
        : [translate(locale, 'news.type', { words: ways.join(translate(locale, 'news.or')) })]),
      translate(locale, 'news.typeStop'),
    ]
    return {
      text: [text, how.join('\n')].join('\n\n'),
      quickReplies: [],
      numbered: false,
      ...shown,
    }
  }
  return {
    text,
    quickReplies: [
      ...content.buttons.map((flow) => ({
        value: `!news:${campaignId}:${flow}`,
        label: translate(locale, `news.${flow}`),
      })),
      { value: `!news:${campaignId}:stop`, label: translate(locale, 'news.stop') },
    ],
    // A typed number still answers the question that was left open.
    numbered: false,
    ...shown,
  }
}

/** The picture for a channel that shows some; null: the words say what it shows. */
function pictureOf(
  { image }: Content,
  { limits }: Pick<Channel, 'limits'>,
  locale: Locale,
  webUrl: string,
): NonNullable<RenderedMessage['image']> | null {
  if (image === undefined || limits.pictures === undefined) return null
  const file = `${image.id}.${image.mime === 'image/png' ? 'png' : 'jpg'}`
  return { kind: 'picture', url: `${webUrl}/pictures/${file}`, alt: image[locale] }
}

/** The word that opens a flow, in a language; null: it has none. */
function wordFor(flow: string, locale: Locale): string | null {
  const words = flows.find(({ id }) => id === flow)?.words ?? []
  return words.find((word) => /\p{Script=Han}/u.test(word) === (locale === 'zh-Hans')) ?? null
}

/** What the newest application of each reader says, as far as a broadcast may say it, by contact and language. */
async function knownOf(
  deps: Pick<Deps, 'db' | 'vault' | 'programme' | 'policies'>,
  rows: readonly Wanted[],
): Promise<Map<string, Record<Locale, Known>>> {
  const contacts = [...new Set(rows.map(({ contactId }) => contactId))]
  const [found = []] = await deps.db.read([
    {
      sql: `SELECT contact_id, id, number, district, stage, applicant FROM cases
        WHERE contact_id IN (${contacts.map(() => '?').join(', ')})
          AND coalesce(outcome, '') <> 'withdrawn' AND applicant IS NOT NULL
        ORDER BY submitted_at`,
      args: contacts,
    },
  ])
  const pack = await packOf(deps)
  const known = new Map<string, Record<Locale, Known>>()
  for (const [contactId, id, number, district, stage, applicant] of found) {
    const name = await nameOf(deps.vault, String(id), applicant)
    const said = (locale: Locale): Known => {
      const place = pack?.places.own.find((one) => one.id === district)?.name[locale]
      const words =
        pack?.stages === undefined ? null : stageWords(pack.stages, String(stage), locale)
      return {
        number: String(number),
        ...(name === null ? {} : { name }),
        ...(place === undefined ? {} : { district: place }),
        ...(words === null ? {} : { stage: words.label }),
      }
    }
    known.set(String(contactId), { 'zh-Hans': said('zh-Hans'), en: said('en') })
  }
  return known
}

async function packOf({
  db,
  programme,
  policies,
}: {
  db: Database
  programme: string
  policies: Deps['policies']
}): Promise<PolicyPack | null> {
  const revision = await currentRevision(db, programme)
  return revision === null ? null : (await policies.load(revision)).pack
}

async function nameOf(vault: Vault, caseId: string, sealed: unknown): Promise<string | null> {
  if (!(sealed instanceof Uint8Array)) return null
  const { name } = JSON.parse(await vault.openText(sealed, applicantContext(caseId))) as Applicant
  return name
}

function groupBy<Value>(values: readonly Value[], key: (value: Value) => string) {
  const groups = new Map<string, Value[]>()
  for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value])
  return groups
}

/** Somebody made up, to show what a broadcast reads like. */
export function samplePerson(
  { translate }: Pick<Deps, 'translate'>,
  pack: Pick<PolicyPack, 'places' | 'stages'>,
  locale: Locale,
) {
  return {
    name: translate(locale, 'campaigns-console.sample-name'),
    district: pack.places.own[0]?.name[locale] ?? '',
    number: sampleCaseNumber(pack.stages?.numbering),
    stage: translate(locale, 'campaigns-console.sample-stage'),
  }
}
