import { loadPack } from '../../../../db/policy/packs.ts'
import { phrasesBeyond } from '../../../../db/policy/service-phrases.ts'
import { SERVICE_IDS, SERVICES, serviceNamed } from '../../../../flows/services/table.ts'
import type { Locale } from '../../../../locales/keys.ts'
import { action, nothing, type PageRequest, page } from '../../../console/page.ts'
import type { ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { baseOf, livePolicy } from '../commands.ts'
import { dropPhrase, type Phrase, phraseOf, publishPhrase } from './commands.ts'
import { PhrasesPage, type ServiceChoice } from './page.tsx'

/** The services in the words of their buttons, for who chooses one. */
export function serviceChoices(deps: ConsoleDeps, locale: Locale): ServiceChoice[] {
  return SERVICE_IDS.map((id) => ({ id, label: deps.translate(locale, SERVICES[id].label) }))
}

/** People's own words for what the product does: added from the questions nobody answered, and taken back here. */
export const phraseRoutes: readonly ConsoleRoute[] = [
  page('misses.read', '/console/phrases', nothing, async (_, { deps, view }) => (
    <PhrasesPage
      view={view}
      phrases={await phrasesOfStaff(deps)}
      services={serviceChoices(deps, view.locale)}
    />
  )),
  action('answers.publish', '/console/phrases', nothing, async (_, request) => {
    const phrase = await phraseIn(request)
    const outcome = phrase && (await publishPhrase(request.deps, request.staff, phrase))
    if (outcome === 'published') return '/console/phrases' as const
    return outcome === 'taken' ? 'conflict' : 'invalid'
  }),
  action('answers.publish', '/console/phrases/remove', nothing, async (_, request) => {
    const phrase = await phraseIn(request)
    if (phrase === null) return 'invalid'
    const known = (await phrasesOfStaff(request.deps)).find(
      ({ service, text }) => service === phrase.service && text === phrase.text,
    )
    if (known === undefined) return 'not-found'
    await dropPhrase(request.deps, request.staff, known)
    return '/console/phrases' as const
  }),
]

async function phraseIn(request: PageRequest): Promise<Phrase | null> {
  const { service, phrase } = await request.fields('service', 'phrase')
  const id = serviceNamed(service)
  return id === undefined ? null : phraseOf(id, phrase)
}

/** What today's revision has and the pack that it was edited from has not. */
async function phrasesOfStaff(deps: ConsoleDeps): Promise<Phrase[]> {
  const live = await livePolicy(deps)
  const base = await loadPack(deps.db, await baseOf(deps, live.revision))
  return phrasesBeyond(live.pack, base).flatMap(({ service, locale, text }) => {
    const id = serviceNamed(service)
    return id === undefined ? [] : [{ service: id, locale, text }]
  })
}
