import { loadActivities } from '../../../db/people/my-activities.ts'
import { showMoment } from '../../kernel/when.ts'
import type { Scene } from './scene.ts'

/** What a person did at events and in the quiz, and which lists of staff they stand on, each kind a paragraph. */
export async function activityLines({ deps, pack, requester, locale }: Scene): Promise<string[]> {
  const held = await loadActivities(deps.db, deps.vault, requester.contactId)
  const list = (lines: readonly string[]) => lines.map((line) => `· ${line}`).join('\n')
  const place = pack.places.own.find(({ id }) => id === held.eventDistrict)
  const signups = held.signups.map(({ title, startsAt, state, checkedInAt, stars }) =>
    [
      deps.translate(locale, 'my-data.signup', {
        title: title[locale],
        date: showMoment(startsAt, locale),
        state: deps.translate(
          locale,
          checkedInAt === null ? `my-data.signup-${state}` : 'my-data.signup-came',
        ),
      }),
      ...(stars === null ? [] : [deps.translate(locale, 'my-data.stars', { count: stars })]),
    ].join(locale === 'en' ? ', ' : '，'),
  )
  const rounds = held.quizRounds.map(({ at, asked, right }) =>
    deps.translate(locale, 'my-data.quizRound', { date: showMoment(at, locale), asked, right }),
  )
  return [
    ...(place === undefined
      ? []
      : [deps.translate(locale, 'my-data.eventDistrict', { district: place.name[locale] })]),
    ...(signups.length === 0
      ? []
      : [deps.translate(locale, 'my-data.signups', { list: list(signups) })]),
    ...(held.quiz === null
      ? []
      : [
          deps.translate(locale, 'my-data.quizKind', {
            kind: deps.translate(locale, `my-data.quiz-${held.quiz.kind}`),
          }),
        ]),
    ...(rounds.length === 0
      ? []
      : [deps.translate(locale, 'my-data.quizRounds', { list: list(rounds) })]),
    ...(held.broadcastAnswers.length === 0
      ? []
      : [
          deps.translate(locale, 'my-data.broadcastAnswers', {
            count: held.broadcastAnswers.length,
          }),
        ]),
    ...(held.lists.length === 0
      ? []
      : [deps.translate(locale, 'my-data.lists', { list: list(held.lists) })]),
  ]
}
