import { openFile } from '../../../db/core/client.node.ts'
import { saveProvider } from '../../../db/vouchers/providers.ts'
import { createWorld } from '../../helpers/app.ts'
import { seedEvent } from '../../helpers/events.ts'
import { signInAs } from '../../helpers/staff.ts'
import { creditCode } from './applicant.ts'
import { HOST } from './client.ts'
import type { Clock } from './clock.ts'

/** The cookies of those who work while the server dies. */
export type Office = {
  district: string
  city: string
  money: string
  /** At the counters of providers; each may look at 60 codes an hour. */
  counters: string[]
  /** At the inbox. */
  agent: string
  author: string
  approver: string
}

export const SESSION_SECRET = 'a session secret of the proof by killing'

const PROVIDERS = 16
/** Places at the one event that is coming. */
export const EVENT_PLACES = 40

/** Makes the database of a first start, with an office at work and providers of services. */
export async function seedOffice(path: string, clock: Clock): Promise<Office> {
  const db = openFile(path)
  const world = await createWorld([], { db, start: clock.iso() })
  const deps = {
    ...world.deps,
    sessionSecret: SESSION_SECRET,
    webUrl: () => `https://${HOST}`,
  }
  const cookieOf = async (role: Parameters<typeof signInAs>[1], district?: string) =>
    (await signInAs(deps, role, district)).cookie
  const counters: string[] = []
  for (let count = 1; count <= PROVIDERS; count++) {
    const provider = {
      id: `p${count}`,
      programme: deps.programme,
      name: `贵阳好账本${count}号店`,
      creditCode: creditCode(90_000 + count),
      services: ['bookkeeping'],
      at: deps.now(),
    }
    await db.write(await saveProvider(deps.vault, provider))
    const { id, cookie } = await signInAs(deps, 'provider')
    await db.write([
      { sql: 'UPDATE staff SET provider_id = ? WHERE id = ?', args: [provider.id, id] },
    ])
    counters.push(cookie)
  }
  await seedEvent(deps, { capacity: EVENT_PLACES })
  const office = {
    district: await cookieOf('district-reviewer', 'nanming'),
    city: await cookieOf('city-reviewer'),
    money: await cookieOf('finance'),
    counters,
    agent: await cookieOf('agent'),
    author: await cookieOf('publicity'),
    approver: await cookieOf('publicity'),
  }
  await world.close()
  return office
}
