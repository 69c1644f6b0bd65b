import type { MessageKey } from '../../locales/keys.ts'

/** `opens`: the value of a button that works at any time; `label`: what that button says. */
export type Service = { readonly opens: string; readonly label: MessageKey }

const card = (id: string) => `!service:${id}`

/**
 * Every service: where it leads, and the button that offers it. What changes or ends something (withdraw, delete, unlink)
 * leads to where it is asked for once more.
 */
const TABLE = {
  apply: { opens: '!apply', label: 'service.labelApply' },
  resume: { opens: '!apply', label: 'service.labelResume' },
  status: { opens: '!status', label: 'service.labelStatus' },
  supplement: { opens: '!supplement', label: 'service.labelSupplement' },
  documents: { opens: '!documents', label: 'service.labelDocuments' },
  payment: { opens: '!payment', label: 'payment.menu' },
  papers: { opens: card('papers'), label: 'service.labelPapers' },
  correct: { opens: '!my-data:correct', label: 'service.labelCorrect' },
  'withdraw-case': { opens: card('withdraw-case'), label: 'service.labelWithdrawCase' },
  'withdraw-consent': { opens: '!my-data:withdraw', label: 'service.labelWithdrawConsent' },
  vouchers: { opens: '!voucher', label: 'service.labelVouchers' },
  events: { opens: '!events', label: 'service.labelEvents' },
  'my-data': { opens: '!my-data', label: 'service.labelMyData' },
  'my-copy': { opens: '!my-data:copy', label: 'service.labelMyCopy' },
  erase: { opens: '!my-data:erase', label: 'service.labelErase' },
  link: { opens: '!link', label: 'service.labelLink' },
  unlink: { opens: '!link:list', label: 'service.labelUnlink' },
  notices: { opens: '!notices', label: 'service.labelNotices' },
  stop: { opens: '!stop', label: 'service.labelStop' },
  person: { opens: '!person', label: 'service.labelPerson' },
  office: { opens: card('office'), label: 'service.labelOffice' },
  english: { opens: '!language:en', label: 'settings.english' },
  chinese: { opens: '!language:zh-Hans', label: 'service.labelChinese' },
  language: { opens: '!language', label: 'service.labelLanguage' },
  'large-print': { opens: card('large-print'), label: 'service.labelLargePrint' },
  'numbers-only': { opens: card('numbers-only'), label: 'service.labelNumbersOnly' },
  'cannot-read': { opens: card('cannot-read'), label: 'service.labelCannotRead' },
  again: { opens: '!menu', label: 'service.labelMenu' },
  back: { opens: '!back', label: 'service.labelBack' },
  help: { opens: '!help', label: 'service.labelHelp' },
  menu: { opens: '!menu', label: 'service.labelMenu' },
  'who-are-you': { opens: card('who-are-you'), label: 'service.labelWho' },
  'is-real': { opens: card('is-real'), label: 'service.labelReal' },
  'is-free': { opens: card('is-free'), label: 'service.labelFree' },
  privacy: { opens: card('privacy'), label: 'service.labelPrivacy' },
  prescreen: { opens: '!prescreen', label: 'service.labelPrescreen' },
  'case-lookup': { opens: '!case-lookup', label: 'service.labelCaseLookup' },
  other: { opens: card('other'), label: 'service.labelOther' },
  'identity-theft': { opens: card('identity-theft'), label: 'service.labelIdentityTheft' },
  'lost-card': { opens: card('lost-card'), label: 'service.labelLostCard' },
  'tip-off': { opens: '!tip-off', label: 'service.labelTipOff' },
  complaint: { opens: card('complaint'), label: 'service.labelComplaint' },
  simpler: { opens: card('simpler'), label: 'service.labelSimpler' },
  'bot-bad': { opens: card('bot-bad'), label: 'service.labelBotBad' },
  thanks: { opens: card('thanks'), label: 'service.labelThanks' },
  bye: { opens: card('bye'), label: 'service.labelBye' },
  projects: { opens: card('projects'), label: 'service.labelProjects' },
  bases: { opens: card('bases'), label: 'service.labelBases' },
  surveys: { opens: card('surveys'), label: 'service.labelSurveys' },
  quiz: { opens: '!quiz', label: 'service.labelQuiz' },
} as const satisfies Readonly<Record<string, Service>>

/** What the product does for a person, by a name of ours. */
export type ServiceId = keyof typeof TABLE

export const SERVICES: Readonly<Record<ServiceId, Service>> = TABLE

export const SERVICE_IDS = Object.keys(SERVICES) as readonly ServiceId[]

/** The service of a name, or undefined: packs and staff may name what this version does not have. */
export const serviceNamed = (name: string): ServiceId | undefined =>
  SERVICE_IDS.find((id) => id === name)
