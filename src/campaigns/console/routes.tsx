import * as z from 'zod'
import {
  CAMPAIGN_MOVES,
  type Campaign,
  findCampaign,
  listCampaigns,
} from '../../../db/campaigns/campaigns.ts'
import { countCampaignAnswers, loadReach, loadReport } from '../../../db/campaigns/figures.ts'
import { Segment } from '../../../db/campaigns/segments.ts'
import { findStaff } from '../../../db/staff/members.ts'
import { CAMPAIGN_STATES } from '../../../flows/programme/lifecycle/campaign-life.ts'
import { tableFile } from '../../console/download.ts'
import { draftOf, type FormDraft, version, withProblem } from '../../console/form.ts'
import { ROWS } from '../../console/lists.tsx'
import { type ActionOutcome, nothing, type PageRequest, packPages } from '../../console/page.ts'
import type { ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import type { PackView } from '../../console/view.ts'
import {
  approveCampaign,
  type CampaignProblem,
  type Changed,
  cancelCampaign,
  checkCampaign,
  pauseCampaign,
  resumeCampaign,
  returnCampaign,
  rewriteCampaign,
  submitCampaign,
  writeCampaign,
} from '../change-campaign.ts'
import { removeImage, setImage } from '../change-image.ts'
import { broadcastChannels } from '../channels.ts'
import { Content } from '../content.ts'
import { campaignProblemWords } from '../problem-words.ts'
import { CampaignPage } from './campaign-page.tsx'
import { choicesOf } from './choices.ts'
import { CampaignListPage } from './list-page.tsx'
import { Preview } from './preview.tsx'
import {
  type CampaignDraft,
  CampaignFields,
  draftIn,
  draftOfCampaign,
  EMPTY_DRAFT,
  inputOf,
  PictureFields,
  startOf,
} from './read-form.ts'
import { reportRows } from './report.tsx'
import { WritePage } from './write-page.tsx'

const ChangeFields = z.object({ version: version(), startsAt: z.string() })
const PAST = ['finished', 'cancelled'] as const

const { page, action } = packPages

type CampaignRequest = PageRequest<'id', PackView>

const loadCampaign = ({ deps, staff, params }: PageRequest<'id'>) =>
  findCampaign(deps.db, staff, params.id)

/** Broadcasts: the list, writing with a live count, approval, and watching one run. */
export const campaignRoutes: readonly ConsoleRoute[] = [
  page(
    'campaigns.read',
    '/console/campaigns',
    ({ c, deps, query, staff }) => {
      const past = c.req.query('past') !== undefined
      const states = CAMPAIGN_STATES.filter((state) => PAST.some((one) => one === state) === past)
      return listCampaigns(deps.db, staff, { states, limit: ROWS, cursor: query('page') })
    },
    (campaigns, { c, view }) => {
      const past = c.req.query('past') !== undefined
      return <CampaignListPage view={view} page={campaigns} past={past} />
    },
  ),
  page('campaigns.write', '/console/campaigns/new', nothing, (_, request) =>
    write(request, { draft: EMPTY_DRAFT, of: null, newId: request.deps.newId(), problem: null }),
  ),
  action('campaigns.write', '/console/campaigns', nothing, async (_, request) => {
    const { deps, staff } = request
    const form = await request.read(CampaignFields)
    const [draft, newId] = [draftIn(form), form.id || deps.newId()]
    const done = await writeCampaign(deps, staff, { ...inputOf(draft), id: newId })
    if (done.ok) return `/console/campaigns/${done.id}`
    const { problem } = done
    return { status: 400, page: await write(request, { draft, of: null, newId, problem }) }
  }),
  action('campaigns.write', '/console/campaigns/preview', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const draft = draftIn(await request.read(CampaignFields))
    const segment = Segment.safeParse(draft.segment)
    const content = Content.safeParse(draft.content)
    const checked = checkCampaign({ ...inputOf(draft), title: '-' })
    const empty = draft.content['zh-Hans'] === '' && draft.content.en === ''
    return {
      status: 200,
      page: (
        <Preview
          view={view}
          deps={deps}
          reach={segment.success ? await reachOf(deps, segment.data, staff.district) : null}
          content={content.success ? content.data : null}
          problem={'problem' in checked && !empty ? checked.problem : null}
        />
      ),
    }
  }),
  page('campaigns.read', '/console/campaigns/:id', loadCampaign, (campaign, request) =>
    show(request, campaign, null),
  ),
  page('campaigns.write', '/console/campaigns/:id/edit', loadCampaign, (campaign, request) =>
    campaign.state === 'draft'
      ? write(request, { draft: draftOfCampaign(campaign), of: campaign, newId: '', problem: null })
      : request.c.redirect(`/console/campaigns/${campaign.id}`, 303),
  ),
  action('campaigns.write', '/console/campaigns/:id', loadCampaign, async (campaign, request) => {
    const { deps, staff } = request
    const form = await request.read(CampaignFields)
    const [draft, which] = [draftIn(form), { id: campaign.id, version: form.version }]
    const done = await rewriteCampaign(deps, staff, which, inputOf(draft))
    if (done.ok) return `/console/campaigns/${campaign.id}`
    const { problem } = done
    // What was typed stays; whoever saves again now has seen that somebody else was faster.
    const of = (await loadCampaign(request)) ?? campaign
    return {
      status: statusOf(problem),
      page: await write(request, { draft, of, newId: '', problem }),
    }
  }),
  page(
    'campaigns.read',
    '/console/campaigns/:id/report.csv',
    loadCampaign,
    async ({ id }, request) => {
      const rows = reportRows(await loadReport(request.deps.db, id))
      return tableFile(request, { name: `broadcast-${id}`, sheet: id, rows, as: 'csv' })
    },
  ),
  action(
    'campaigns.write',
    '/console/campaigns/:id/image',
    loadCampaign,
    async (campaign, request) => {
      const form = await request.form(PictureFields)
      if (!form.ok) return 'invalid'
      const { version: seen, file, altZh, altEn } = form.data
      const done = await setImage(
        request.deps,
        request.staff,
        { id: campaign.id, version: seen },
        {
          bytes: file === undefined ? null : new Uint8Array(await file.arrayBuffer()),
          'zh-Hans': altZh,
          en: altEn,
        },
      )
      return after(request, campaign, done, form.draft)
    },
  ),
  change('bare', 'campaigns.write', removeImage),
  change('submit', 'campaigns.write', async (deps, staff, which, picked) => {
    const startsAt = startOf(picked)
    return startsAt === undefined
      ? { ok: false, problem: { kind: 'past' } }
      : submitCampaign(deps, staff, which, startsAt)
  }),
  change('approve', 'campaigns.approve', approveCampaign),
  change('return', 'campaigns.write', returnCampaign),
  // In a hurry nobody should be told that a page is a second old.
  change('pause', 'campaigns.write', (deps, staff, { id }) => pauseCampaign(deps, staff, { id })),
  change('resume', 'campaigns.write', (deps, staff, { id }) => resumeCampaign(deps, staff, { id })),
  change('cancel', 'campaigns.write', (deps, staff, { id }) => cancelCampaign(deps, staff, { id })),
]

/** Something done with a campaign: back to its page, with what was in the way. */
function change(
  name: 'bare' | 'submit' | 'approve' | 'return' | 'pause' | 'resume' | 'cancel',
  rule: ConsoleRoute['rule'],
  act: (
    deps: ConsoleDeps,
    staff: { id: string; district: string | null },
    which: { id: string; version: number },
    startsAt: string,
  ) => Promise<Changed>,
): ConsoleRoute {
  return action(rule, `/console/campaigns/:id/${name}`, loadCampaign, async (campaign, request) => {
    const form = await request.form(ChangeFields)
    if (!form.ok) return 'invalid'
    const which = { id: campaign.id, version: form.data.version }
    const done = await act(request.deps, request.staff, which, form.data.startsAt)
    return after(request, campaign, done, form.draft)
  })
}

async function after(
  request: CampaignRequest,
  campaign: Campaign,
  done: Changed,
  typed: FormDraft,
): Promise<ActionOutcome> {
  if (done.ok) return `/console/campaigns/${campaign.id}`
  const { problem } = done
  const now = (await loadCampaign(request)) ?? campaign
  const field =
    problem.kind === 'past'
      ? 'startsAt'
      : problem.kind === 'image'
        ? problem.image === 'no-alt'
          ? 'altZh'
          : 'file'
        : null
  const page =
    field === null
      ? await show(request, now, problem, typed)
      : await show(
          request,
          now,
          null,
          withProblem(typed, field, campaignProblemWords(request.view, problem)),
        )
  return { status: statusOf(problem), page }
}

function statusOf(problem: CampaignProblem): 400 | 409 {
  return problem.kind === 'conflict' ? 409 : 400
}

async function show(
  { deps, view }: CampaignRequest,
  campaign: Campaign,
  problem: CampaignProblem | null,
  draft: FormDraft = draftOf({}),
) {
  const reach = campaign.startedAt === null && campaign.state !== 'cancelled'
  return (
    <CampaignPage
      view={view}
      deps={deps}
      campaign={campaign}
      author={(await findStaff(deps.db, { id: campaign.authorId }))?.name ?? ''}
      choices={await choicesOf(deps, view)}
      reach={reach ? await reachOf(deps, campaign.segment, campaign.district) : null}
      report={await loadReport(deps.db, campaign.id)}
      told={await countCampaignAnswers(deps.db, campaign.id)}
      events={await CAMPAIGN_MOVES.list(deps.db, campaign.id)}
      problem={problem}
      draft={draft}
    />
  )
}

async function write(
  { deps, view }: PageRequest<never, PackView>,
  form: {
    draft: CampaignDraft
    of: Campaign | null
    newId: string
    problem: CampaignProblem | null
  },
) {
  return <WritePage view={view} choices={await choicesOf(deps, view)} {...form} />
}

function reachOf(deps: ConsoleDeps, segment: Segment, district: string | null) {
  const channels = broadcastChannels(deps.channels)
  return loadReach(deps.db, deps.vault, segment, { district }, channels, deps.now())
}
