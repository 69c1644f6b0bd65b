import type { ConsoleDeps } from '../route.ts'
import type { Choices } from './form.tsx'
import type { CampaignsView } from './view.ts'

/** What the people of the programme can be chosen by, for whoever writes; a district's staff choose in it. */
export function choicesOf(deps: ConsoleDeps, view: CampaignsView): Choices {
  const { pack, locale, staff, c, t } = view
  const { places, facts, stages } = pack
  const named = (list: readonly { id: string; name: Record<typeof locale, string> }[]) =>
    list.map(({ id, name }) => ({ id, name: name[locale] }))
  return {
    ...(staff?.district == null ? { districts: named(places.own) } : {}),
    groups: named(facts.keyGroups.value),
    interests: named(facts.industries.value),
    ...(stages === undefined
      ? {}
      : {
          stages: stages.stages.slice(1).map(({ id, label }) => ({ id, name: label[locale] })),
        }),
    channels: [...deps.channels.keys()]
      .filter((type) => type !== 'terminal')
      .map((type) => ({ id: type, name: t(`channel-${type}`) })),
    locales: [
      { id: 'zh-Hans', name: c('language-zh-Hans') },
      { id: 'en', name: c('language-en') },
    ],
  }
}
