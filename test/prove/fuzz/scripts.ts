import type { Address, Input } from '../../../flows/engine/types.ts'
import { applicationLines, identityNumber } from '../../helpers/applicant.ts'
import { seedEvent } from '../../helpers/events.ts'
import { createTalker } from '../../helpers/talk.ts'
import { addressOf, seedHolder, seedPerson, seedReturned } from './people.ts'
import type { FuzzWorld } from './world.ts'

/** Told after each turn, with the address it was on. */
type Note = (from: Address, who: string | null) => Promise<void>

/** Six digits, or what an answer says in their form. */
const CODE = /(\d{3}) (\d{3})/

/**
 * Plays the journeys that a walk along buttons would not find: forms filled to the end, numbers that must
 * fit a case, codes shown in another chat, an event that is over. Gives the people who then exist.
 */
export async function playScripts(world: FuzzWorld, round: number, note: Note): Promise<string[]> {
  const serial = 4000 + round * 10
  const name = (who: string) => `${who}-${round}`
  const say = async (who: string, ...lines: (Input | string)[]) => {
    const from = addressOf('web', who)
    const talker = createTalker(world, from)
    let answer = ''
    for (const line of lines) {
      answer = await talker.say(line, `web:${who}:script-${world.next()}`)
      await note(from, who)
    }
    return answer
  }
  const tap = (value: string): Input => ({ type: 'choice', value })
  const people = ['plain', 'filling', 'handed-in', 'returned', 'holder', 'other', 'third'].map(name)
  const [
    plain = '',
    filling = '',
    handedIn = '',
    returned = '',
    holder = '',
    other = '',
    third = '',
  ] = people
  for (const who of people) {
    if (who !== holder && who !== returned) await seedPerson(world, who)
  }
  const owner = await seedPerson(world, returned)
  await seedPerson(world, holder, await seedHolder(world))
  const { number, lastSix } = await seedReturned(world, owner, serial + 7)

  await say(plain, '钱多少', '查进度', tap('!case-lookup'), number, lastSix, '王小明')
  await say(plain, tap('!quiz'), tap('other'), tap('none'), ...Array<string>(8).fill('1'))
  await say(filling, ...applicationLines(serial).slice(0, -1))
  await say(handedIn, ...applicationLines(serial + 1))
  await say(returned, '补材料', '查进度', '我的资料')
  await say(handedIn, tap('!my-data:withdraw'), '1', '1')
  await attend(world, say, plain)

  const codeOf = async (who: string) =>
    (CODE.exec(await say(who, tap('!link:make')))?.slice(1) ?? []).join('')
  // A case needs a proof; two half-filled forms need a choice.
  await say(third, tap('!link'), await codeOf(handedIn), identityNumber(serial + 1).slice(-6))
  await say(other, ...applicationLines(serial + 2).slice(0, 8))
  await say(other, tap('!link'), await codeOf(filling))
  return people
}

/** Comes to an event and is asked for a mark when it is over. */
async function attend(
  world: FuzzWorld,
  say: (who: string, ...lines: (Input | string)[]) => Promise<string>,
  who: string,
) {
  const now = Date.parse(world.deps.now())
  const { key } = await seedEvent(world.deps, {
    startsAt: new Date(now - 600_000).toISOString(),
    endsAt: new Date(now + 600_000).toISOString(),
  })
  await say(who, `签到 ${key}`, { type: 'choice', value: 'walk-in' })
  world.tick(1200)
  await say(who, '我的活动', '打个分', { type: 'choice', value: 's:5' })
}
