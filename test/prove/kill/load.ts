import { setTimeout as pause } from 'node:timers/promises'
import type { FakeBotApi } from '../../fakes/bot-api.ts'
import type { FakeWechatKf } from '../../fakes/wechat-kf.ts'
import type { FakeWechatMp } from '../../fakes/wechat-mp.ts'
import { applicationLines, numberIn } from '../../helpers/applicant.ts'
import { QUESTIONS } from './applicant.ts'
import { ENDED } from './client.ts'
import type { Clock } from './clock.ts'
import type { Deeds } from './deeds.ts'
import { createPerson, type Network } from './networks.ts'
import { createConsole, liveOnce } from './office.ts'
import type { Office } from './seed.ts'
import type { Crowd } from './talker.ts'
import { askStaff, attend, joinChats, practise, sendPapers } from './visits.ts'

/** Who is there at once: people who apply and ask, and applicants whom the office carries to the end. */
const APPLY: readonly Network[] = [
  'web',
  'web',
  'web',
  'telegram',
  'telegram',
  'wechat-mp',
  'wechat',
  'wechat-kf',
  'wechat-kf',
]
const LIVE: readonly Network[] = ['web', 'wechat', 'telegram', 'wechat-mp', 'wechat-kf']
/** One after another on each of these: an event, a quiz, a hand-off, a joining of two chats. */
const VISIT: readonly Network[] = ['web', 'telegram', 'wechat-mp', 'wechat']
/** The first is early, so that a short proof has one too. */
const FIRST_BROADCAST_MILLISECONDS = 1500
const BROADCAST_MILLISECONDS = 25_000
const LEDGER_MILLISECONDS = 20_000
/** People on paper, each of them nobody else's number. */
const LEDGER_PEOPLE = 60
const FIRST_ON_PAPER = 99_999
/** Where nothing else is said, people read at most for this long before they type. */
const THINK_MILLISECONDS = 40

/** Begins the mixed load; resolves once all of it has stopped, rejects where a script went astray. */
export async function runLoad(world: {
  crowd: Crowd
  clock: Clock
  botApi: FakeBotApi
  mp: FakeWechatMp
  kf: FakeWechatKf
  office: Office
  deeds: Deeds
  /** People read before they type: at most so many milliseconds. */
  thinking?: number
}): Promise<void> {
  const { crowd, deeds } = world
  const desk = createConsole(crowd, deeds, world.office)
  let people = 0

  const thinking = async (person: Awaited<ReturnType<typeof createPerson>>) => {
    const { say } = person
    person.say = async (text) => {
      await pause(crowd.random.next() * (world.thinking ?? THINK_MILLISECONDS))
      return say(text)
    }
    return person
  }
  const arrive = async (network: Network) => {
    const number = ++people
    return { number, person: await thinking(await createPerson(world, network, number)) }
  }

  const apply = async (network: Network) => {
    for (;;) {
      const { number, person } = await arrive(network)
      let answer = ''
      for (const line of applicationLines(number)) answer = await person.say(line)
      const told = numberIn(answer)
      if (told === null) throw new Error(`no number in: ${answer.slice(0, 200)}`)
      deeds.applications.set(told, person)
      for (let count = 0; count < 6; count++) await person.say(crowd.random.pick(QUESTIONS))
    }
  }
  const live = async (network: Network) => {
    for (;;) {
      const { number, person } = await arrive(network)
      await liveOnce(desk, deeds, person, number)
    }
  }
  const visit = async (network: Network) => {
    for (;;) {
      await attend(crowd, deeds, (await arrive(network)).person)
      await practise(deeds, (await arrive(network)).person)
      const { number, person } = await arrive(network)
      await askStaff(desk, deeds, person, `第${number}问`)
      const [maker, taker] = [await arrive('web'), await arrive(network)]
      await joinChats(deeds, maker.person, taker.person)
    }
  }
  const upload = async () => {
    for (;;) {
      const { number, person } = await arrive('web')
      let answer = ''
      for (const line of applicationLines(number)) answer = await person.say(line)
      const told = numberIn(answer) ?? ''
      deeds.applications.set(told, person)
      await sendPapers(crowd, deeds, person, told)
    }
  }
  const bringIn = async () => {
    for (let last = FIRST_ON_PAPER; ; last -= LEDGER_PEOPLE) {
      await desk.importLedger(Array.from({ length: LEDGER_PEOPLE }, (_, at) => last - at))
      await wait(LEDGER_MILLISECONDS)
    }
  }
  const wait = async (milliseconds: number) => {
    for (let left = milliseconds; left > 0; left -= 250) {
      if (crowd.client.ended()) throw ENDED
      await pause(250)
    }
  }
  const broadcast = async () => {
    for (let count = 1; ; count++) {
      await wait(count === 1 ? FIRST_BROADCAST_MILLISECONDS : BROADCAST_MILLISECONDS)
      await desk.broadcast(`第${count}期`)
    }
  }

  const actors = [
    ...APPLY.map(apply),
    ...LIVE.map(live),
    ...VISIT.map(visit),
    upload(),
    bringIn(),
    broadcast(),
    desk.allot(),
  ]
  await Promise.all(
    actors.map((actor) =>
      actor.catch((error: unknown) => {
        if (error !== ENDED) throw error
      }),
    ),
  )
}
