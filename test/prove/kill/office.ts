import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { identityNumber, numberIn } from '../../helpers/applicant.ts'
import { licensedLines } from './applicant.ts'
import { type Answer, ENDED, HOST, type Sent } from './client.ts'
import type { Deeds } from './deeds.ts'
import type { Office } from './seed.ts'
import { UNDO_SECONDS } from './server.ts'
import type { Crowd, Talker } from './talker.ts'

const IMPORTS = '/console/ledger/imports'
const IMPORTED = [
  'field:name',
  'field:identityNumber',
  'field:district',
  'reached:submitted',
  'reached:accepted',
]
const DISTRICT_MOVES = ['accept', 'begin-review', 'file']
const CITY_MOVES = ['publish', 'approve']
/** How often somebody presses a button twice. */
const PRESSED_TWICE = 0.08
/** How often a first move is a slip, and how long it takes to notice it: about as long as a notice waits. */
const SLIPS = 0.3
const NOTICED_MILLISECONDS = UNDO_SECONDS * 2000
const LOOK_MILLISECONDS = 120
const REDEEMED = /核销好了/

/** The console as staff use it: a form is pressed until there is an answer, some twice. */
export function createConsole(crowd: Crowd, deeds: Deeds, office: Office) {
  const { client, random } = crowd
  const isDone = ({ status }: Answer) => status === 303
  const send = async (cookie: string, sent: Sent, isTaken = isDone) => {
    const headers = { ...sent.headers, cookie, origin: `https://${HOST}` }
    const sign = () => ({ ...sent, headers })
    const answer = await client.deliver(sign, isTaken)
    if (random.chance(PRESSED_TWICE)) await client.once(sign())
    return answer
  }
  const post = (
    cookie: string,
    path: string,
    form: Record<string, string> | URLSearchParams,
    isTaken = isDone,
  ) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return send(cookie, { path, headers, body: String(new URLSearchParams(form)) }, isTaken)
  }
  /** Looks at a page until it says `what`. */
  const read = async (cookie: string, path: string, what: RegExp) => {
    for (;;) {
      await pause(LOOK_MILLISECONDS)
      const page = await client.once({ path, headers: { cookie }, body: '' }, 'GET')
      if (client.ended()) throw ENDED
      if (page !== null && what.test(page.text)) return
    }
  }

  return {
    /** The money of the year. */
    allot: () =>
      post(office.money, '/console/vouchers/budget', {
        amount: '900000',
        reason: '年度预算',
        key: 'budget-of-the-proof',
      }),

    /** Takes an application from its number to the approval; now and then the first move is taken back, if it still can be. */
    async approve(number: string): Promise<void> {
      const found = await post(office.district, '/console/cases/search', { q: number })
      const path = String(found.headers.location)
      let version = 1
      const move = async (cookie: string, id: string) => {
        await post(cookie, `${path}/move`, { move: id, version: String(version++) })
      }
      for (const id of DISTRICT_MOVES) {
        await move(office.district, id)
        if (id === DISTRICT_MOVES[0] && random.chance(SLIPS)) {
          await pause(random.next() * NOTICED_MILLISECONDS)
          const isAnswered = ({ status }: Answer) => status === 303 || status === 409
          const form = { version: String(version) }
          const { status } = await post(office.district, `${path}/undo`, form, isAnswered)
          deeds.slips.push({ number, isUndone: status === 303 })
          if (status === 303) {
            version++
            await move(office.district, id)
          }
        }
        deeds.moves.push({ number, move: id })
      }
      for (const id of CITY_MOVES) {
        await move(office.city, id)
        deeds.moves.push({ number, move: id })
      }
    },

    /** Issues a voucher; its number, or null where there is no money left. */
    async issue(caseNumber: string): Promise<string | null> {
      const form = {
        whom: 'list',
        numbers: caseNumber,
        kind: 'bookkeeping',
        limit: '50',
        key: randomUUID(),
      }
      const done = await post(
        office.city,
        '/console/vouchers/issue',
        form,
        ({ status }) => status === 200,
      )
      const number = /DZQ\d\d-\d{6}/.exec(done.text)?.[0] ?? null
      if (number !== null) deeds.vouchers.set(number, caseNumber)
      return number
    },

    /** From the code to the last part, each step agreed to in the chat. */
    async redeem(number: string, holder: Talker): Promise<void> {
      const code = /[2-9A-Z]{4}(-[2-9A-Z]{4}){3}/.exec(await holder.say('我的电子券'))?.[0]
      if (code === undefined) return
      const counter = random.pick(office.counters)
      const lock = { code, title: '全年代理记账', total: '1000', how: 'chat', key: randomUUID() }
      await post(counter, '/console/redeem/lock', lock)
      await holder.say('我的电子券')
      await holder.say('同意')
      const last = { amount: '500', last: '1', how: 'chat', key: randomUUID() }
      await post(counter, `/console/redeem/${number}/redeem`, last)
      await holder.say('我的电子券')
      const told = await holder.say('同意')
      if (REDEEMED.test(told)) deeds.redeemed.push(number)
      else deeds.notRedeemed.set(number, told)
    },

    /** Finds who waits by a word of theirs; the path of their hand-off. */
    async findHandoff(word: string): Promise<string> {
      const inbox = '/console/inbox/search'
      const list = await post(office.agent, inbox, { words: word }, ({ status }) => status === 200)
      const path = /\/console\/inbox\/(?!search)[^"?]{8,}/.exec(list.text)?.[0]
      if (path === undefined) throw new Error(`nobody waits who said ${word}`)
      return path
    },

    async answerHandoff(path: string, answerId: string, text: string): Promise<void> {
      await post(office.agent, `${path}/answer`, { answerId, text })
    },

    async closeHandoff(path: string): Promise<void> {
      const isClosed = ({ status }: Answer) => status === 303 || status === 409
      await post(office.agent, `${path}/close`, {}, isClosed)
    },

    /** Brings a ledger on paper in, from the file to its last line. */
    async importLedger(people: readonly number[]): Promise<void> {
      const table = people.map((person) =>
        ['李小茶', identityNumber(person), '云岩区', '2018-03-05', '2018-03-09'].join(','),
      )
      const csv = ['姓名,身份证,区县,已提交,已受理', ...table].join('\n')
      const edge = randomUUID()
      const disposition = 'Content-Disposition: form-data; name="file"; filename="ledger.csv"'
      const uploaded = await send(office.city, {
        path: IMPORTS,
        headers: { 'content-type': `multipart/form-data; boundary=${edge}` },
        body: `--${edge}\r\n${disposition}\r\n\r\n${csv}\r\n--${edge}--\r\n`,
      })
      const path = String(uploaded.headers.location)
      const columns = IMPORTED.map((column) => ['column', column])
      await post(office.city, `${path}/check`, new URLSearchParams(columns))
      await read(office.city, path, /\/run"/)
      await post(office.city, `${path}/run`, {})
      await read(office.city, path, /文件内容已经删掉/)
      deeds.imports.set(String(path.split('/').at(-1)), people.length)
    },

    /** A broadcast, by one and approved by another where it reaches many; its mark stands in its text. */
    async broadcast(mark: string): Promise<void> {
      const id = randomUUID()
      const form = {
        id,
        title: mark,
        zh: `${mark}：下周三上午讲扶持政策，欢迎来听。`,
        en: `${mark}: come and hear about the support plan.`,
        channels: 'telegram',
      }
      await post(office.author, '/console/campaigns', form)
      const done = ({ status }: Answer) => [303, 400, 409].includes(status)
      const path = `/console/campaigns/${id}`
      await post(office.author, `${path}/submit`, { version: '1', startsAt: '' }, done)
      await post(office.approver, `${path}/approve`, { version: '2' }, done)
      deeds.campaigns.push(id)
    },
  }
}

/** One applicant's way through the office, from the greeting to the redemption where their channel shows a code. */
export async function liveOnce(
  desk: ReturnType<typeof createConsole>,
  deeds: Deeds,
  holder: Talker,
  person: number,
): Promise<void> {
  let answer = ''
  for (const line of licensedLines(person)) answer = await holder.say(line)
  const number = numberIn(answer)
  if (number === null) throw new Error(`no number in: ${answer.slice(0, 200)}`)
  deeds.applications.set(number, holder)
  await desk.approve(number)
  const voucher = await desk.issue(number)
  const { channel } = holder.address
  if (voucher !== null && (channel === 'web' || channel === 'wechat')) {
    await desk.redeem(voucher, holder)
  }
}
