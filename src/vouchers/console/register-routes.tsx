import {
  listProviders,
  loadProvider,
  openProviderPerson,
  type Provider,
  type ProviderPerson,
} from '../../../db/vouchers/providers.ts'
import { checkIdentityNumber } from '../../../flows/programme/numbers/identity-number.ts'
import type { Posted } from '../../console/form.ts'
import { type ActionOutcome, nothing, type PageRequest } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { changeProviderStatus, putProvider } from '../providers.ts'
import {
  EMPTY_PROVIDER,
  type ProviderDraft,
  ProviderPage,
  RegisterPage,
} from './register-pages.tsx'
import { action, page, statusOf, type VouchersView } from './view.ts'

const STATUSES = ['listed', 'suspended', 'struck'] as const

/** The register of providers: read by the office, kept by the city's reviewers. */
export const registerRoutes: readonly ConsoleRoute[] = [
  page('vouchers.read', '/console/providers', nothing, (_, request) =>
    list(request, EMPTY_PROVIDER, null),
  ),
  action('vouchers.providers', '/console/providers', nothing, async (_, request) => {
    const { staff, view } = request
    const draft = readProvider(await request.posted())
    const person = personOf(draft, view.now, null)
    if (person === null) {
      const problem = view.t('vouchers-console.problem-legal-person')
      return { status: 400, page: await list(request, draft, problem) }
    }
    const done = await putProvider(view.world, staff, { ...draft, ...person })
    if (done.ok) return `/console/providers/${done.provider.id}?done`
    const page = await list(request, draft, view.whyNot(done.problem))
    return { status: statusOf(done.problem), page }
  }),
  page('vouchers.read', '/console/providers/:id', find, (provider, request) =>
    show(request, provider),
  ),
  action('vouchers.providers', '/console/providers/:id', find, async (provider, request) => {
    const { deps, staff, view } = request
    const draft = readProvider(await request.posted())
    const known = await openProviderPerson(deps.db, deps.vault, provider.id)
    const person = personOf(draft, view.now, known)
    if (person === null) {
      const problem = view.t('vouchers-console.problem-legal-person')
      return { status: 400, page: show(request, provider, { draft, problem }) }
    }
    const form = { ...draft, ...person, id: provider.id }
    const done = await putProvider(view.world, staff, form)
    if (done.ok) return `/console/providers/${provider.id}?done`
    const page = show(request, provider, { draft, problem: view.whyNot(done.problem) })
    return { status: statusOf(done.problem), page }
  }),
  action('vouchers.providers', '/console/providers/:id/status', find, setStatus),
]

async function setStatus(provider: Provider, request: ProviderRequest): Promise<ActionOutcome> {
  const { deps, staff, view } = request
  const { status: wanted, reason } = await request.fields('status', 'reason')
  const status = STATUSES.find((one) => one === wanted)
  if (status === undefined) return 'invalid'
  const done = await changeProviderStatus(view.world, staff, { id: provider.id, status, reason })
  if (done.ok) return `/console/providers/${provider.id}?done`
  const now = (await loadProvider(deps.db, provider.id)) ?? provider
  const page = show(request, now, { reason, problem: view.whyNot(done.problem) })
  return { status: statusOf(done.problem), page }
}

type ProviderRequest = PageRequest<'id', VouchersView>

async function find({ deps, view, params }: ProviderRequest): Promise<Provider | null> {
  const all = await listProviders(deps.db, view.world.pack.programme.id)
  return all.find(({ id }) => id === params.id) ?? null
}

async function list(
  { deps, view }: PageRequest<never, VouchersView>,
  draft: ProviderDraft,
  problem: string | null,
) {
  const providers = await listProviders(deps.db, view.world.pack.programme.id)
  return <RegisterPage view={view} providers={providers} draft={draft} problem={problem} />
}

function show(
  { c, view }: ProviderRequest,
  provider: Provider,
  told: { draft?: ProviderDraft; reason?: string; problem?: string } = {},
) {
  return (
    <ProviderPage
      view={view}
      provider={provider}
      draft={told.draft ?? { ...EMPTY_PROVIDER, ...provider }}
      reason={told.reason ?? ''}
      problem={told.problem ?? null}
      done={c.req.query('done') !== undefined}
    />
  )
}

function readProvider({ text, all }: Posted): ProviderDraft {
  return {
    name: text('name'),
    creditCode: text('creditCode'),
    services: all('service'),
    legalPersonId: text('legalPersonId'),
    phone: text('phone').trim().slice(0, 20),
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
