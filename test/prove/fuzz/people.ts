import { putImage, settleImage } from '../../../db/campaigns/images.ts'
import { insertLink } from '../../../db/people/links.ts'
import { currentRevision } from '../../../db/policy/packs.ts'
import type { Address, ChannelType } from '../../../flows/engine/types.ts'
import { keepFile } from '../../../src/cases/attachments/keep-file.ts'
import { moveCaseNow } from '../../../src/cases/move-case.ts'
import { commit } from '../../../src/kernel/commit/commit.ts'
import { copyHash } from '../../../src/people/my-data/copy-link.ts'
import { planLink } from '../../../src/staff/links.ts'
import { identityNumber } from '../../helpers/applicant.ts'
import { seedCampaign } from '../../helpers/campaigns.ts'
import { pack, submit } from '../../helpers/cases.ts'
import { handIn, handInPaper } from '../../helpers/desk.ts'
import { seedEvent } from '../../helpers/events.ts'
import { fileOf } from '../../helpers/files.ts'
import { seedHandoff } from '../../helpers/handoff.ts'
import { seedMiss } from '../../helpers/misses.ts'
import { seedNotice } from '../../helpers/notice.ts'
import { codeOf, digitsNow, hire } from '../../helpers/staff-chat.ts'
import { createTalker } from '../../helpers/talk.ts'
import { PROVIDER, seedContract, seedPaper, seedProvider } from '../../helpers/vouchers.ts'
import { COMPLETE } from '../../programme/filled-form.ts'
import type { FuzzWorld } from './world.ts'

export const CHANNELS: readonly ChannelType[] = [
  'web',
  'telegram',
  'wechat-mp',
  'wechat',
  'terminal',
]

/** Where somebody is on a channel; WeChat's own ids have a prefix there. */
export function addressOf(channel: ChannelType, who: string): Address {
  return {
    channel,
    id: channel === 'wechat' ? `id:${who}` : channel === 'telegram' ? telegramId(who) : who,
  }
}

/** Telegram's people have numbers. */
function telegramId(who: string): string {
  let sum = 7
  for (const letter of who) sum = (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007
  return String(sum)
}

/** Everything that the console shows, some of each, in the district yunyan where it has one. */
export async function seedOffice(world: FuzzWorld, round: number): Promise<void> {
  const { deps } = world
  if (round === 0) await seedProvider(deps, 'p1')
  await world.db.write([{ sql: "UPDATE voucher_providers SET status = 'listed'", args: [] }])
  const provider = { ...PROVIDER, providerId: 'p1' }
  const { number } = await seedContract(deps, provider)
  await seedPaper(deps, number)
  for (let serial = 1000 + round * 3; serial < 1003 + round * 3; serial++) {
    await handIn(world, serial)
    await handInPaper(world, serial)
    await seedHandoff(deps, 'yunyan')
    await seedNotice(deps, 'yunyan')
    await seedMiss(deps, 'yunyan', `想问的事${serial}`)
    await seedCampaign(deps, 'yunyan')
    await seedEvent(deps, serial % 2 === 0 ? { draft: true } : {})
  }
  await straighten(world)
}

/**
 * Makes real cases of what the helpers write by hand: people of hand-offs have a row of a case, to be of a
 * district, and no case behind it; who has a voucher was granted it without a move.
 */
async function straighten(world: FuzzWorld): Promise<void> {
  await world.db.write([
    {
      sql: `UPDATE cases SET stage = 'submitted', outcome = NULL WHERE stage = 'approved' AND version = 1`,
      args: [],
    },
    {
      sql: `UPDATE cases SET stage = 'withdrawn', outcome = 'withdrawn'
        WHERE id NOT IN (SELECT case_id FROM case_events)`,
      args: [],
    },
  ])
}

/** One contact on every channel; gives it. `of`: whose contact it is, where there is one already. */
export async function seedPerson(world: FuzzWorld, who: string, of?: string): Promise<string> {
  const owner = of ?? (await sayHello(world, addressOf('web', who)))
  for (const channel of CHANNELS) {
    const from = addressOf(channel, who)
    await sayHello(world, from)
    await world.db.write(
      ['sessions', 'addresses'].map((table) => ({
        sql: `UPDATE ${table} SET contact_id = ?${table === 'sessions' ? ', version = version + 1' : ''} WHERE channel = ? AND external_id = ?`,
        args: [owner, from.channel, from.id],
      })),
    )
  }
  return owner
}

/** A voucher that its holder lets a provider keep for a contract; the holder's contact. */
export async function seedHolder(world: FuzzWorld): Promise<string> {
  const { contactId } = await seedContract(world.deps, { ...PROVIDER, providerId: 'p1' })
  await straighten(world)
  return contactId
}

async function sayHello(world: FuzzWorld, from: Address): Promise<string> {
  await createTalker(world, from).say('/start', `${from.channel}:${from.id}:hello`)
  const [rows = []] = await world.db.read([
    {
      sql: 'SELECT contact_id FROM addresses WHERE channel = ? AND external_id = ?',
      args: [from.channel, from.id],
    },
  ])
  return String(rows[0]?.[0])
}

/** A case of a contact that was returned for more papers; its number, and what proves it to be theirs. */
export async function seedReturned(world: FuzzWorld, contactId: string, serial: number) {
  const revision = (await currentRevision(world.db, world.deps.programme)) ?? ''
  const identity = identityNumber(serial)
  const mobile = `139${String(serial).padStart(8, '0')}`
  const { number } = await submit(world.db, revision, serial, {
    contactId,
    answers: COMPLETE,
    district: 'yunyan',
    applicant: { name: '王小明', identityNumber: identity, mobile, bankAccount: null },
  })
  const moved = await moveCaseNow(
    { ...world.deps, pack },
    {
      number,
      move: 'return',
      reasons: ['unreadable'],
      note: null,
      actor: { role: 'district-reviewer', name: '李丽' },
      missing: [
        { kind: 'field', id: 'mobile' },
        { kind: 'document', id: 'identity-card' },
      ],
    },
  )
  if (!moved.ok) throw new Error(JSON.stringify(moved.problem))
  return { number, lastSix: identity.slice(-6) }
}

/** Somebody of the office who works by chat, on Telegram, with the code and the digits given. */
export async function seedStaffChats(world: FuzzWorld, round: number): Promise<Address[]> {
  const chats: Address[] = []
  for (const role of [
    'district-reviewer',
    'publicity',
    'agent',
    'city-reviewer',
    'finance',
  ] as const) {
    const id = `chat-${role}-${round}`
    await hire(world, id, role, { district: role === 'district-reviewer' ? 'yunyan' : null })
    const from = addressOf('telegram', id)
    const talker = createTalker(world, from)
    await talker.say(`/staff ${await codeOf(world, id)}`)
    await talker.say(digitsNow(world, id))
    chats.push(from)
  }
  return chats
}

/** A photo that a page has uploaded and not spoken of yet; its id. */
export async function seedUpload(world: FuzzWorld, who: string): Promise<string> {
  const from = addressOf('web', who)
  const kept = await keepFile(world.deps, {
    source: `seed-${world.next()}`,
    channel: 'web',
    from,
    name: 'a.jpg',
    bytes: fileOf('jpeg', String(world.next())),
  })
  return kept.ok ? kept.id : 'none'
}

/** A picture of a broadcast, as staff put one in; its id. */
export async function seedPicture(world: FuzzWorld): Promise<string> {
  const { deps } = world
  const [rows = []] = await deps.db.read([{ sql: 'SELECT id FROM staff LIMIT 1', args: [] }])
  const id = `picture-${world.next()}`
  const bytes = fileOf('jpeg', id)
  const staffId = String(rows[0]?.[0])
  await putImage(deps, { id, mime: 'image/jpeg', bytes, staffId, at: deps.now() })
  await deps.db.write([settleImage(id)])
  return id
}

/** A one-time link of somebody's, to the copy of their data or to go on in another chat; its token. */
export async function makeLink(
  world: FuzzWorld,
  who: string,
  to: 'copy' | 'chat' = 'copy',
): Promise<string> {
  const { db, vault } = world.deps
  const token = `token-${world.next()}`
  const tokenHash =
    to === 'copy' ? await copyHash(world.deps, token) : await vault.index('link', token)
  const [rows = []] = await db.read([
    {
      sql: "SELECT contact_id FROM addresses WHERE channel = 'web' AND external_id = ?",
      args: [who],
    },
  ])
  const contactId = rows[0]?.[0]
  if (contactId == null) return token
  const carried = { flow: 'prescreen', input: { type: 'choice', value: '' } }
  const expiresAt = new Date(Date.parse(world.deps.now()) + 600_000).toISOString()
  await db.write(
    await insertLink(vault, {
      tokenHash,
      contactId: String(contactId),
      carried,
      expiresAt,
      from: { channel: 'web', id: who },
    }),
  )
  return token
}

/** The link by which somebody of the office sets a password, and that shuts nobody else out; its token. */
export async function makeSetUpLink(world: FuzzWorld): Promise<string> {
  const [rows = []] = await world.db.read([
    { sql: "SELECT id FROM staff WHERE id LIKE 'chat-%' LIMIT 1", args: [] },
  ])
  const made = { actor: 'fuzz', action: 'staff.link-made' } as const
  const plan = () => planLink(world.deps, String(rows[0]?.[0]), made)
  return (await commit(world.db, { plan })).split('/').at(-1) ?? ''
}
