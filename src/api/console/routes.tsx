import * as z from 'zod'
import { listKeys } from '../../../db/api/keys.ts'
import { findProposal, listOpenProposals } from '../../../db/api/proposals.ts'
import { caseWorldOf } from '../../cases/act-on-case.ts'
import { draftOf, type FormDraft, line, oneOf, withProblem } from '../../console/form.ts'
import { type ActionOutcome, action, nothing, type PageRequest, page } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { listPlaces } from '../../kernel/places.ts'
import { type Agreed, agreeToProposal, refuseProposal } from '../confirm.ts'
import { agreeKey, endKey, MOST_DAYS, MOST_PER_MINUTE, makeKey } from '../keys.ts'
import { isScope, KEY_ROLES } from '../scopes.ts'
import { hookRoutes } from './hook-routes.tsx'
import { KeysPage, NewKeyPage } from './keys-page.tsx'
import { ProposalsPage } from './proposals-page.tsx'

/** A whole number from one on, as it is typed. */
const wholeUpTo = (
  most: number,
  otherwise: 'api-console.daysProblem' | 'api-console.rateProblem',
) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,5}$/, otherwise)
    .transform(Number)
    .pipe(z.number().min(1, otherwise).max(most, otherwise))

const KeyForm = z.object({
  name: line('api-console.nameProblem', { max: 60 }),
  role: oneOf('api-console.roleProblem', KEY_ROLES),
  district: z.string(),
  scope: z.array(z.string()).min(1, 'api-console.scopeProblem'),
  days: wholeUpTo(MOST_DAYS, 'api-console.daysProblem'),
  perMinute: wholeUpTo(MOST_PER_MINUTE, 'api-console.rateProblem'),
})

const findKey = async ({ deps, params }: PageRequest<'id'>) =>
  (await listKeys(deps.db)).find(({ id }) => id === params.id) ?? null

const findOne = ({ deps, staff, params }: PageRequest<'id'>) =>
  findProposal(deps.db, deps.vault, params, staff)

/** Other systems: their keys, and what they propose. */
export const apiRoutes: readonly ConsoleRoute[] = [
  ...hookRoutes,
  page('api.read', '/console/api', nothing, (_, request) =>
    showKeys(request, draftOf({ days: '90', perMinute: '120' })),
  ),
  action('api.change', '/console/api', nothing, async (_, request): Promise<ActionOutcome> => {
    const { deps, staff, view } = request
    const form = await request.form(KeyForm)
    const refused = async (draft: FormDraft): Promise<ActionOutcome> => ({
      status: 400,
      page: await showKeys(request, draft),
    })
    if (!form.ok) return refused(form.draft)
    const { name, role, scope, days, perMinute } = form.data
    const places = await listPlaces(deps, view.locale)
    const district = places.find(({ id }) => id === form.data.district)?.id ?? null
    const isWrong = district === null && (form.data.district !== '' || role === 'district-reviewer')
    if (isWrong) {
      return refused(withProblem(form.draft, 'district', view.t('api-console.districtProblem')))
    }
    const scopes = scope.filter(isScope)
    const wish = { name, role, district, scopes, perMinute, days }
    const made = scopes.length < scope.length ? null : await makeKey(deps, wish, staff.id)
    if (made === null) {
      return refused(withProblem(form.draft, 'scope', view.t('api-console.scopeNot')))
    }
    return { status: 200, page: <NewKeyPage view={view} name={name} made={made} /> }
  }),
  action(
    'api.change',
    '/console/api/:id/agree',
    findKey,
    async (key, { deps, staff }): Promise<ActionOutcome> => {
      return (await agreeKey(deps, key, staff)) ? '/console/api' : 'conflict'
    },
  ),
  action(
    'api.change',
    '/console/api/:id/revoke',
    findKey,
    async (key, { deps, staff }): Promise<ActionOutcome> => {
      if (key.revokedAt === null) await endKey(deps, key, staff.id)
      return '/console/api'
    },
  ),
  page('cases.decide', '/console/proposals', nothing, (_, request) => showProposals(request, null)),
  action('cases.decide', '/console/proposals/:id/agree', findOne, async (_, request) => {
    const { deps, staff, params } = request
    const desk = await caseWorldOf(deps)
    if (desk === null) return 'not-found'
    const became = await agreeToProposal(desk, staff, params.id)
    if (became === 'made') deps.wake()
    const status = became === 'made' || became === 'first' ? 200 : 409
    return { status, page: await showProposals(request, became) }
  }),
  action('cases.decide', '/console/proposals/:id/refuse', findOne, async (_, request) => {
    const { deps, staff, params } = request
    const desk = await caseWorldOf(deps)
    if (desk === null) return 'not-found'
    const done = await refuseProposal(desk, staff, params.id)
    return done ? '/console/proposals' : 'conflict'
  }),
]

async function showKeys({ deps, staff, view }: PageRequest, draft: FormDraft) {
  return (
    <KeysPage
      view={view}
      self={staff.id}
      keys={await listKeys(deps.db)}
      places={await listPlaces(deps, view.locale)}
      draft={draft}
    />
  )
}

async function showProposals({ deps, staff, view }: PageRequest, became: Agreed | null) {
  const desk = await caseWorldOf(deps)
  return (
    <ProposalsPage
      view={view}
      stages={desk?.pack.stages ?? null}
      proposals={await listOpenProposals(deps.db, deps.vault, staff)}
      became={became}
    />
  )
}
