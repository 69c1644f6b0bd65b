import type { Locale } from '../../locales/keys.ts'
import { normaliseForm } from './language/normalise.ts'
import { prepare, type Script, type Terms, tokenise } from './language/tokenise.ts'
import type { Entry } from './types.ts'

/**
 * What to say before an answer that does not begin with yes or no, where that was asked: `会。`, `No.`; null
 * where it was not, or where nobody has said which it is.
 */
export type Leads = (entry: Entry, asked: string, locale: Locale) => string | null

/**
 * Learns from the phrasings that a pack marks as answered by yes or by no. A question takes the word of the one
 * that is nearest, if that is near and denies as much as it does: 必须参加吗 and 可以不参加吗 want two words.
 */
export function createLeads(entries: readonly Entry[]): Leads {
  const marked = new Map(
    entries.flatMap(({ id, polar }) => {
      const all = [
        ...(polar?.yes ?? []).map((text) => mark(text, true)),
        ...(polar?.no ?? []).map((text) => mark(text, false)),
      ]
      return all.length === 0 ? [] : [[id, all] as const]
    }),
  )
  const known = new Map(
    entries.flatMap((entry) =>
      entry.polar === undefined ? [] : [[entry.id, wordsOf(entry)] as const],
    ),
  )
  return (entry, asked, locale) => {
    const examples = marked.get(entry.id)
    if (examples === undefined || BEGINS[locale].test(entry.words[locale].answer)) return null
    const said = mark(asked, true)
    if (!ASKS_WHETHER[said.script].test(said.folded) || ASKS_WHICH.test(said.folded)) return null
    if (contentOf(said).some((word) => known.get(entry.id)?.has(word) !== true)) return null
    let best = { near: NEAR, yes: null as boolean | null }
    for (const example of examples) {
      if (example.script !== said.script || example.denials !== said.denials) continue
      if (example.figures !== said.figures) continue
      const near = likeness(said.terms, example.terms)
      if (near > best.near) best = { near, yes: example.yes }
    }
    if (best.yes === null) return null
    if (locale === 'en') return best.yes ? 'Yes. ' : 'No. '
    return `${said.script === 'zh' ? echo(said.folded, best.yes) : best.yes ? '是的' : '不是'}。`
  }
}

/** So alike a question and an example must be, of 1. */
const NEAR = 0.4

/** An answer that says yes, no or that the plan is silent by itself. */
const BEGINS: Readonly<Record<Locale, RegExp>> = {
  'zh-Hans':
    /^(?:有[。：，]|有要求|有关系|能[。，]|算[。，]|会[。，]|要[。，]|可以|是的|是自愿|不|没|两种都|1个以上就行|只|这是不)/,
  en: /^(?:Yes|No|Not|Both)\b/,
}

const ASKS_WHETHER: Readonly<Record<Script, RegExp>> = {
  zh: /吗|嘛$|[^什怎这那多要]么$|不[?,]?$|没[?,]?$|没得[?,]?$|有没有|有没得|是否|能否|可否|真的?假的?|(\p{Script=Han})不\1/u,
  en: /^(?:and |so |but |then |ok |please )*(?:do|does|did|is|are|am|can|could|will|would|must|may|should|has|have)\b/,
}

/** 代金券是啥子嘛: the particle softens what asks for more than yes or no; 哪个都行吗 asks whether all the same. */
const ASKS_WHICH =
  /(?:什么|啥|哪样|哪[个里些点儿]|怎么|咋|多少|好多|几[个户家年月天]|谁)(?![都也])(?!.*(?:吗|(\p{Script=Han})[不没]\1))/u

type Marked = {
  readonly script: Script
  readonly folded: string
  readonly terms: Terms
  readonly denials: number
  /** Its numbers, each once, in their order. */
  readonly figures: string
  readonly yes: boolean
}

function mark(text: string, yes: boolean): Marked {
  const script: Script = /\p{Script=Han}/u.test(text) ? 'zh' : 'en'
  const folded = normaliseForm(text)
  const plain = folded.replace(EITHER, '$1').replace(/(?:[吗嘛]|不|没有?|没得)[?,]?$/u, '')
  const denials = (plain.match(script === 'zh' ? DENIES : DENIES_EN) ?? []).length
  const prepared = prepare(text, script)
  const figures = (prepared.match(/\d+(?:[.:]\d+)*/g) ?? []).join(' ')
  return { script, folded, terms: tokenise([prepared], script), denials, figures, yes }
}

/** Characters or stems that say something. */
const contentOf = ({ script, terms }: Pick<Marked, 'script' | 'terms'>) =>
  [...terms.keys()].filter((term) =>
    script === 'zh' ? HAN.test(term) && !LITTLE.includes(term) : !term.includes(' '),
  )

/** All that an entry says and is asked with, in both languages. */
function wordsOf({ words, polar }: Entry): ReadonlySet<string> {
  const texts = Object.values(words).flatMap(({ question, answer, variants }) => [
    question,
    answer,
    ...variants,
  ])
  const all = [...texts, ...(polar?.yes ?? []), ...(polar?.no ?? [])]
  return new Set(all.flatMap((text) => contentOf(mark(text, true))))
}

const HAN = /^\p{Script=Han}$/u
/** Characters that ask, point or soften, whatever is asked. */
const LITTLE =
  '吗嘛么不没有得是的了会能可以要算行我你他她它们这那个些就也都还又再到底真假请问想下一在来去对'

/** 会不会 asks and denies nothing. */
const EITHER = /(\p{Script=Han})[不没]\1/gu
const DENIES = /不(?!同|定期)|没|非|只(?:能|有)|光|才|自己|都/gu
const DENIES_EN = /\b(?:not|n't|no|none|without|only|nobody|never)\b|n't\b/g

/** Twice what two texts share, of all that both have (Dice). */
function likeness(one: Terms, other: Terms): number {
  let shared = 0
  let all = 0
  for (const [term, weight] of one) {
    all += weight
    shared += Math.min(weight, other.get(term) ?? 0)
  }
  for (const weight of other.values()) all += weight
  return all === 0 ? 0 : (2 * shared) / all
}

/** Yes or no in the verb that was asked with. */
function echo(folded: string, yes: boolean): string {
  const either = /([支鼓考负需可管会能要是有算行查给出登讲搞报用对])[不没]\1/u.exec(folded)?.[1]
  const verb = either ?? VERBS.find((one) => folded.includes(one))
  if (verb === undefined) return yes ? '是的' : '不是'
  const [affirmed, denied] = ECHOES[verb] ?? [verb, `不${verb}`]
  return yes ? affirmed : denied
}

const VERBS = ['可以', '可不可以', '必须', '得行', '能', '会', '要', '有', '算', '行', '支持', '是']

const ECHOES: Readonly<Record<string, readonly [string, string]>> = {
  可: ['可以', '不可以'],
  可不可以: ['可以', '不可以'],
  支: ['支持', '不支持'],
  鼓: ['鼓励', '不鼓励'],
  考: ['要考核', '不考核'],
  负: ['负责', '不负责'],
  需: ['需要', '不需要'],
  要: ['要', '不用'],
  必须: ['是的', '不是必须的'],
  有: ['有', '没有'],
  是: ['是的', '不是'],
  得行: ['得行', '不行'],
}
