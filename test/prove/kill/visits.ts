import { randomUUID } from 'node:crypto'
import { fileOf } from '../../helpers/files.ts'
import type { Deeds } from './deeds.ts'
import type { createConsole } from './office.ts'
import type { Crowd, Talker } from './talker.ts'
import { FILE } from './talker.ts'

/** How often somebody gives back a place, and how often a file is uploaded twice at once. */
const GIVES_BACK = 0.3
const UPLOADED_TWICE = 0.3
const LONGEST_ROUND = 8

/** Signs up for the event; some give their place back, so that the line moves up. */
export async function attend({ random }: Crowd, deeds: Deeds, person: Talker): Promise<void> {
  for (const line of ['活动', '云岩']) await person.say(line)
  const isFull = (await person.say('1')).includes('名额已经满了')
  const told = await person.say(isFull ? '我来排队' : '我要报名')
  const state = told.includes('报上了') ? 'going' : told.includes('排上队') ? 'waiting' : null
  if (state === null) throw new Error(`no place in: ${told.slice(0, 200)}`)
  deeds.signups.set(person, state)
  if (!random.chance(GIVES_BACK)) return
  // While it is on its way either may be true.
  deeds.signups.delete(person)
  await person.say('不去了，取消报名')
  deeds.signups.set(person, 'cancelled')
}

/** A round of the quiz, with whatever choice comes first. */
export async function practise(deeds: Deeds, person: Talker): Promise<void> {
  for (const line of ['测验', '1', '云岩区']) await person.say(line)
  for (let count = 1; count <= LONGEST_ROUND; count++) {
    const told = await person.say('1')
    if (!told.includes('这一轮答完了')) continue
    deeds.rounds.set(person, (deeds.rounds.get(person) ?? 0) + 1)
    return
  }
  throw new Error('a round of the quiz has no end')
}

/** Asks for a person, who answers and closes; `mark` is in what was asked, so that the office finds it. */
export async function askStaff(
  desk: ReturnType<typeof createConsole>,
  deeds: Deeds,
  person: Talker,
  mark: string,
): Promise<void> {
  await person.say('人工')
  await person.say(`${mark}：身份证丢了，临时的行不行`)
  const path = await desk.findHandoff(mark)
  const text = `${mark}的回话：临时身份证也可以。`
  const answerId = randomUUID()
  await desk.answerHandoff(path, answerId, text)
  deeds.answers.set(answerId, { to: person, text })
  await desk.closeHandoff(path)
  await person.say('菜单')
}

/** Two chats of one person become one by the yes of both. */
export async function joinChats(deeds: Deeds, maker: Talker, taker: Talker): Promise<void> {
  await maker.say('绑定')
  const code = /(\d{3}) (\d{3})/
    .exec(await maker.say('要一个代码'))
    ?.slice(1)
    .join('')
  if (code === undefined) throw new Error('no code to join by')
  await taker.say('绑定')
  await taker.say(code)
  if (!(await taker.say('同意')).includes('还差一步')) return
  if ((await maker.say('是我，合在一起')).includes('绑定好了')) deeds.joins.push({ maker, taker })
}

/** Sends papers for an application that is in, some of them twice at once, as a page does that gave up waiting. */
export async function sendPapers(
  crowd: Crowd,
  deeds: Deeds,
  person: Talker,
  number: string,
): Promise<void> {
  const { client, random, violations } = crowd
  await person.say('交材料')
  await person.say('1')
  for (let count = 1; count <= 2; count++) {
    const source = randomUUID()
    const sign = () => ({
      path: '/webhooks/web/files',
      headers: { authorization: `Bearer ${person.token}`, 'x-file-id': source },
      body: fileOf('png', source, 40_000),
    })
    const copies = [client.deliver(sign)]
    if (random.chance(UPLOADED_TWICE)) copies.push(client.deliver(sign))
    const ids = (await Promise.all(copies)).map(({ text }) => String(JSON.parse(text).file))
    const [id = ''] = ids
    if (new Set(ids).size > 1) {
      violations.push({ name: 'file-doubled', detail: `${ids.join(' and ')} are one upload` })
    }
    deeds.files.set(id, null)
    await person.say(`${FILE}${id}`)
    deeds.files.set(id, number)
  }
  await person.say('好了')
}
