import type { TurnRead } from '../../db/conversation/turns.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'

/**
 * The district whose office serves a person, as far as is known: of their newest application, of a form they have begun, of
 * the pre-screen, or the one whose events they look at. Null where nothing tells.
 */
export function ownDistrict(
  { form, places }: Pick<PolicyPack, 'form' | 'places'>,
  { cases, session, district }: Pick<TurnRead, 'cases' | 'session' | 'district'>,
): string | null {
  const state = session?.state ?? null
  const runs = state === null ? [] : [...state.stack, ...Object.values(state.parked)]
  const asked = form?.fields.find(({ id }) => id === 'district')?.from?.question
  const names = ['district', ...(asked === undefined ? [] : [asked])]
  const told = runs.flatMap(({ data }) => names.map((name) => answerIn(data, name)))
  const isOwn = (place: unknown) => places.own.some(({ id }) => id === place)
  const first = [...cases.map((one) => one.district), ...told, district].find(isOwn)
  return typeof first === 'string' ? first : null
}

/** What a form's run has for an item, whatever it is. */
function answerIn(data: unknown, name: string): unknown {
  if (typeof data !== 'object' || data === null || !('answers' in data)) return undefined
  const { answers } = data
  if (typeof answers !== 'object' || answers === null) return undefined
  return Reflect.get(answers, name)
}
