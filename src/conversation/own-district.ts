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
  const own = idsOf(places.own)
  for (const one of cases) if (own.has(one.district)) return one.district
  const state = session?.state ?? null
  if (state !== null) {
    const asked = form?.fields.find(({ id }) => id === 'district')?.from?.question
    for (const { data } of [...state.stack, ...Object.values(state.parked)]) {
      for (const name of ['district', asked]) {
        const told = name === undefined ? undefined : answerIn(data, name)
        if (typeof told === 'string' && own.has(told)) return told
      }
    }
  }
  return district !== null && own.has(district) ? district : null
}

const known = new WeakMap<PolicyPack['places']['own'], ReadonlySet<string>>()

function idsOf(own: PolicyPack['places']['own']): ReadonlySet<string> {
  const ids = known.get(own) ?? new Set(own.map(({ id }) => id))
  known.set(own, ids)
  return ids
}

/** What a form's run has for an item, whatever it is. */
function answerIn(data: unknown, name: string): unknown {
  if (typeof data !== 'object' || data === null || !('answers' in data)) return undefined
  const { answers } = data
  if (typeof answers !== 'object' || answers === null) return undefined
  return Reflect.get(answers, name)
}
