import { afterEach, beforeEach, expect, it } from 'vitest'
import { attachToCase } from '../../db/cases/attachments.ts'
import { mergeSignups } from '../../db/events/signups.ts'
import { noticeAddress } from '../../db/outbox/address.ts'
import { loadPreferences } from '../../db/outbox/preferences.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import { dropFilter, listSavedFilters, saveFilter } from '../../db/staff/saved-filters.ts'
import { listOpenAsks } from '../../db/vouchers/consent-requests.ts'
import { caseMove } from '../../src/people/my-data/case-move.ts'
import { askRedeem } from '../../src/vouchers/consent-request.ts'
import { voucherWorldOf } from '../../src/vouchers/context.ts'
import { planDecision } from '../../src/vouchers/decide.ts'
import { answerVoucher } from '../../src/vouchers/flow/voucher.ts'
import { createStaff } from '../helpers/campaigns.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { seedEvent } from '../helpers/events.ts'
import { seedContract, seedProvider } from '../helpers/vouchers.ts'

/** What only a race or a forged word reaches is asked for here as somebody else, directly. */
let desk: Desk
beforeEach(async () => {
  desk = await createDesk()
})
afterEach(() => desk.world.close())

const run = (sql: string, ...args: (string | number | null)[]) =>
  desk.world.db.write([{ sql, args }])
const people = async (...ids: string[]) => {
  for (const id of ids) {
    await run("INSERT INTO contacts (id, locale, created_at) VALUES (?, 'zh-Hans', '2018')", id)
  }
}
const requester = (contactId: string) => ({
  contactId,
  address: { channel: 'web', id: contactId } as const,
  at: desk.world.deps.now(),
  network: null,
})
async function policyOf() {
  const { deps, db } = desk.world
  return deps.policies.load(String(await currentRevision(db, deps.programme)))
}

it('papers of a conversation that is gone go to no case of somebody else', async () => {
  await people('me', 'other')
  const { id: caseId } = await desk.handIn(1, { district: 'yunyan' })
  for (const contact of ['me', 'other']) {
    await run(
      `INSERT INTO attachments (id, source, channel, external_id, contact_id, document, status, mime, size, created_at)
        VALUES (?, ?, 'web', NULL, ?, 'identity-card', 'taken', 'image/png', 1, '2018')`,
      contact,
      contact,
      contact,
    )
  }
  const from = { channel: 'web', id: 'me' } as const
  await desk.world.db.write([attachToCase({ contactId: 'me', from }, caseId)])
  expect(await desk.column('SELECT id FROM attachments WHERE case_id = ?', caseId)).toEqual(['me'])
})

it('where two chats become one, their places at other events and the places of others stay', async () => {
  await people('me', 'twin', 'other')
  const { deps } = desk.world
  const ids: string[] = []
  for (let nth = 0; nth < 4; nth++) ids.push((await seedEvent(deps)).id)
  const [mineCame = '', otherCame = '', onlyMine = '', theirs = ''] = ids
  const places: [string, string, string, string | null][] = [
    ['me', mineCame, 'going', '2018-06-01T03:00:00.000Z'],
    ['twin', mineCame, 'going', null],
    ['other', mineCame, 'going', null],
    ['me', otherCame, 'going', null],
    ['twin', otherCame, 'going', null],
    ['other', otherCame, 'going', '2018-06-01T04:00:00.000Z'],
    ['me', onlyMine, 'going', null],
    ['twin', theirs, 'cancelled', null],
  ]
  for (const [index, [contact, event, state, came]] of places.entries()) {
    await run(
      `INSERT INTO event_signups (id, event_id, contact_id, state, number, signed_up_at, changed_at, told_sequence, checked_in_at)
        VALUES (?, ?, ?, ?, ?, '2018', '2018', 1, ?)`,
      `s${index}`,
      event,
      contact,
      state,
      index + 1,
      came,
    )
  }
  await desk.world.db.write(mergeSignups('me', 'twin'))
  const came = (contact: string) =>
    Promise.all(
      ids.map((event) =>
        desk.column(
          'SELECT coalesce(checked_in_at, state) FROM event_signups WHERE contact_id = ? AND event_id = ?',
          contact,
          event,
        ),
      ),
    )
  expect(await came('twin')).toEqual([
    ['2018-06-01T03:00:00.000Z'],
    ['going'],
    ['going'],
    ['cancelled'],
  ])
  expect(await came('other')).toEqual([['going'], ['2018-06-01T04:00:00.000Z'], [], []])
})

it('a notice goes to an address of the person, and only their channels are offered', async () => {
  await people('me', 'nowhere', 'other')
  const { db } = desk.world
  const address = `INSERT INTO addresses (channel, external_id, contact_id, created_at) VALUES (?, ?, ?, '2018')`
  await run(address, 'telegram', 't-other', 'other')
  await run(address, 'web', 'w-me', 'me')
  expect((await noticeAddress(db, 'me'))?.to).toEqual({ channel: 'web', id: 'w-me' })
  expect((await noticeAddress(db, 'other'))?.to).toEqual({ channel: 'telegram', id: 't-other' })
  expect(await noticeAddress(db, 'nowhere')).toBeNull()
  expect(await loadPreferences(db, 'me')).toMatchObject({ channels: ['web'] })
})

it('a kept filter is its owner’s to see and to drop', async () => {
  const { deps, db } = desk.world
  const [me, other] = [
    await createStaff(deps, 'me', 'city-reviewer'),
    await createStaff(deps, 'other', 'city-reviewer'),
  ]
  const filter = { name: '超时', query: '?tab=late', at: deps.now() }
  await db.write([saveFilter(me.id, '/console/cases', filter)])
  expect(await listSavedFilters(db, other.id, '/console/cases')).toEqual([])
  await db.write([dropFilter(other.id, '/console/cases', filter.name)])
  expect(await listSavedFilters(db, me.id, '/console/cases')).toMatchObject([{ name: '超时' }])
})

it('a case is withdrawn by nobody else', async () => {
  await people('me', 'other')
  const { number } = await desk.handIn(1, { district: 'yunyan', contactId: 'me' })
  const { deps } = desk.world
  const { pack } = await policyOf()
  const scene = { deps, pack, locale: 'zh-Hans' } as const
  const as = (contactId: string) =>
    caseMove({ ...scene, requester: requester(contactId) }, number, 'withdraw')
  expect(await as('other')).toBeNull()
  expect(await as('me')).not.toBeNull()
})

it('an e-voucher and what a provider asks are seen and answered by its holder alone', async () => {
  await people('other')
  const {
    deps,
    db,
    deps: { vault },
  } = desk.world
  const provider = await seedProvider(deps, 'p1')
  const { number, voucherId, contactId } = await seedContract(deps, provider)
  const vouchers = await voucherWorldOf(deps)
  if (vouchers === null) throw new Error('no vouchers')
  const form = { voucherId, amountFen: 50_000, last: false, key: 'r1' }
  const asked = await askRedeem(vouchers, provider, form)
  if (!asked.ok) throw new Error(asked.problem.kind)
  const policy = await policyOf()
  const at = deps.now()
  const ask = (who: string, question: Parameters<typeof answerVoucher>[3]) =>
    answerVoucher(deps, policy, requester(who), question, 'zh-Hans')
  const { id } = asked.ask
  expect(await ask('other', { kind: 'one', number })).toMatchObject({ kind: 'not-theirs' })
  expect(await ask(contactId, { kind: 'one', number })).toMatchObject({ kind: 'ask' })
  expect((await ask('other', { kind: 'ask', id })).kind).not.toBe('ask')
  expect((await ask(contactId, { kind: 'ask', id })).kind).toBe('ask')
  expect(await listOpenAsks(db, vault, 'other', at)).toEqual([])
  expect(await listOpenAsks(db, vault, contactId, at)).toHaveLength(1)
  for (const yes of [true, false]) {
    const decide = (who: string) => planDecision(vouchers, { askId: id, contactId: who, yes }, at)
    expect(await decide('other')).toMatchObject({ ok: false, problem: { kind: 'ask-closed' } })
    expect((await decide(contactId)).ok).toBe(true)
  }
})
