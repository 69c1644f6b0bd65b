import { loadPack } from '../../../../db/policy/packs.ts'
import { phrasesBeyond } from '../../../../db/policy/service-phrases.ts'
import { SERVICE_IDS, SERVICES, serviceNamed } from '../../../../flows/services/table.ts'
import type { Locale } from '../../../../locales/keys.ts'
import { formOf } from '../../../console/form.ts'
import { problemPage } from '../../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { viewOf } from '../../../console/view.ts'
import { baseOf, livePolicy } from '../commands.ts'
import { dropPhrase, type Phrase, phraseOf, publishPhrase } from './commands.ts'
import { PhrasesPage, type ServiceChoice } from './page.tsx'

/** The services in the words of their buttons, for who chooses one. */
export function serviceChoices(deps: ConsoleDeps, locale: Locale): ServiceChoice[] {
  return SERVICE_IDS.map((id) => ({ id, label: deps.translate(locale, SERVICES[id].label) }))
}

/** People's own words for what the product does: added from the questions nobody answered, and taken back here. */
export function phraseRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  return [
    {
      method: 'GET',
      path: '/console/phrases',
      rule: 'misses.read',
      handle: async (c) =>
        c.html(
          <PhrasesPage
            view={viewOf(deps, c)}
            phrases={await phrasesOfStaff(deps)}
            services={serviceChoices(deps, c.get('locale'))}
          />,
        ),
    },
    {
      method: 'POST',
      path: '/console/phrases',
      rule: 'answers.publish',
      handle: async (c) => {
        const phrase = await phraseIn(c)
        const outcome = phrase && (await publishPhrase(deps, c.get('staff'), phrase))
        if (outcome === 'published') return c.redirect('/console/phrases', 303)
        return problemPage(deps, c, outcome === 'taken' ? 'conflict' : 'invalid')
      },
    },
    {
      method: 'POST',
      path: '/console/phrases/remove',
      rule: 'answers.publish',
      handle: async (c) => {
        const phrase = await phraseIn(c)
        if (phrase === null) return problemPage(deps, c, 'invalid')
        const known = (await phrasesOfStaff(deps)).find(
          ({ service, text }) => service === phrase.service && text === phrase.text,
        )
        if (known === undefined) return problemPage(deps, c, 'not-found')
        await dropPhrase(deps, c.get('staff'), known)
        return c.redirect('/console/phrases', 303)
      },
    },
  ]
}

async function phraseIn(c: ConsoleContext): Promise<Phrase | null> {
  const { service, phrase } = await formOf(c, ['service', 'phrase'])
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
