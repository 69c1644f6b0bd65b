import { createAdmin } from '../../../src/staff/first-admin.ts'
import { handIn } from '../../helpers/desk.ts'
import { signInAs } from '../../helpers/staff.ts'
import { nextTotpOf, totpOf } from '../../helpers/totp.ts'
import type { Visitor } from '../../helpers/visitor.ts'
import type { OneTime, Stage } from './stage.ts'

const PASSWORD = 'correct horse battery'
const EMAIL = 'anna@example.gov.cn'
const CONFLICT = /别人|已经|刷新|同意过/

const adminLink = async ({ world }: Stage) =>
  (await createAdmin(world.deps, { name: 'Anna', email: EMAIL })) ?? ''
/** Somebody whose account is set up, with what their authenticator and their paper say. */
async function setUp(stage: Stage) {
  const visitor = stage.browser()
  const { text } = await visitor.ask(await adminLink(stage), { password: PASSWORD })
  const uri = (/name="uri" value="([^"]+)"/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&')
  const backup = /name="backupCodes" value="([^" ]+)/.exec(text)?.[1] ?? ''
  await visitor.ask('/console/set-up/code', { code: totpOf(uri), uri, backupCodes: '' })
  return { uri, backup }
}
/** Two browsers that have typed the password. */
async function atTheSecondFactor(stage: Stage) {
  const both = [stage.browser(), stage.browser()]
  for (const one of both) await one.ask('/console/sign-in', { email: EMAIL, password: PASSWORD })
  return both
}
const enter = async (browser: Visitor | undefined, code: string) => {
  const answer = await browser?.ask('/console/sign-in/code', { code })
  return { done: answer?.status === 303, words: answer?.text ?? '' }
}

/** One-time things of staff: links, digits, agreements. */
export const OF_STAFF: readonly OneTime[] = [
  {
    what: 'the link that sets a password',
    tables: ['staff_links'],
    refusal: /用过|失效|过期/,
    begin: async (stage) => {
      const link = await adminLink(stage)
      return async (nth) => {
        const { status, text } = await stage.browser().ask(link, { password: `${PASSWORD} ${nth}` })
        return { done: status === 200, words: text }
      }
    },
  },
  {
    what: 'the digits of an authenticator',
    tables: ['staff_verifications'],
    refusal: /刚才用过了/,
    begin: async (stage) => {
      const { uri } = await setUp(stage)
      const both = await atTheSecondFactor(stage)
      const digits = nextTotpOf(uri)
      return (nth) => enter(both[nth], digits)
    },
  },
  {
    what: 'a backup code',
    tables: ['staff_two_factors'],
    refusal: /不对|用过/,
    begin: async (stage) => {
      const { backup } = await setUp(stage)
      const both = await atTheSecondFactor(stage)
      return (nth) => enter(both[nth], backup)
    },
  },
  {
    what: 'the agreement of a second administrator',
    tables: ['staff_asks'],
    refusal: CONFLICT,
    begin: async ({ world, browser, rows }) => {
      const { deps } = world
      const [first, second, third, member] = [
        await signInAs(deps, 'admin'),
        await signInAs(deps, 'admin'),
        await signInAs(deps, 'admin'),
        await signInAs(deps, 'agent'),
      ]
      const as = (cookie: string) => {
        const visitor = browser()
        const [name = '', value = ''] = cookie.split(/=(.*)/s)
        visitor.jar.set(name, value)
        return visitor
      }
      const page = `/console/staff/${member.id}`
      await as(first.cookie).ask(`${page}/link`, {})
      const ask = String((await rows('SELECT id FROM staff_asks'))[0]?.[0])
      const others = [second, third].map(({ cookie }) => as(cookie))
      return async (nth) => {
        const answer = await others[nth]?.ask(`${page}/agree`, { ask })
        return { done: (answer?.status ?? 500) < 400, words: answer?.text ?? '' }
      }
    },
  },
  {
    what: 'a permission to take a whole ledger',
    tables: ['disclosures'],
    refusal: /取过|用过|过期|已经/,
    begin: async ({ world, browser }) => {
      const { id, cookie } = await signInAs(world.deps, 'city-reviewer')
      const other = await signInAs(world.deps, 'city-reviewer')
      await handIn(world, 1)
      const at = world.deps.now()
      await world.db.write([
        {
          sql: `INSERT INTO disclosures (id, kind, staff_id, scope, people, reason, asked_at, expires_at, agreed_by, agreed_at, agreements)
            VALUES ('grant', 'ledger', ?, '{"year":2018}', 21, '核对台账数字', ?, ?, ?, ?, 1)`,
          args: [id, at, new Date(Date.parse(at) + 3_600_000).toISOString(), other.id, at],
        },
      ])
      const [name = '', value = ''] = cookie.split(/=(.*)/s)
      return async () => {
        const visitor = browser()
        visitor.jar.set(name, value)
        const form = {
          year: '2018',
          district: '',
          full: '1',
          as: 'csv',
          reason: '',
          disclosure: 'grant',
        }
        const { status, text } = await visitor.ask('/console/ledger/export', form)
        return { done: status === 200, words: text }
      }
    },
  },
]
