import * as z from 'zod'
import { listDeliveries } from '../../../db/api/deliveries.ts'
import { listWebhooks, WEBHOOK_EVENTS } from '../../../db/api/webhooks.ts'
import { draftOf, type FormDraft, withProblem } from '../../console/form.ts'
import { type ActionOutcome, action, nothing, type PageRequest, page } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { listPlaces } from '../../kernel/places.ts'
import { isHookUrl } from '../webhooks/addresses.ts'
import {
  addWebhook,
  removeWebhook,
  renewSecret,
  sendAgain,
  testWebhook,
} from '../webhooks/change.ts'
import { HookPage, HooksPage, SecretPage } from './hook-pages.tsx'

const HookForm = z.object({
  url: z.string().trim().refine(isHookUrl, 'api-console.urlProblem'),
  district: z.string(),
  event: z.array(z.enum(WEBHOOK_EVENTS)).min(1, 'api-console.eventProblem'),
})
const AgainForm = z.object({ seq: z.string() })

type HookRequest = PageRequest<'id'>

const findHook = async ({ deps, params }: HookRequest) =>
  (await listWebhooks(deps.db)).find(({ id }) => id === params.id) ?? null

/** Whom we tell of what happens: list, add, a new secret, a test, the log, and what is dead sent again. */
export const hookRoutes: readonly ConsoleRoute[] = [
  page('api.read', '/console/webhooks', nothing, (_, request) => showAll(request, draftOf({}))),
  action('api.change', '/console/webhooks', nothing, async (_, request): Promise<ActionOutcome> => {
    const { deps, staff, view } = request
    const form = await request.form(HookForm)
    if (!form.ok) return { status: 400, page: await showAll(request, form.draft) }
    const { url, event: events } = form.data
    const places = await listPlaces(deps, view.locale)
    const district = places.find(({ id }) => id === form.data.district)?.id ?? null
    if (district === null && form.data.district !== '') {
      const draft = withProblem(form.draft, 'district', view.t('api-console.districtProblem'))
      return { status: 400, page: await showAll(request, draft) }
    }
    const secret = await addWebhook(deps, staff.id, { url, events, district })
    return { status: 200, page: <SecretPage view={view} secret={secret} /> }
  }),
  page('api.read', '/console/webhooks/:id', findHook, async (hook, { deps, view }) => (
    <HookPage view={view} hook={hook} deliveries={await listDeliveries(deps.db, hook.id)} />
  )),
  action('api.change', '/console/webhooks/:id/secret', findHook, async (hook, request) => {
    if (hook.endedAt !== null) return 'conflict'
    const { deps, staff, view } = request
    const secret = await renewSecret(deps, staff.id, hook)
    return { status: 200, page: <SecretPage view={view} secret={secret} /> }
  }),
  action('api.change', '/console/webhooks/:id/test', findHook, async (hook, { deps, staff }) => {
    if (hook.endedAt !== null) return 'conflict'
    await testWebhook(deps, staff.id, hook)
    deps.wake()
    return `/console/webhooks/${hook.id}` as const
  }),
  action('api.change', '/console/webhooks/:id/end', findHook, async (hook, { deps, staff }) => {
    if (hook.endedAt === null) await removeWebhook(deps, staff.id, hook)
    return '/console/webhooks' as const
  }),
  action('api.change', '/console/webhooks/:id/again', findHook, async (hook, request) => {
    const { deps, staff } = request
    const seq = Number((await request.read(AgainForm)).seq) || 0
    const known = (await listDeliveries(deps.db, hook.id)).find((one) => one.seq === seq)
    if (known?.status !== 'dead' || hook.endedAt !== null) return 'conflict'
    await sendAgain(deps, staff.id, hook, seq)
    deps.wake()
    return `/console/webhooks/${hook.id}` as const
  }),
]

async function showAll({ deps, view }: PageRequest, draft: FormDraft) {
  return (
    <HooksPage
      view={view}
      hooks={await listWebhooks(deps.db)}
      places={await listPlaces(deps, view.locale)}
      draft={draft}
    />
  )
}
