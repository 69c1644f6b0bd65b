import { setTimeout as pause } from 'node:timers/promises'
import type { FakeBotApi } from '../../fakes/bot-api.ts'
import type { FakeWechatKf } from '../../fakes/wechat-kf.ts'
import type { FakeWechatMp } from '../../fakes/wechat-mp.ts'
import { applicationLines, numberIn } from '../../helpers/applicant.ts'
import { QUESTIONS } from './applicant.ts'
import { ENDED } from './client.ts'
import type { Clock } from './clock.ts'
import { createPerson, type Network } from './networks.ts'
import { createConsole, type Deeds, liveOnce } from './office.ts'
import type { Office } from './seed.ts'
import type { Crowd } from './talker.ts'

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
/** The first is early, so that a short proof has one too. */
const FIRST_BROADCAST_MILLISECONDS = 1500
const BROADCAST_MILLISECONDS = 25_000
/** People read before they type: at most this. */
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
}): Promise<void> {
  const { crowd, deeds } = world
  const desk = createConsole(crowd, deeds, world.office)
  let people = 0

  const thinking = async (person: Awaited<ReturnType<typeof createPerson>>) => {
    const { say } = person
    person.say = async (text) => {
      await pause(crowd.random.next() * THINK_MILLISECONDS)
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
  const wait = async (milliseconds: number) => {
    for (let left = milliseconds; left > 0 && !crowd.client.ended(); left -= 250) await pause(250)
  }
  const broadcast = async () => {
    for (let count = 1; ; count++) {
      await wait(count === 1 ? FIRST_BROADCAST_MILLISECONDS : BROADCAST_MILLISECONDS)
      await desk.broadcast(`第${count}期`)
    }
  }

  const actors = [...APPLY.map(apply), ...LIVE.map(live), broadcast(), desk.allot()]
  await Promise.all(
    actors.map((actor) =>
      actor.catch((error: unknown) => {
        if (error !== ENDED) throw error
      }),
    ),
  )
}
