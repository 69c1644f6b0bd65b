import type { PolicyPack } from '../../db/policy/pack.ts'
import type { PrescreenQuery, PrescreenReply } from '../../flows/cases/prescreen/reply.ts'
import { resolvePlace } from '../../flows/programme/places/places.ts'
import { Answer, type Answers, NOT_SURE } from '../../flows/programme/rules/answers.ts'
import { evaluate, type TraceEntry } from '../../flows/programme/rules/evaluate.ts'
import { nextQuestion } from '../../flows/programme/rules/next-question.ts'
import type { Question } from '../../flows/programme/rules/questions.ts'
import type { Rule } from '../../flows/programme/rules/rule.ts'
import { chatCatalog } from '../../locales/chat-catalog.ts'
import type { Locale } from '../../locales/keys.ts'

/** Open points and reported conditions that are named; a phone shows no more. */
const NAMED = 3

/** Answers the pre-screen's queries from a pack, in a person's language. */
export function replyToPrescreen(
  pack: PolicyPack,
  revision: string,
  query: PrescreenQuery,
  locale: Locale,
): PrescreenReply {
  if (query.kind === 'prescreen-typed') return hear(pack, query.question, query.text, locale)
  const answers = parseAnswers(query.answers)
  const again = pack.rules.questions.find(({ id }) => id === query.editing)
  if (again !== undefined) {
    const answer = answerWords(again, answers[again.id], locale)
    return { ...asked(again, query.picked, locale), answer }
  }
  const question = nextQuestion(pack.rules, answers)
  return question === null
    ? judge(pack, revision, answers, locale)
    : asked(question, query.picked, locale)
}

function parseAnswers(answers: Readonly<Record<string, unknown>>): Answers {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([id, value]) => {
      const answer = Answer.safeParse(value)
      return answer.success ? [[id, answer.data]] : []
    }),
  )
}

/** An answer in the words in which it is offered. */
function answerWords(
  { options }: Question,
  answer: Answer | undefined,
  locale: Locale,
): string | null {
  if (answer === undefined) return null
  if (answer === NOT_SURE) return chatCatalog[locale].programme.notSure
  if (typeof answer === 'boolean') return chatCatalog[locale].prescreen[answer ? 'yes' : 'no']
  if (typeof answer === 'number') return String(answer)
  const ids = typeof answer === 'string' ? [answer] : answer.has
  const names = options.filter(({ id }) => ids.includes(id)).map(({ name }) => name[locale])
  return names.length === 0
    ? chatCatalog[locale].prescreen.none
    : names.join(locale === 'en' ? '; ' : '、')
}

function asked(
  question: Question,
  picked: readonly string[],
  locale: Locale,
): Extract<PrescreenReply, { kind: 'question' }> {
  const named = question.options.map(({ id, name }) => ({ id, name: name[locale] }))
  return {
    kind: 'question',
    id: question.id,
    answerKind: question.kind,
    text: question.text[locale],
    explain: question.explain[locale],
    options: named,
    picked: [...picked],
  }
}

/** A typed place may be a name, a code, pinyin or a slip; other typed options are matched by name. */
function hear(pack: PolicyPack, id: string, text: string, locale: Locale): PrescreenReply {
  const question = pack.rules.questions.find((one) => one.id === id)
  const options = question?.options ?? []
  const named = (ids: readonly string[]) =>
    options
      .filter((one) => ids.includes(one.id))
      .map((one) => ({ id: one.id, name: one.name[locale] }))
  const isPlace = pack.places.own.some((place) => options.some((one) => one.id === place.id))
  if (!isPlace) {
    const found = options.filter((one) => text.length > 1 && one.name[locale].includes(text.trim()))
    const [only] = found
    if (only !== undefined && found.length === 1) return { kind: 'heard', answer: only.id }
    return found.length > 1
      ? { kind: 'which', options: named(found.map((one) => one.id)) }
      : { kind: 'unheard' }
  }
  const place = resolvePlace(pack.places, text)
  switch (place.kind) {
    case 'found':
      // A guess is asked back: nobody is put into another district by a slip.
      return place.how === 'exact'
        ? { kind: 'heard', answer: place.id }
        : { kind: 'which', options: named([place.id]) }
    case 'elsewhere':
      return { kind: 'heard', answer: place.id }
    case 'candidates':
      return { kind: 'which', options: named(place.ids) }
    case 'city':
      return { kind: 'city' }
    case 'unknown':
      return { kind: 'unheard' }
  }
}

function judge(
  pack: PolicyPack,
  revision: string,
  answers: Answers,
  locale: Locale,
): PrescreenReply {
  const verdict = evaluate(pack.rules, answers, revision)
  const rules = new Map(pack.rules.rules.map((rule) => [rule.id, rule]))
  const entries = verdict.trace.flatMap((entry) => {
    const rule = rules.get(entry.rule)
    return rule === undefined ? [] : [{ entry, rule }]
  })
  const favours = new Set<TraceEntry['effect']>(['priority', 'preference', 'encouraged'])
  const isFavour = ({ entry }: (typeof entries)[number]) => favours.has(entry.effect)
  const inScope = verdict.kind !== 'elsewhere'
  const yes = entries.filter((one) => inScope && isFavour(one) && one.entry.result === 'yes')
  const scope = entries.filter(({ entry }) => entry.effect === 'scope' && entry.result === 'no')
  const open = entries.filter((one) => inScope && isFavour(one) && one.entry.result === 'unknown')
  const reported = entries.filter(
    ({ entry }) =>
      inScope &&
      (entry.effect === 'requirement-as-reported' || entry.effect === 'legal-form-note') &&
      entry.result !== 'yes',
  )
  const line = ({ entry, rule }: (typeof entries)[number]) => {
    const source = sourceOf(pack, rule, locale)
    const said = rule.lines[entry.result][locale]
    return locale === 'en' ? `${said} (${source})` : `${said}（${source}）`
  }
  const shown = [...scope, ...yes]
  return {
    kind: 'verdict',
    id: verdict.id,
    verdict: verdict.kind,
    reasons: shown.map(line),
    open: open.slice(0, NAMED).map(({ rule }) => rule.lines.unknown[locale]),
    reported: reported.slice(0, NAMED).map(line),
    proofs: inScope ? proofsOf(pack, answers, locale) : [],
    clauses: [
      ...new Set(
        shown.flatMap(({ rule }) => (rule.basis.kind === 'clause' ? [rule.basis.clause] : [])),
      ),
    ],
  }
}

function sourceOf(pack: PolicyPack, { basis }: Rule, locale: Locale): string {
  if (basis.kind === 'clause') {
    return pack.clauses.find(({ id }) => id === basis.clause)?.title ?? basis.clause
  }
  return basis.name[locale]
}

function proofsOf(pack: PolicyPack, answers: Answers, locale: Locale): string[] {
  return pack.rules.questions.flatMap(({ id, options }) => {
    const answer = answers[id]
    const chosen = typeof answer === 'object' ? answer.has : [answer]
    return options
      .filter((option) => chosen.includes(option.id))
      .flatMap(({ name, proof }) =>
        proof === undefined
          ? []
          : [`${name[locale]}${locale === 'en' ? ': ' : '：'}${proof[locale]}`],
      )
  })
}
