import type { StaffRole } from '../../db/staff/roles.ts'

/** All that can be done in the console; a route names exactly one. */
export type Action =
  | 'own-account'
  | 'inbox.read'
  | 'inbox.answer'
  | 'inbox.reveal'
  | 'cases.read'
  | 'cases.reveal'
  | 'cases.files'
  | 'cases.decide'
  | 'cases.amend'
  | 'cases.work'
  | 'misses.read'
  | 'answers.read'
  | 'answers.write'
  | 'answers.publish'
  | 'notices.read'
  | 'notices.change'
  | 'campaigns.read'
  | 'campaigns.write'
  | 'campaigns.approve'
  | 'events.read'
  | 'events.write'
  | 'events.plan'
  | 'offices.read'
  | 'offices.write'
  | 'quizzes.read'
  | 'quizzes.write'
  | 'dashboard.read'
  | 'ledger.read'
  | 'ledger.export'
  | 'ledger.import'
  | 'disclosures.read'
  | 'disclosures.agree'
  | 'vouchers.read'
  | 'vouchers.files'
  | 'vouchers.review'
  | 'vouchers.issue'
  | 'vouchers.budget'
  | 'vouchers.providers'
  | 'vouchers.pay'
  | 'vouchers.settle'
  | 'vouchers.redeem'
  | 'vouchers.claim'
  | 'funds.read'
  | 'funds.move'
  | 'funds.agree'
  | 'funds.account'
  | 'audit.read'
  | 'api.read'
  | 'api.change'
  | 'staff.read'
  | 'staff.change'
  | 'tipoffs.read'
  | 'tipoffs.work'

/** Applications as those see them who decide on them; which move is whose is data of the programme. */
const CASES = ['cases.read', 'cases.reveal', 'cases.files', 'cases.decide', 'cases.work'] as const

/** What we sent of our own accord, and to send it again. */
const NOTICES = ['notices.read', 'notices.change'] as const

/** How the year goes, and its ledger. */
const LEDGER = ['dashboard.read', 'ledger.read', 'ledger.export'] as const

/** What takes a second person, since it gives out many people at once: to ask for it, and to agree. */
const DISCLOSURES = ['disclosures.read', 'disclosures.agree'] as const

/** E-vouchers as the office sees them. */
const VOUCHERS = ['vouchers.read', 'vouchers.settle'] as const

/** Money by level; its statements go with it. */
const FUNDS = ['funds.read'] as const

/** Broadcasts; nobody approves their own. */
const CAMPAIGNS = ['campaigns.read', 'campaigns.write', 'campaigns.approve'] as const

/** Events on the spot; the plan of the year is the city's. */
const EVENTS = ['events.read', 'events.write'] as const

/** Where the offices are: a district enters its own. */
const OFFICES = ['offices.read', 'offices.write'] as const

/** What the bot answers: who writes proposes, who publishes decides. */
const WRITERS = ['misses.read', 'answers.read', 'answers.write'] as const
const PUBLISHERS = [...WRITERS, 'answers.publish'] as const

/**
 * Who may do what. An auditor reads everything and changes nothing; whoever decides on money does not
 * look after accounts. Rows are limited further by district (db/staff/district.ts).
 */
const permissions: Readonly<Record<StaffRole, readonly Action[]>> = {
  'district-reviewer': [
    'own-account',
    ...LEDGER,
    ...DISCLOSURES,
    'ledger.import',
    ...VOUCHERS,
    'vouchers.files',
    ...FUNDS,
    'funds.account',
    'vouchers.review',
    ...CASES,
    'cases.amend',
    ...NOTICES,
    'campaigns.read',
    'campaigns.write',
    ...EVENTS,
    ...OFFICES,
    'inbox.read',
    'inbox.answer',
    'inbox.reveal',
  ],
  'city-reviewer': [
    'own-account',
    ...LEDGER,
    ...DISCLOSURES,
    'ledger.import',
    ...VOUCHERS,
    'vouchers.files',
    ...FUNDS,
    'funds.agree',
    'funds.account',
    'vouchers.review',
    'vouchers.issue',
    'vouchers.providers',
    ...CASES,
    'cases.amend',
    ...NOTICES,
    ...CAMPAIGNS,
    'events.read',
    ...OFFICES,
    'quizzes.read',
    'inbox.read',
    'inbox.answer',
    'inbox.reveal',
    ...PUBLISHERS,
  ],
  finance: [
    'own-account',
    ...CASES,
    ...LEDGER,
    ...DISCLOSURES,
    ...VOUCHERS,
    'vouchers.files',
    ...FUNDS,
    'funds.move',
    'funds.agree',
    'funds.account',
    'vouchers.budget',
    'vouchers.pay',
  ],
  publicity: [
    'own-account',
    'dashboard.read',
    ...CAMPAIGNS,
    ...EVENTS,
    'events.plan',
    ...OFFICES,
    'quizzes.read',
    'quizzes.write',
    ...PUBLISHERS,
  ],
  agent: [
    'own-account',
    'cases.read',
    ...NOTICES,
    'offices.read',
    'inbox.read',
    'inbox.answer',
    ...WRITERS,
  ],
  provider: ['own-account', 'vouchers.settle', 'vouchers.redeem', 'vouchers.claim'],
  auditor: [
    'own-account',
    'dashboard.read',
    'ledger.read',
    'disclosures.read',
    ...VOUCHERS,
    'vouchers.files',
    ...FUNDS,
    'cases.read',
    'cases.reveal',
    'cases.files',
    'inbox.read',
    'inbox.reveal',
    'misses.read',
    'answers.read',
    'notices.read',
    'campaigns.read',
    'events.read',
    'offices.read',
    'quizzes.read',
    'audit.read',
    'staff.read',
    'api.read',
  ],
  admin: [
    'own-account',
    'dashboard.read',
    ...VOUCHERS,
    ...FUNDS,
    'vouchers.providers',
    'cases.read',
    ...NOTICES,
    ...CAMPAIGNS,
    'events.read',
    ...OFFICES,
    'quizzes.read',
    'inbox.read',
    'inbox.answer',
    ...PUBLISHERS,
    ...DISCLOSURES,
    'audit.read',
    'staff.read',
    'staff.change',
    'api.read',
    'api.change',
  ],
  // Nothing of anybody's work: whoever reads what is told of colleagues decides on nothing and looks after no account.
  supervision: ['own-account', 'tipoffs.read', 'tipoffs.work'],
}

/** True where somebody of this role may do it. */
export function may(staff: { role: StaffRole }, action: Action): boolean {
  return permissions[staff.role].includes(action)
}
