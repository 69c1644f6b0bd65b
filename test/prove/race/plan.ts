import fc from 'fast-check'
import { applicationLines } from '../../helpers/applicant.ts'

/** What anybody may say at any place of a conversation. */
const ANYTIME = [
  '/start',
  '菜单',
  '返回',
  '帮助',
  '取消',
  '钱多少',
  '1',
  '2',
  '我要申请',
  '我的申请',
  '同意',
  '跳过',
  '找人工',
  'English',
  '提交',
] as const

/** One arrival of an event at one of the two instances. */
type Delivery = {
  /** Which of the person's events. */
  event: number
  instance: 0 | 1
  /** It leaves only once all that the person sent before is acknowledged. */
  waits: boolean
}

/** One person: how far they have come, what they say next, and how the network brings it. */
export type PersonPlan = {
  channel: 'web' | 'telegram' | 'wechat-mp'
  /** Lines of the application that lie behind, said in peace. */
  depth: number
  /** Numbers are lines of the application from `depth` on, words are said as they are. */
  says: readonly (number | string)[]
  deliveries: readonly Delivery[]
}

/** `twins`: the second person applies with the identity number of the first. */
export type Plan = {
  /** Which instances keep one person's events apart by themselves; the others, as on Workers, do not. */
  inTurn: readonly [boolean, boolean]
  twins: boolean
  people: readonly PersonPlan[]
}

const LAST = applicationLines(1).length

const delivery: fc.Arbitrary<Delivery> = fc.record({
  event: fc.nat({ max: 3 }),
  instance: fc.constantFrom(0 as const, 1 as const),
  waits: fc.boolean(),
})

const person: fc.Arbitrary<PersonPlan> = fc.record({
  channel: fc.constantFrom('web' as const, 'telegram' as const, 'wechat-mp' as const),
  depth: fc.oneof(fc.constant(0), fc.constantFrom(LAST - 1, LAST - 2), fc.nat({ max: LAST - 1 })),
  says: fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.nat({ max: 2 }) },
      { weight: 2, arbitrary: fc.constantFrom(...ANYTIME) },
    ),
    { minLength: 1, maxLength: 4 },
  ),
  deliveries: fc.array(delivery, { minLength: 1, maxLength: 7 }),
})

/** Plans of one or two people, small enough to be read once they are shrunk. */
export const plan: fc.Arbitrary<Plan> = fc.record({
  inTurn: fc.tuple(fc.boolean(), fc.boolean()),
  twins: fc.boolean(),
  people: fc.array(person, { minLength: 1, maxLength: 2 }),
})

/** What the events of a person say. `number`: whose application it is. */
export function linesOf({ depth, says }: PersonPlan, number: number): string[] {
  const lines = applicationLines(number)
  return says.map((said) => (typeof said === 'number' ? (lines[depth + said] ?? '提交') : said))
}
