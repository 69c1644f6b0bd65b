import {
  CAMPAIGN_STATES,
  type Campaign,
  findCampaign,
  listCampaignEvents,
  listCampaigns,
} from '../../../db/campaigns/campaigns.ts'
import { countCampaignAnswers, loadReach, loadReport } from '../../../db/campaigns/figures.ts'
import { Segment } from '../../../db/campaigns/segments.ts'
import { findStaff } from '../../../db/staff/members.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { type PackView, packViewOf } from '../../console/view.ts'
import { toCsv } from '../../platform/tables/csv.ts'
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
import { Content } from '../content.ts'
import { CampaignPage } from './campaign-page.tsx'
import { choicesOf } from './choices.ts'
import { CampaignListPage } from './list-page.tsx'
import { Preview } from './preview.tsx'
import { draftOf, EMPTY_DRAFT, inputOf, readCampaign, readPicture, startOf } from './read-form.ts'
import { reportRows } from './report.tsx'
import { WritePage } from './write-page.tsx'

const PAST = ['finished', 'cancelled'] as const

/** Broadcasts: the list, writing with a live count, approval, and watching one run. */
export function campaignRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  /** A page of a campaign that this person may see; to others it does not exist. */
  const of = (
    method: ConsoleRoute['method'],
    path: `/console/campaigns/:id${string}`,
    rule: ConsoleRoute['rule'],
    handle: (c: ConsoleContext, campaign: Campaign, view: PackView) => Promise<Response>,
  ): ConsoleRoute => ({
    method,
    path,
    rule,
    handle: async (c) => {
      const id = c.req.param('id') ?? ''
      const campaign = await findCampaign(deps.db, c.get('staff'), id)
      if (campaign === null) return problemPage(deps, c, 'not-found')
      return handle(c, campaign, await packViewOf(deps, c))
    },
  })

  const show = async (
    c: ConsoleContext,
    campaign: Campaign,
    view: PackView,
    problem: CampaignProblem | null = null,
  ) => {
    if (problem !== null) c.status(problem.kind === 'conflict' ? 409 : 400)
    const reach = campaign.startedAt === null && campaign.state !== 'cancelled'
    return c.html(
      <CampaignPage
        view={view}
        deps={deps}
        campaign={campaign}
        author={(await findStaff(deps.db, { id: campaign.authorId }))?.name ?? ''}
        choices={await choicesOf(deps, view)}
        reach={reach ? await reachOf(deps, campaign.segment, campaign.district) : null}
        report={await loadReport(deps.db, campaign.id)}
        told={await countCampaignAnswers(deps.db, campaign.id)}
        events={await listCampaignEvents(deps.db, campaign.id)}
        problem={problem}
      />,
    )
  }

  /** Something done with a campaign: back to its page, with what was in the way. */
  const deed = (
    name: string,
    rule: ConsoleRoute['rule'],
    act: (
      staff: { id: string; district: string | null },
      which: { id: string; version: number },
      startsAt: string,
    ) => Promise<Changed>,
  ): ConsoleRoute =>
    of('POST', `/console/campaigns/:id/${name}`, rule, async (c, campaign, view) => {
      const { version, startsAt } = await readCampaign(c)
      const done = await act(c.get('staff'), { id: campaign.id, version }, startsAt)
      if (done.ok) return c.redirect(`/console/campaigns/${campaign.id}`, 303)
      const now = (await findCampaign(deps.db, c.get('staff'), campaign.id)) ?? campaign
      return show(c, now, view, done.problem)
    })

  return [
    {
      method: 'GET',
      path: '/console/campaigns',
      rule: 'campaigns.read',
      handle: async (c) => {
        const past = c.req.query('past') !== undefined
        const states = CAMPAIGN_STATES.filter((state) => PAST.some((one) => one === state) === past)
        const campaigns = await listCampaigns(deps.db, c.get('staff'), { states, limit: 200 })
        const view = await packViewOf(deps, c)
        return c.html(<CampaignListPage view={view} campaigns={campaigns} past={past} />)
      },
    },
    {
      method: 'GET',
      path: '/console/campaigns/new',
      rule: 'campaigns.write',
      handle: async (c) => {
        const view = await packViewOf(deps, c)
        return c.html(
          <WritePage
            view={view}
            draft={EMPTY_DRAFT}
            choices={await choicesOf(deps, view)}
            of={null}
            newId={deps.newId()}
            problem={null}
          />,
        )
      },
    },
    {
      method: 'POST',
      path: '/console/campaigns',
      rule: 'campaigns.write',
      handle: async (c) => {
        const { draft, id } = await readCampaign(c)
        const newId = /^[\w-]{8,40}$/.test(id) ? id : deps.newId()
        const done = await writeCampaign(deps, c.get('staff'), { ...inputOf(draft), id: newId })
        if (done.ok) return c.redirect(`/console/campaigns/${done.id}`, 303)
        const view = await packViewOf(deps, c)
        c.status(400)
        return c.html(
          <WritePage
            view={view}
            draft={draft}
            choices={await choicesOf(deps, view)}
            of={null}
            newId={newId}
            problem={done.problem}
          />,
        )
      },
    },
    {
      method: 'POST',
      path: '/console/campaigns/preview',
      rule: 'campaigns.write',
      handle: async (c) => {
        const { draft } = await readCampaign(c)
        const view = await packViewOf(deps, c)
        const segment = Segment.safeParse(draft.segment)
        const content = Content.safeParse(draft.content)
        const checked = checkCampaign({ ...inputOf(draft), title: '-' })
        const empty = draft.content['zh-Hans'] === '' && draft.content.en === ''
        return c.html(
          <Preview
            view={view}
            deps={deps}
            reach={
              segment.success ? await reachOf(deps, segment.data, c.get('staff').district) : null
            }
            content={content.success ? content.data : null}
            problem={'problem' in checked && !empty ? checked.problem : null}
          />,
        )
      },
    },
    of('GET', '/console/campaigns/:id', 'campaigns.read', show),
    of('GET', '/console/campaigns/:id/edit', 'campaigns.write', async (c, campaign, view) => {
      if (campaign.state !== 'draft') return c.redirect(`/console/campaigns/${campaign.id}`, 303)
      return c.html(
        <WritePage
          view={view}
          draft={draftOf(campaign)}
          choices={await choicesOf(deps, view)}
          of={campaign}
          newId=""
          problem={null}
        />,
      )
    }),
    of('POST', '/console/campaigns/:id', 'campaigns.write', async (c, campaign, view) => {
      const { draft, version } = await readCampaign(c)
      const which = { id: campaign.id, version }
      const done = await rewriteCampaign(deps, c.get('staff'), which, inputOf(draft))
      if (done.ok) return c.redirect(`/console/campaigns/${campaign.id}`, 303)
      const { problem } = done
      c.status(problem.kind === 'conflict' ? 409 : 400)
      // What was typed stays; whoever saves again now has seen that somebody else was faster.
      const now = (await findCampaign(deps.db, c.get('staff'), campaign.id)) ?? campaign
      return c.html(
        <WritePage
          view={view}
          draft={draft}
          choices={await choicesOf(deps, view)}
          of={now}
          newId=""
          problem={problem}
        />,
      )
    }),
    of('GET', '/console/campaigns/:id/report.csv', 'campaigns.read', async (c, campaign) =>
      c.body(toCsv(reportRows(await loadReport(deps.db, campaign.id))), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="broadcast-${campaign.id}.csv"`,
      }),
    ),
    of('POST', '/console/campaigns/:id/image', 'campaigns.write', async (c, campaign, view) => {
      const { version, ...picture } = await readPicture(c)
      const which = { id: campaign.id, version }
      const done = await setImage(deps, c.get('staff'), which, picture)
      if (done.ok) return c.redirect(`/console/campaigns/${campaign.id}`, 303)
      const now = (await findCampaign(deps.db, c.get('staff'), campaign.id)) ?? campaign
      return show(c, now, view, done.problem)
    }),
    deed('bare', 'campaigns.write', (staff, which) => removeImage(deps, staff, which)),
    deed('submit', 'campaigns.write', async (staff, which, picked) => {
      const startsAt = startOf(picked)
      return startsAt === undefined
        ? { ok: false, problem: { kind: 'past' } }
        : submitCampaign(deps, staff, which, startsAt)
    }),
    deed('approve', 'campaigns.approve', (staff, which) => approveCampaign(deps, staff, which)),
    deed('return', 'campaigns.write', (staff, which) => returnCampaign(deps, staff, which)),
    // In a hurry nobody should be told that a page is a second old.
    deed('pause', 'campaigns.write', (staff, { id }) => pauseCampaign(deps, staff, { id })),
    deed('resume', 'campaigns.write', (staff, { id }) => resumeCampaign(deps, staff, { id })),
    deed('cancel', 'campaigns.write', (staff, { id }) => cancelCampaign(deps, staff, { id })),
  ]
}

function reachOf(deps: ConsoleDeps, segment: Segment, district: string | null) {
  const channels = [...deps.channels.keys()].filter((type) => type !== 'terminal')
  return loadReach(deps.db, deps.vault, segment, { district }, channels, deps.now())
}
