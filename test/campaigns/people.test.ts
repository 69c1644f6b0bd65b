import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadReach } from '../../db/campaigns/figures.ts'
import { eraseCampaignPeople, mergeCampaignPeople } from '../../db/campaigns/people.ts'
import { Segment } from '../../db/campaigns/segments.ts'
import { insertCase } from '../../db/cases/cases.ts'
import { writeCampaign } from '../../src/campaigns/change-campaign.ts'
import { fillTraits } from '../../src/campaigns/fill-traits.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { CONTENT, createStaff, seedPeople } from '../helpers/campaigns.ts'
import { newCase, otherApplicant, prepareCases } from '../helpers/cases.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'

let world: TestWorld
beforeEach(async () => {
  world = await createWorld([createFakeChannel()])
})
afterEach(() => world.close())

async function write() {
  const author = await createStaff(world.deps, 's1')
  const input = { id: 'c1', title: '宣讲会', segment: {}, content: CONTENT }
  await writeCampaign(world.deps, author, input)
}

describe('what broadcasts know of a person', () => {
  const TABLES = [
    'campaign_recipients',
    'campaign_answers',
    'campaign_list_members',
    'contact_traits',
  ]

  async function leaveTraces(contact: string) {
    await world.db.write(
      [
        `INSERT INTO campaign_recipients VALUES ('c1', 'telegram', '${contact}', 'x')`,
        `INSERT INTO campaign_answers VALUES ('c1', '${contact}', 'apply', '2018')`,
        `INSERT OR IGNORE INTO campaign_lists VALUES ('l1', '名单', NULL, 's1', '2018')`,
        `INSERT INTO campaign_list_members VALUES ('l1', '${contact}')`,
      ].map((sql) => ({ sql, args: [] })),
    )
  }

  async function tracesOf(contact: string) {
    const counts = await world.db.read(
      TABLES.map((table) => ({
        sql: `SELECT count(*) FROM ${table} WHERE contact_id = ?`,
        args: [contact],
      })),
    )
    return counts.map((rows) => Number(rows[0]?.[0]))
  }

  it('goes with the person', async () => {
    await seedPeople(world.deps, 2)
    await write()
    await Promise.all(['p000001', 'p000002'].map(leaveTraces))
    await world.db.write(eraseCampaignPeople('p000001'))
    expect(await tracesOf('p000001')).toEqual([0, 0, 0, 0])
    expect(await tracesOf('p000002')).toEqual([1, 1, 1, 0])
  })

  it('is of one person once two contacts are', async () => {
    await seedPeople(world.deps, 2)
    await write()
    await Promise.all(['p000001', 'p000002'].map(leaveTraces))
    await world.db.write(mergeCampaignPeople('p000001', 'p000002'))
    expect(await tracesOf('p000001')).toEqual([0, 0, 0, 0])
    expect(await tracesOf('p000002')).toEqual([1, 1, 1, 0])
  })

  it('chooses people by what their application names, and by nothing that can be read', async () => {
    const revision = await prepareCases(world.db)
    const [mine, other] = [
      newCase(revision, 1, { contactId: 'p000001' }),
      newCase(revision, 2, { contactId: 'p000002', applicant: otherApplicant(2) }),
    ]
    await seedPeople(world.deps, 2)
    mine.answers = { ...mine.answers, keyGroups: ['veteran'], industry: 'tea' }
    other.answers = { ...other.answers, keyGroups: [], industry: 'herbs' }
    for (const one of [mine, other]) {
      await world.db.write(await insertCase(world.deps.vault, one))
    }
    expect(await fillTraits(world.deps)).toBe(2)
    expect(await fillTraits(world.deps)).toBe(0)
    const reach = async (segment: object) =>
      (
        await loadReach(
          world.db,
          world.deps.vault,
          Segment.parse(segment),
          { district: null },
          ['telegram'],
          world.deps.now(),
        )
      ).people
    expect(await reach({ groups: ['veteran'] })).toBe(1)
    expect(await reach({ groups: ['veteran', 'disabled'], interests: ['tea'] })).toBe(1)
    expect(await reach({ groups: ['veteran'], interests: ['herbs'] })).toBe(0)
    expect(await reach({ interests: ['tea', 'herbs'] })).toBe(2)
    expect(await reach({ districts: [mine.district] })).toBe(2)
    expect(await reach({ districts: ['kaiyang'], stages: [mine.event.to] })).toBe(0)
    const [traits = []] = await world.db.read([
      { sql: 'SELECT trait FROM contact_traits', args: [] },
    ])
    expect(JSON.stringify(traits)).not.toMatch(/veteran|tea|herbs/)
  })
})
