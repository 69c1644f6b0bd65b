import { findUnanswered, settleMisses } from '../../../../db/knowledge/unanswered-questions.ts'
import { publishStatements } from '../../../../db/policy/pack-statements.ts'
import { REVISION_RACES, revisionOf } from '../../../../db/policy/packs.ts'
import { withoutPhrase, withPhrase } from '../../../../db/policy/service-phrases.ts'
import type { StaffMember } from '../../../../db/staff/members.ts'
import { normaliseLine } from '../../../../flows/engine/hearing.ts'
import type { ServiceId } from '../../../../flows/services/table.ts'
import { LONGEST_PHRASE } from '../../../../flows/services/unfold.ts'
import type { Locale } from '../../../../locales/keys.ts'
import type { ConsoleDeps } from '../../../console/route.ts'
import { commit } from '../../../kernel/commit/commit.ts'
import { baseOf, livePolicy } from '../commands.ts'
import { namesSomebody } from '../parse-entry.ts'
import { sameWords } from '../same-words.ts'

/** People's own words for a service, in one language. */
export type Phrase = { readonly service: ServiceId; readonly locale: Locale; readonly text: string }

/**
 * `taken`: the words lead somewhere else already; `unfit`: they are too long or too short for a phrase, or hold somebody's
 * number.
 */
export type PhraseOutcome = 'published' | 'taken' | 'unfit'

const FEWEST_LETTERS = 2

/** A phrase as staff typed it: its language is told by its letters, and what means something in a frame is no part of it. */
export function phraseOf(service: ServiceId, typed: string): Phrase {
  const text = normaliseLine(typed.replace(/[{}|]+/g, ' ')).trim()
  return { service, locale: /\p{Script=Han}/u.test(text) ? 'zh-Hans' : 'en', text }
}

/** Lets a phrase lead to its service from now on, in every process, and settles the open questions in these words. */
export async function publishPhrase(
  deps: ConsoleDeps,
  staff: StaffMember,
  phrase: Phrase,
): Promise<PhraseOutcome> {
  const letters = phrase.text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  const isUnfit = letters < FEWEST_LETTERS || phrase.text.length > LONGEST_PHRASE
  if (isUnfit || namesSomebody(phrase.text)) return 'unfit'
  const { phrases, knowledge } = await livePolicy(deps)
  const isKnown = phrases.serviceOf(phrase.text) !== null
  if (isKnown || knowledge.owns(phrase.text, phrase.locale)) return 'taken'
  const words = sameWords(phrase.text)
  const solved = await findUnanswered(
    deps.db,
    deps.vault,
    staff,
    ({ question }) => sameWords(question) === words,
  )
  await change(deps, staff, phrase, {
    kind: 'added',
    misses: solved.map(({ id }) => id),
  })
  return 'published'
}

/** Takes back a phrase that staff had added. */
export async function dropPhrase(
  deps: ConsoleDeps,
  staff: StaffMember,
  phrase: Phrase,
): Promise<void> {
  await change(deps, staff, phrase, { kind: 'removed', misses: [] })
}

async function change(
  deps: ConsoleDeps,
  staff: StaffMember,
  phrase: Phrase,
  { kind, misses }: { kind: 'added' | 'removed'; misses: readonly string[] },
): Promise<void> {
  const at = deps.now()
  let published = ''
  await commit<'published'>(deps.db, {
    plan: async () => {
      const live = await livePolicy(deps)
      const pack = (kind === 'added' ? withPhrase : withoutPhrase)(live.pack, phrase)
      const revision = await revisionOf(pack, deps.newId())
      const place = { revision, base: await baseOf(deps, live.revision), expected: live.revision }
      const settled = settleMisses(misses, { outcome: 'solved', staffId: staff.id, at })
      published = revision
      return {
        result: 'published',
        write: [...publishStatements(pack, place, at), ...(misses.length === 0 ? [] : [settled])],
        audit: [
          { at, actor: staff.id, action: `phrase.${kind}`, subject: `phrase:${phrase.service}` },
        ],
      }
    },
    // Colleagues may publish at the same moment; theirs is then taken in and ours done anew.
    races: REVISION_RACES,
  })
  // Its indexes are built now and not in somebody's turn.
  await deps.policies.load(published).catch(() => undefined)
}
