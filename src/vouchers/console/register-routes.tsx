import {
  listProviders,
  loadProvider,
  openProviderPerson,
  type Provider,
  type ProviderPerson,
} from '../../../db/vouchers/providers.ts'
import { checkIdentityNumber } from '../../../flows/programme/numbers/identity-number.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { changeProviderStatus, putProvider } from '../providers.ts'
import { readPosted } from './read-form.ts'
import {
  EMPTY_PROVIDER,
  type ProviderDraft,
  ProviderPage,
  RegisterPage,
} from './register-pages.tsx'
import { createVoucherRoute, statusOf, type VouchersView } from './view.ts'

/** The register of providers: read by the office, kept by the city's reviewers. */
export function registerRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const route = createVoucherRoute(deps)
  const list = async (
    c: ConsoleContext,
    view: VouchersView,
    draft: ProviderDraft,
    problem: string | null,
  ) =>
    c.html(
      <RegisterPage
        view={view}
        providers={await listProviders(deps.db, view.world.pack.programme.id)}
        draft={draft}
        problem={problem}
      />,
    )
  const find = async (c: ConsoleContext, view: VouchersView): Promise<Provider | undefined> => {
    const id = c.req.param('id')
    return (await listProviders(deps.db, view.world.pack.programme.id)).find((one) => one.id === id)
  }
  const show = (
    c: ConsoleContext,
    view: VouchersView,
    provider: Provider,
    told: { draft?: ProviderDraft; reason?: string; problem?: string } = {},
  ) =>
    c.html(
      <ProviderPage
        view={view}
        provider={provider}
        draft={told.draft ?? { ...EMPTY_PROVIDER, ...provider }}
        reason={told.reason ?? ''}
        problem={told.problem ?? null}
        done={c.req.query('done') !== undefined}
      />,
    )
  return [
    route('GET', '/console/providers', 'vouchers.read', (c, view) =>
      list(c, view, EMPTY_PROVIDER, null),
    ),
    route('POST', '/console/providers', 'vouchers.providers', async (c, view) => {
      const draft = await readProvider(c)
      const person = personOf(draft, view.now, null)
      if (person === null) {
        c.status(400)
        return list(c, view, draft, view.t('vouchers-console.problem-legal-person'))
      }
      const done = await putProvider(view.world, c.get('staff'), { ...draft, ...person })
      if (done.ok) return c.redirect(`/console/providers/${done.provider.id}?done`, 303)
      c.status(statusOf(done.problem))
      return list(c, view, draft, view.whyNot(done.problem))
    }),
    route('GET', '/console/providers/:id', 'vouchers.read', async (c, view) => {
      const provider = await find(c, view)
      return provider === undefined ? problemPage(deps, c, 'not-found') : show(c, view, provider)
    }),
    route('POST', '/console/providers/:id', 'vouchers.providers', async (c, view) => {
      const provider = await find(c, view)
      if (provider === undefined) return problemPage(deps, c, 'not-found')
      const draft = await readProvider(c)
      const known = await openProviderPerson(deps.db, deps.vault, provider.id)
      const person = personOf(draft, view.now, known)
      if (person === null) {
        c.status(400)
        return show(c, view, provider, {
          draft,
          problem: view.t('vouchers-console.problem-legal-person'),
        })
      }
      const form = { ...draft, ...person, id: provider.id }
      const done = await putProvider(view.world, c.get('staff'), form)
      if (done.ok) return c.redirect(`/console/providers/${provider.id}?done`, 303)
      c.status(statusOf(done.problem))
      return show(c, view, provider, { draft, problem: view.whyNot(done.problem) })
    }),
    route('POST', '/console/providers/:id/status', 'vouchers.providers', async (c, view) => {
      const provider = await find(c, view)
      if (provider === undefined) return problemPage(deps, c, 'not-found')
      const { text } = await readPosted(c)
      const status = (['listed', 'suspended', 'struck'] as const).find(
        (one) => one === text('status'),
      )
      if (status === undefined) return problemPage(deps, c, 'invalid')
      const request = { id: provider.id, status, reason: text('reason') }
      const done = await changeProviderStatus(view.world, c.get('staff'), request)
      if (done.ok) return c.redirect(`/console/providers/${provider.id}?done`, 303)
      c.status(statusOf(done.problem))
      const now = (await loadProvider(deps.db, provider.id)) ?? provider
      return show(c, view, now, { reason: text('reason'), problem: view.whyNot(done.problem) })
    }),
  ]
}

async function readProvider(c: ConsoleContext): Promise<ProviderDraft> {
  const { text, all } = await readPosted(c)
  return {
    ...{ name: text('name'), creditCode: text('creditCode'), services: all('service') },
    ...{ legalPersonId: text('legalPersonId'), phone: text('phone').trim().slice(0, 20) },
  }
}

/** Who stands behind it: what was filled in, else what is known; null for an identity number that is none. */
function personOf(
  { legalPersonId, phone }: ProviderDraft,
  now: string,
  known: ProviderPerson | null,
): { person?: ProviderPerson } | null {
  const typed = legalPersonId.trim()
  if (typed === '' && phone === '') return {}
  const checked = typed === '' ? null : checkIdentityNumber(typed, now)
  if (checked !== null && !checked.ok) return null
  return {
    person: {
      legalPersonId: checked?.value ?? known?.legalPersonId ?? null,
      phone: phone || (known?.phone ?? null),
    },
  }
}
