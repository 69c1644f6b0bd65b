import * as z from 'zod'
import {
  listProviders,
  loadProvider,
  openProviderPerson,
  type Provider,
  type ProviderPerson,
} from '../../../db/vouchers/providers.ts'
import { checkIdentityNumber } from '../../../flows/programme/numbers/identity-number.ts'
import { draftOf, type FormDraft, withProblem } from '../../console/form.ts'
import { type ActionOutcome, nothing, type PageRequest } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { changeProviderStatus, putProvider } from '../providers.ts'
import { type Told, tellProblem } from './read-form.ts'
import { ProviderPage, RegisterPage } from './register-pages.tsx'
import { action, page, statusOf, type VouchersView } from './view.ts'

const ProviderForm = z.object({
  name: z.string(),
  creditCode: z.string(),
  service: z.array(z.string()),
  legalPersonId: z.string(),
  phone: z.string().transform((phone) => phone.trim().slice(0, 20)),
})
type ProviderForm = z.infer<typeof ProviderForm>
const StatusForm = z.object({
  status: z.enum(['listed', 'suspended', 'struck'], 'console.problem-invalid'),
  reason: z.string(),
})
const EMPTY: Told = { draft: draftOf({}), above: null }

/** The register of providers: read by the office, kept by the city's reviewers. */
export const registerRoutes: readonly ConsoleRoute[] = [
  page('vouchers.read', '/console/providers', nothing, (_, request) => list(request, EMPTY)),
  action('vouchers.providers', '/console/providers', nothing, async (_, request) => {
    const { staff, view } = request
    const form = await request.form(ProviderForm)
    if (!form.ok) return 'invalid'
    const person = personOf(form.data, view.now, null)
    if (person === null) {
      return { status: 400, page: await list(request, noPerson(view, form.draft)) }
    }
    const done = await putProvider(view.world, staff, { ...wordsOf(form.data), ...person })
    if (done.ok) return `/console/providers/${done.provider.id}?done`
    const page = await list(request, tellProblem(view, form.draft, done.problem))
    return { status: statusOf(done.problem), page }
  }),
  page('vouchers.read', '/console/providers/:id', find, (provider, request) =>
    show(request, provider),
  ),
  action('vouchers.providers', '/console/providers/:id', find, async (provider, request) => {
    const { deps, staff, view } = request
    const form = await request.form(ProviderForm)
    if (!form.ok) return 'invalid'
    const known = await openProviderPerson(deps.db, deps.vault, provider.id)
    const person = personOf(form.data, view.now, known)
    if (person === null) {
      return { status: 400, page: show(request, provider, { told: noPerson(view, form.draft) }) }
    }
    const wanted = { ...wordsOf(form.data), ...person, id: provider.id }
    const done = await putProvider(view.world, staff, wanted)
    if (done.ok) return `/console/providers/${provider.id}?done`
    const told = tellProblem(view, form.draft, done.problem)
    return { status: statusOf(done.problem), page: show(request, provider, { told }) }
  }),
  action('vouchers.providers', '/console/providers/:id/status', find, setStatus),
]

async function setStatus(provider: Provider, request: ProviderRequest): Promise<ActionOutcome> {
  const { deps, staff, view } = request
  const form = await request.form(StatusForm)
  if (!form.ok) return 'invalid'
  const done = await changeProviderStatus(view.world, staff, { id: provider.id, ...form.data })
  if (done.ok) return `/console/providers/${provider.id}?done`
  const now = (await loadProvider(deps.db, provider.id)) ?? provider
  const { draft, above } = tellProblem(view, form.draft, done.problem)
  const page = show(request, now, { status: draft, above })
  return { status: statusOf(done.problem), page }
}

type ProviderRequest = PageRequest<'id', VouchersView>

async function find({ deps, view, params }: ProviderRequest): Promise<Provider | null> {
  const all = await listProviders(deps.db, view.world.pack.programme.id)
  return all.find(({ id }) => id === params.id) ?? null
}

async function list({ deps, view }: PageRequest<never, VouchersView>, told: Told) {
  const providers = await listProviders(deps.db, view.world.pack.programme.id)
  return <RegisterPage view={view} providers={providers} told={told} />
}

function show(
  { c, view }: ProviderRequest,
  provider: Provider,
  { told, status, above = null }: { told?: Told; status?: FormDraft; above?: string | null } = {},
) {
  const { name, creditCode, services: service } = provider
  return (
    <ProviderPage
      view={view}
      provider={provider}
      told={told ?? { draft: draftOf({ name, creditCode, service }), above }}
      status={status ?? draftOf({})}
      done={c.req.query('done') !== undefined}
    />
  )
}

/** What the register is told of a provider besides who stands behind it. */
function wordsOf({ name, creditCode, service: services }: ProviderForm) {
  return { name, creditCode, services }
}

function noPerson({ t }: VouchersView, draft: FormDraft): Told {
  const words = t('vouchers-console.problem-legal-person')
  return { draft: withProblem(draft, 'legalPersonId', words), above: null }
}

/** Who stands behind it: what was filled in, else what is known; null for an identity number that is none. */
function personOf(
  { legalPersonId, phone }: ProviderForm,
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
