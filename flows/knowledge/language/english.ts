/** Content words of an English text, lightly stemmed. Works on folded text. */
export function englishWords(folded: string): string[] {
  const phrased = folded.replace(PHRASES, (phrase) => JOINED.get(phrase) ?? phrase)
  const words = phrased.match(/[a-z]+(?:'[a-z]+)?|\d+(?:[.:]\d+)*/g) ?? []
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

/** Expressions that are one word to us, each with the word it becomes. */
const JOINED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    howmuch: ['how much'],
    howmany: ['how many'],
    howlong: ['how long'],
    howoften: ['how often'],
    voucher: ['e-voucher', 'evoucher', 'electronic voucher', 'service voucher', 'e voucher'],
    ecommerce: ['e-commerce', 'e commerce', 'online shop', 'online selling', 'online sales'],
    micro: [
      'micro-enterprise',
      'micro enterprise',
      'microenterprise',
      'micro-business',
      'micro business',
    ],
    followup: ['follow-up', 'follow up', 'followup'],
    unemployed: [
      'laid off',
      'laid-off',
      'out of work',
      'out of a job',
      'lost my job',
      'lost his job',
      'lost her job',
      'lost the job',
      'without a job',
      'without work',
      'got fired',
      'was fired',
      'let me go',
      'let us go',
      'got sacked',
      'was sacked',
    ],
    veteran: [
      'ex-serviceman',
      'ex-servicemen',
      'ex-soldier',
      'former soldier',
      'ex-army',
      'in the army',
      'in the military',
      'in the navy',
      'in uniform',
      'left the army',
      'armed forces',
      'military service',
    ],
    disabled: [
      'in a wheelchair',
      'uses a wheelchair',
      'use a wheelchair',
      'lost a leg',
      'lost his leg',
      'lost her leg',
      'lost my leg',
      'lost an arm',
      'lost my arm',
      'lost a hand',
      'lost my hand',
      'lost his hand',
      "can't walk",
      'cannot walk',
      'cannot see',
      'cannot hear',
      'on crutches',
      'lost one hand',
      'lost one leg',
      'lost one arm',
      'one hand only',
      'one leg only',
      'only one leg',
      'only one arm',
      'hard of hearing',
    ],
    repay: [
      'pay back',
      'paid back',
      'give back',
      'give it back',
      'pay it back',
      'hand it back',
      'return the money',
    ],
    lose: ['go bust', 'goes bust', 'went bust', 'in the red', 'make a loss', 'makes a loss'],
    shirk: [
      'pass the buck',
      'passing the buck',
      'send me away',
      'sent me away',
      'sending me away',
      'sent me from',
      'sends me from',
      'sending me from',
      'run around',
      'the runaround',
      'fob me off',
      'brush me off',
      'dragging their feet',
      'drag their feet',
      'drags his feet',
    ],
    threechanges: ['three changes', 'three-changes', '3 changes', 'three change', 'sanbian'],
    employee: ['staff member'],
    ratio: ['how many percent', 'what percent', 'how much percent', 'which percent', 'per cent'],
    priority: [
      'first in the line',
      'first in line',
      'front of the line',
      'front of the queue',
      'ahead of others',
      'before others',
      'before other people',
      'before the others',
      'go first',
      'goes first',
      'come first',
      'put first',
      'take first',
      'give me first',
      'considered first',
      'consider first',
      'chosen first',
      'better chance',
      'better odds',
      'any advantage',
      'ahead of other people',
      'ahead of other applicants',
      'ahead of the others',
      'put me ahead',
      'put us ahead',
      'jump the queue',
      'skip the queue',
      'up the queue',
      'up the list',
      'leg up',
      'head start',
      'extra points',
      'extra credit',
      'special treatment',
      'an edge',
      'first dibs',
    ],
    bribe: [
      'red envelope',
      'tea money',
      'some thanks',
      'under the table',
      'kickback',
      'grease the wheel',
      'grease his palm',
      'a little something',
    ],
    mandatory: ['must join', 'must i join', 'have to join', 'need to join'],
    startup: ['start-up', 'start up'],
    // Said at the end, and asks nothing.
    '': ['or what', 'or something', 'or whatever', 'or so', 'innit', 'you know', 'at all'],
  }).flatMap(([one, others]) =>
    others.flatMap((other) =>
      [other, `${other}s`, `${other}es`].map((form) => [form, one] as const),
    ),
  ),
)

const PHRASES = new RegExp(
  `\\b(?:${[...JOINED.keys()].sort((a, b) => b.length - a.length).join('|')})\\b`,
  'g',
)

/** Words that say the same in this programme; both sides are stemmed. */
const SAME: Readonly<Record<string, string>> = {
  enterprise: 'firm business company shop',
  subsidy: 'grant subvention subsidise subsidize',
  disabled: 'disability handicapped disable wheelchair blind deaf amputee cripple crutch',
  unemployed: 'unemployment jobless redundant sacked',
  veteran: 'soldier army servicemen discharged demobilised military navy vet',
  graduate: 'college university',
  forbidden: 'forbid prohibit banned ban prohibited',
  publicise: 'publicize publicity promote promotion advertise promoted campaign',
  responsible: 'charge responsibility accountable',
  job: 'employment workplace',
  employee: 'worker staff personnel',
  document: 'paperwork paper material',
  approval: 'approve approved',
  evaluate: 'evaluation assess assessment evaluated',
  inspect: 'inspection supervise supervision inspector auditor',
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
  poultry: 'chicken duck goose hen geese chick quail turkey',
  herb: 'herbal medicinal medicine ginseng gastrodia',
  vegetable: 'veggie veg cabbage tomato',
  ecommerce: 'taobao livestream webshop',
  tourism: 'tourist homestay guesthouse b&b bnb',
  agent: 'agency broker fixer middleman',
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
