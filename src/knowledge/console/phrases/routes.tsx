import * as z from 'zod'
import { loadPack } from '../../../../db/policy/packs.ts'
import { phrasesBeyond } from '../../../../db/policy/service-phrases.ts'
import { SERVICE_IDS, SERVICES, serviceNamed } from '../../../../flows/services/table.ts'
import type { Locale } from '../../../../locales/keys.ts'
import { type FormDraft, oneOf, withProblem } from '../../../console/form.ts'
import { action, nothing, type PageRequest, page } from '../../../console/page.ts'
import type { ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { baseOf, livePolicy } from '../commands.ts'
import { dropPhrase, type Phrase, phraseOf, publishPhrase } from './commands.ts'
import { PhrasesPage, type ServiceChoice } from './page.tsx'

const PhraseForm = z.object({
  phrase: z.string(),
  service: oneOf('knowledge-console.phraseNoService', SERVICE_IDS),
})

/** The services in the words of their buttons, for who chooses one. */
export function serviceChoices(deps: ConsoleDeps, locale: Locale): ServiceChoice[] {
  return SERVICE_IDS.map((id) => ({ id, label: deps.translate(locale, SERVICES[id].label) }))
}

/** People's own words for what the product does: added from the questions nobody answered, and taken back here. */
export const phraseRoutes: readonly ConsoleRoute[] = [
  page('misses.read', '/console/phrases', nothing, (_, request) => show(request, null)),
  action('answers.publish', '/console/phrases', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const form = await request.form(PhraseForm)
    if (!form.ok) return { status: 400, page: await show(request, form.draft) }
    const { service, phrase } = form.data
    const outcome = await publishPhrase(deps, staff, phraseOf(service, phrase))
    if (outcome === 'published') return '/console/phrases'
    const key = outcome === 'taken' ? 'phraseTaken' : 'phraseUnfit'
    const draft = withProblem(form.draft, 'phrase', view.t(`knowledge-console.${key}`))
    return { status: outcome === 'taken' ? 409 : 400, page: await show(request, draft) }
  }),
  action('answers.publish', '/console/phrases/remove', nothing, async (_, request) => {
    const form = await request.form(PhraseForm)
    if (!form.ok) return 'invalid'
    const wanted = phraseOf(form.data.service, form.data.phrase)
    const known = (await phrasesOfStaff(request.deps)).find(
      ({ service, text }) => service === wanted.service && text === wanted.text,
    )
    if (known === undefined) return 'not-found'
    await dropPhrase(request.deps, request.staff, known)
    return '/console/phrases' as const
  }),
]

async function show({ deps, view }: PageRequest, refused: FormDraft | null) {
  const services = serviceChoices(deps, view.locale)
  const phrases = await phrasesOfStaff(deps)
  return <PhrasesPage view={view} phrases={phrases} services={services} refused={refused} />
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
