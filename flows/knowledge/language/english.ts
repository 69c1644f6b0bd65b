import expressions from './english-expressions.json' with { type: 'json' }
import { createReplacer } from './replace-words.ts'

/** Content words of an English text, lightly stemmed. Works on folded text. */
export function englishWords(folded: string): string[] {
  const words = replaceExpressions(folded).match(/[a-z]+(?:'[a-z]+)?|\d+(?:[.:]\d+)*/g) ?? []
  return words
    .map((word) => word.replace(/'.*$/, ''))
    .filter((word) => word !== '' && !STOP.has(word))
    .map((word) => ONE_WORD.get(stem(word)) ?? stem(word))
}

/** Plural, -ing, -ed and -ly; no more, since a wrong stem joins words that differ. */
function stem(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (word.length > 6 && word.endsWith('ing')) return undouble(word.slice(0, -3))
  if (word.length > 5 && word.endsWith('ed')) return undouble(word.slice(0, -2))
  if (word.length > 5 && word.endsWith('ly')) return word.slice(0, -2)
  if (word.length > 4 && /(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  if (word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word))
    return mute(word.slice(0, -1))
  return mute(word)
}

/** apply·ing and applied, manage and managing: drop a mute e, as -ing and -ed did. */
const mute = (word: string) =>
  word.length > 4 && word.endsWith('e') && !word.endsWith('ee') ? word.slice(0, -1) : word

const undouble = (word: string) => {
  const single = /([bdgmnprt])\1$/.test(word) ? word.slice(0, -1) : word
  return single.endsWith('i') ? `${single.slice(0, -1)}y` : mute(single)
}

/** Words that carry nothing by themselves. */
export const STOP: ReadonlySet<string> = new Set(
  (
    'a an the of to for in on at by with from as and or but if is are was were be been being am do does ' +
    'did can could will would shall should may might i my me we our us you your it its this that these ' +
    'those there here have has had any some please tell about so just also into than then they them ' +
    'their he she his her not s t d ll re ve da u ur lol pls plz yo bro hey um uh gonna wanna gimme'
  ).split(' '),
)

/** Expressions that are one word to us, each with the word it becomes; what becomes none is said and asks nothing. */
const replaceExpressions = createReplacer(
  new Map(
    Object.entries(expressions).flatMap(([one, others]) =>
      others.flatMap((other) =>
        [other, `${other}s`, `${other}es`].map((form) => [form, one] as const),
      ),
    ),
  ),
)

/** Words that say the same in this programme; both sides are stemmed. */
const SAME: Readonly<Record<string, string>> = {
  enterprise: 'firm business company shop',
  subsidy: 'grant subvention subsidise subsidize',
  disabled: 'disability handicapped disable wheelchair blind deaf amputee cripple crutch',
  unemployed: 'unemployment jobless redundant sacked',
  veteran: 'soldier army servicemen discharged demobilised military navy vet',
  graduate: 'college university uni alumnus alumni degree diploma',
  forbidden: 'forbid prohibit banned ban prohibited',
  publicise: 'publicize publicity promote promotion advertise promoted campaign',
  responsible: 'charge responsibility accountable',
  job: 'employment workplace',
  employee: 'worker staff personnel',
  document: 'paperwork paper material',
  approval: 'approve approved',
  evaluate: 'evaluation assess assessment evaluated',
  inspect: 'inspection supervise supervision inspector auditor oversee overseer monitor',
  guarantee: 'guarantor collateral',
  speciality: 'specialty featured special specialities',
  cooperate: 'cooperation joint collaborate collaboration together team',
  pay: 'paid payment',
  eligible: 'eligibility qualify',
  require: 'requirement condition criteria criterion',
  complain: 'complaint',
  province: 'provincial',
  city: 'municipal municipality',
  goal: 'target objective',
  priority: 'favour favor favoured favored preference prioritised prioritized preferential',
  ratio: 'split proportion percentage',
  implement: 'implementation',
  coordinate: 'coordination',
  collect: 'collection gather',
  ledger: 'record book',
  fungi: 'mushroom fungus shiitake morel',
  poultry: 'chicken duck goose hen geese chick quail turkey pullet rooster broiler fowl egg',
  herb: 'herbal medicinal medicine ginseng gastrodia',
  vegetable: 'veggie veg cabbage tomato chilli chili pepper cucumber aubergine lettuce greenhouse',
  ecommerce: 'taobao livestream webshop',
  tourism: 'tourist homestay guesthouse b&b bnb',
  agent: 'agency broker fixer middleman middlemen consultant',
  lose: 'losing loss',
  give: 'given gave',
  get: 'got gotten',
  say: 'said',
  take: 'taken took',
  build: 'built',
  make: 'made',
  keep: 'kept',
  come: 'came coming',
  spend: 'spent',
  sell: 'sold',
  choose: 'chosen chose',
  use: 'used using',
  decide: 'decision judge',
  official: 'clerk officer bureaucrat cadre',
  threshold: 'hurdle hoop obstacle',
  expire: 'expiry expiration',
  dividend: 'payout',
  yuan: 'rmb bucks kuai',
  television: 'tv telly',
  child: 'children kid',
  extra: 'additional',
  bribe: 'bribery gift corrupt corruption',
  district: 'county',
  mandatory: 'compulsory obligatory forced force',
  begin: 'start open launch',
  finish: 'complete end completed',
  bank: 'lender',
  purpose: 'aim why reason',
  shirk: 'shirking buck evade',
  money: 'cash dough dosh',
  account: 'accountant accounting bookkeep bookkeeper bookkeeping',
  legal: 'lawyer attorney solicitor',
  loan: 'borrow lend',
  apply: 'request claim obtain',
  voluntary: 'optional',
  township: 'town',
  ten: '10',
  eight: '8',
  three: '3',
  six: '6',
  two: '2',
  one: '1',
}

const ONE_WORD: ReadonlyMap<string, string> = new Map(
  Object.entries(SAME).flatMap(([one, others]) =>
    others.split(' ').map((other) => [stem(other), stem(one)] as const),
  ),
)
