import type { Locale } from '../../../locales/keys.ts'
import type { CaseEvent } from './application-stages.ts'
import type { Stage } from './stage.ts'
import type { Stages } from './stages.ts'

/** What is said of a stage, in one language. */
export type StageWords = {
  readonly label: string
  readonly meaning: string
  readonly next: string
  readonly todo: string
  /** The office that has the case now; null: the applicant has. */
  readonly decides: string | null
  readonly basis: Stage['basis']
}

/** The words of a stage. Throws for a stage that the programme does not have. */
export function stageWords(stages: Stages, id: string, locale: Locale): StageWords {
  const { label, meaning, next, todo, decides, basis } = stageOf(stages, id)
  const office = stages.offices.find((one) => one.id === decides)
  return {
    label: label[locale],
    meaning: meaning[locale],
    next: next[locale],
    todo: todo[locale],
    decides: office?.name[locale] ?? null,
    basis,
  }
}

const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'

/**
 * The whole way in one line, with the stage marked in words, so that it can be read aloud. A stage
 * beside the path stands in brackets where it belongs; one that belongs nowhere stands alone.
 *
 * @example
 * progressLine(stages, 'accepted', 'zh-Hans') // '①已提交 → ②已受理（现在在这里） → ③区级评审 → …'
 */
export function progressLine(stages: Stages, id: string, locale: Locale): string {
  const here = stageOf(stages, id)
  const brackets = (words: string) => (locale === 'en' ? ` (${words})` : `（${words}）`)
  const between = locale === 'en' ? ', ' : '，'
  const place = here.path ? here.id : here.at
  if (place === undefined) return here.label[locale] + brackets(stages.here[locale])
  return stages.stages
    .filter(({ path }) => path)
    .map(({ id: step, label }, index) => {
      const number = locale === 'en' ? `${index + 1} ` : (CIRCLED[index] ?? `${index + 1}.`)
      const mark = here.path
        ? stages.here[locale]
        : here.label[locale] + between + stages.here[locale]
      return number + label[locale] + (step === place ? brackets(mark) : '')
    })
    .join(' → ')
}

/**
 * What the applicant is sent about a move; null where nothing is. `missing` are the names of the
 * pieces in that language. The note goes with the reasons: it is written to the applicant.
 */
export function noticeText(
  stages: Stages,
  event: CaseEvent,
  { number, missing }: { number: string; missing: readonly string[] },
  locale: Locale,
): string | null {
  const move = stages.moves.find(({ id }) => id === event.move)
  if (move === undefined || move.notice === null) return null
  const params: Readonly<Record<string, string>> = {
    number,
    stage: stageOf(stages, event.to).label[locale],
    missing: missing.map((name) => `· ${name}`).join('\n'),
    reason: reasonWords(stages, event, locale),
  }
  return fill(move.notice[locale], params)
}

/** The same where nothing personal may be sent: that something has changed, and where it stands. */
export function briefNoticeText(
  stages: Stages,
  event: CaseEvent,
  number: string,
  locale: Locale,
): string | null {
  const move = stages.moves.find(({ id }) => id === event.move)
  if (move === undefined || move.notice === null) return null
  const stage = stageOf(stages, event.to).label[locale]
  return fill(stages.briefNotice[locale], { number, stage })
}

/** The reasons of a move and the words that go with them, one a line. */
export function reasonWords(stages: Stages, event: CaseEvent, locale: Locale): string {
  const names = stages.reasons
    .filter(({ id }) => event.reasons.includes(id))
    .map(({ name }) => name[locale])
  return [...names, ...(event.note === null ? [] : [event.note])]
    .map((line) => `· ${line}`)
    .join('\n')
}

function fill(text: string, params: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (hole, name: string) => params[name] ?? hole)
}

function stageOf({ stages }: Stages, id: string): Stage {
  const stage = stages.find((one) => one.id === id)
  if (stage === undefined) throw new Error(`there is no stage ${id}`)
  return stage
}
