import { listListChoices } from '../../../db/campaigns/lists.ts'
import { listEvents } from '../../../db/events/events.ts'
import type { ConsoleDeps } from '../../console/route.ts'
import type { PackView } from '../../console/view.ts'
import { showMoment } from '../../kernel/when.ts'
import { broadcastChannels } from '../channels.ts'
import type { Choices } from './form.tsx'

/** A form offers no more events than these; a district holds some dozens in that time. */
const MOST_CHOICES = 5000

/** What the people of the programme can be chosen by, for whoever writes; a district's staff choose in it. */
export async function choicesOf(deps: ConsoleDeps, view: PackView): Promise<Choices> {
  const { pack, locale, staff, t } = view
  const { places, facts, stages } = pack
  const named = (list: readonly { id: string; name: Record<typeof locale, string> }[]) =>
    list.map(({ id, name }) => ({ id, name: name[locale] }))
  const days = (count: number) => new Date(Date.parse(view.now) + count * 86_400_000).toISOString()
  const { rows: events } = await listEvents(deps.db, staff ?? { district: null }, {
    programme: pack.programme.id,
    from: days(-90),
    to: days(370),
    states: ['published', 'held'],
    limit: MOST_CHOICES,
  })
  const lists = await listListChoices(deps.db, staff ?? { district: null })
  return {
    ...(lists.length === 0
      ? {}
      : {
          lists: lists.map(({ id, name, people }) => ({
            id,
            name: `${name} · ${t('campaigns-console.listPeople', { count: people })}`,
          })),
        }),
    ...(staff?.district == null ? { districts: named(places.own) } : {}),
    groups: named(facts.keyGroups.value),
    interests: named(facts.industries.value),
    ...(stages === undefined
      ? {}
      : {
          stages: stages.stages.slice(1).map(({ id, label }) => ({ id, name: label[locale] })),
        }),
    ...(events.length === 0
      ? {}
      : {
          events: events.map(({ id, title, startsAt }) => ({
            id,
            name: `${title[locale]} · ${showMoment(startsAt, locale)}`,
          })),
        }),
    channels: broadcastChannels(deps.channels).map((type) => ({
      id: type,
      name: t(`console.channel-${type}`),
    })),
    locales: [
      { id: 'zh-Hans', name: t('campaigns-console.language-zh-Hans') },
      { id: 'en', name: t('campaigns-console.language-en') },
    ],
  }
}
