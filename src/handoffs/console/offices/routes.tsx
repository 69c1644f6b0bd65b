import { enterOffice, OFFICE_RACES } from '../../../../db/handoffs/offices.ts'
import { hashOf } from '../../../../db/staff/audit.ts'
import type { StaffMember } from '../../../../db/staff/members.ts'
import { chinaDay } from '../../../../flows/programme/china-time.ts'
import { type OfficeEntry, OfficeParts } from '../../../../flows/programme/offices.ts'
import type { FormDraft } from '../../../console/form.ts'
import { action, nothing, type PageRequest, page } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { commit } from '../../../kernel/commit/commit.ts'
import { currentDirectory } from '../../../kernel/offices/directory.ts'
import { OfficeForm, officeDraft, readOffice } from './form.ts'
import { OfficeFormPage, OfficesPage, type ToldOffice } from './pages.tsx'

/** Where the offices are and when they are open, as staff enter it: a district its own, the city every one. */
export const officeRoutes: readonly ConsoleRoute[] = [
  page('offices.read', '/console/offices', nothing, async (_, request) => (
    <OfficesPage view={request.view} all={await listTold(request)} />
  )),
  page('offices.write', '/console/offices/:id', loadOwn, (told, { view }) => (
    <OfficeFormPage
      view={view}
      told={told}
      draft={officeDraft(told.office.entry, told.office.version)}
    />
  )),
  action('offices.write', '/console/offices/:id', loadOwn, async (told, request) => {
    const { view } = request
    const form = await request.form(OfficeForm)
    if (!form.ok) return refused(request, told, form.draft)
    const read = readOffice(form.data, form.draft, chinaDay(view.now), view)
    if ('problems' in read) return refused(request, told, read.problems)
    const version = Number(form.data.version) || 0
    if (await save(request, told, read.office, version)) return '/console/offices'
    const now = (await loadOwn(request)) ?? told
    const values = { ...form.draft.values, version: [String(now.office.version)] }
    const draft = { ...form.draft, values }
    return {
      status: 409,
      page: <OfficeFormPage view={view} told={now} draft={draft} overtaken />,
    }
  }),
]

/** The city's office, and those that are somebody's own. */
async function listTold({ deps, staff, view }: PageRequest): Promise<ToldOffice[]> {
  const { offices, cards } = await currentDirectory(deps)
  return offices.flatMap((office, index) => {
    const card = cards[view.locale][index]
    const own = isOwn(staff, office.place)
    return card === undefined || !(own || office.place === null)
      ? []
      : [{ office, card, mayWrite: own && view.may('offices.write') }]
  })
}

/** One that this person may enter; any other does not exist for them. */
async function loadOwn(request: PageRequest<'id'>): Promise<ToldOffice | null> {
  const { id } = request.params
  const all = await listTold(request)
  return all.find(({ office, mayWrite }) => mayWrite && (office.place ?? 'city') === id) ?? null
}

const isOwn = (staff: StaffMember, place: string | null) =>
  staff.district === null || staff.district === place

function refused({ view }: PageRequest<'id'>, told: ToldOffice, draft: FormDraft) {
  const page = <OfficeFormPage view={view} told={told} draft={draft} />
  return { status: 400 as const, page }
}

/** Enters an office; false where somebody else was faster. */
async function save(
  { deps, staff, view }: PageRequest<'id'>,
  { office: { place, fromPack, entry } }: ToldOffice,
  office: OfficeEntry,
  version: number,
): Promise<boolean> {
  const entered = differing(office, fromPack)
  return commit<boolean>(deps.db, {
    plan: async () => ({
      result: true,
      write: [enterOffice(deps.programme, { place, version, at: view.now, entered })],
      audit: [
        {
          at: view.now,
          actor: staff.id,
          action: 'office.entered',
          subject: `office:${place ?? 'city'}`,
          before: await hashOf(entry),
          after: await hashOf(office),
        },
      ],
    }),
    means: (broken) => (broken.some((name) => OFFICE_RACES.includes(name)) ? false : null),
  })
}

/** What is entered otherwise than the pack has it: the rest goes on to follow the pack. */
function differing(office: OfficeEntry, fromPack: OfficeEntry) {
  const same = (part: keyof OfficeEntry) =>
    JSON.stringify(office[part]) === JSON.stringify(fromPack[part])
  return OfficeParts.partial().parse(
    Object.fromEntries(
      OfficeParts.keyof()
        .options.filter((part) => !same(part))
        .map((part) => [part, office[part]]),
    ),
  )
}
