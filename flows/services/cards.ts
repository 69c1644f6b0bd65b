import type { TurnContext } from '../engine/context.ts'
import { say } from '../engine/define.ts'
import type { Effect, QuickReply, Text } from '../engine/types.ts'
import { tellOffices } from '../programme/office-card.ts'
import { integrityOf } from '../programme/tip-off.ts'

type Card = (ctx: TurnContext) => readonly Effect[]

const PERSON: QuickReply = { value: '!person', label: { key: 'service.labelPerson' } }
const MENU: QuickReply = { value: '!menu', label: { key: 'service.labelMenu' } }
const STATUS: QuickReply = { value: '!status', label: { key: 'service.labelStatus' } }
const APPLY: QuickReply = { value: '!apply', label: { key: 'service.labelApply' } }
const EVENTS: QuickReply = { value: '!events', label: { key: 'service.labelEvents' } }
const MY_DATA: QuickReply = { value: '!my-data', label: { key: 'service.labelMyData' } }
const DOCUMENTS: QuickReply = { value: '!documents', label: { key: 'service.labelDocuments' } }
const LOOK_UP: QuickReply = { value: '!case-lookup', label: { key: 'service.labelCaseLookup' } }
const CONSENT: QuickReply = {
  value: '!my-data:withdraw',
  label: { key: 'service.labelWithdrawConsent' },
}
const TIP_OFF: QuickReply = { value: '!tip-off', label: { key: 'service.labelTipOff' } }
const IDENTITY_THEFT: QuickReply = {
  value: '!service:identity-theft',
  label: { key: 'service.labelIdentityTheft' },
}
/** The case is withdrawn where it is shown. */
const WITHDRAW: QuickReply = { value: '!status', label: { key: 'service.labelWithdrawCase' } }

/** A few words, and what can be done next. */
function telling(text: Text | readonly Text[], ...quickReplies: QuickReply[]): Card {
  return () => [say(text, { quickReplies })]
}

/** What is said of matters that need no questions, by their name in `!service:…`. */
export const CARDS: Readonly<Record<string, Card>> = {
  // Nothing to choose from under these: the numbers come first, and staff are called with the words that follow.
  distress: () => [say({ key: 'service.distress' })],
  threat: () => [say({ key: 'service.threat' })],
  emergency: telling({ key: 'service.emergency' }, PERSON),
  scam: telling({ key: 'service.scam' }, PERSON, TIP_OFF),
  minor: telling({ key: 'service.minor' }, PERSON),
  // What was said of somebody's doings is for supervision alone.
  'tip-off': (ctx) => [
    { type: 'apart' },
    say([{ key: 'service.tipOff' }, ...integrityOf(ctx)], { quickReplies: [TIP_OFF] }),
  ],
  papers: ({ programme, locale }) => {
    const papers = programme[locale].papers ?? []
    const list = papers.map((name) => `· ${name}`).join('\n')
    return [
      say(
        papers.length === 0
          ? { key: 'service.papersNone' }
          : { key: 'service.papers', params: { list } },
        { quickReplies: [DOCUMENTS, APPLY, PERSON] },
      ),
    ]
  },
  'withdraw-case': telling({ key: 'service.withdrawCase' }, WITHDRAW, CONSENT, MENU),
  office: (ctx) => [tellOffices(ctx, null)],
  'large-print': telling({ key: 'service.largePrint' }, MENU),
  'numbers-only': telling({ key: 'service.numbersOnly' }, APPLY, STATUS, PERSON, MENU),
  'cannot-read': telling({ key: 'service.cannotRead' }, APPLY, PERSON, MENU),
  'who-are-you': telling({ key: 'policy.whoAreYou' }, PERSON, MENU),
  'is-real': telling({ key: 'service.isReal' }, PERSON, MENU),
  'is-free': telling({ key: 'service.isFree' }, APPLY, MENU),
  privacy: telling({ key: 'service.privacy' }, MY_DATA, MENU),
  other: telling({ key: 'service.other' }, LOOK_UP, PERSON, MENU),
  'identity-theft': telling({ key: 'service.identityTheft' }, PERSON, STATUS),
  'lost-card': telling({ key: 'service.lostCard' }, IDENTITY_THEFT, PERSON),
  complaint: telling({ key: 'service.complaint' }, STATUS, PERSON),
  simpler: telling({ key: 'service.simpler' }, PERSON, MENU),
  'bot-bad': telling({ key: 'service.botBad' }, PERSON, MENU),
  thanks: telling({ key: 'policy.thanks' }),
  bye: telling({ key: 'policy.goodbye' }),
  projects: telling({ key: 'service.projects' }, PERSON, MENU),
  bases: telling({ key: 'service.bases' }, PERSON, MENU),
  surveys: telling({ key: 'service.surveys' }, PERSON, EVENTS, MENU),
}
