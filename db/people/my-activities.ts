import type { Database } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { wordsContext } from '../events/signups.ts'

type Kind = 'staff' | 'bank' | 'other'

/** What events, the quiz and broadcasts know of a contact. */
export type Activities = {
  /** The district whose events they asked for. */
  eventDistrict: string | null
  /** Oldest first, also what was cancelled. */
  signups: {
    title: { 'zh-Hans': string; en: string }
    startsAt: string
    state: 'going' | 'waiting' | 'cancelled'
    signedUpAt: string
    checkedInAt: string | null
    stars: number | null
    words: string | null
  }[]
  quiz: { kind: Kind; district: string | null; bank: string | null } | null
  quizRounds: { at: string; asked: number; right: number }[]
  /** Buttons of broadcasts that they used. */
  broadcastAnswers: { what: string; at: string }[]
  /** Lists of staff that they stand on. */
  lists: string[]
}

const ASKED = [
  'SELECT district FROM event_districts WHERE contact_id = ?',
  `SELECT e.title_zh, e.title_en, e.starts_at, m.state, m.signed_up_at, m.checked_in_at, m.stars, m.words, e.id
    FROM event_signups m JOIN events e ON e.id = m.event_id WHERE m.contact_id = ? ORDER BY e.starts_at, e.id`,
  'SELECT kind, district, bank FROM quiz_people WHERE contact_id = ?',
  'SELECT at, asked, answered_right FROM quiz_rounds WHERE contact_id = ? ORDER BY at, id',
  `SELECT what, at FROM campaign_answers
    WHERE campaign_id IN (SELECT id FROM campaigns) AND contact_id = ? ORDER BY at`,
  `SELECT l.name FROM campaign_lists l JOIN campaign_list_members m ON m.list_id = l.id
    WHERE m.contact_id = ? ORDER BY l.name`,
]

/** Reads what a contact did besides applying, in one look. */
export async function loadActivities(
  db: Database,
  vault: Vault,
  contactId: string,
): Promise<Activities> {
  const [districts = [], signups = [], people = [], rounds = [], answers = [], lists = []] =
    await db.read(ASKED.map((sql) => ({ sql, args: [contactId] })))
  const [kind, district, bank] = people[0] ?? []
  const maybe = (value: unknown) => (value == null ? null : String(value))
  return {
    eventDistrict: maybe(districts[0]?.[0]),
    signups: await Promise.all(
      signups.map(async ([zh, en, startsAt, state, at, checkedInAt, stars, words, eventId]) => ({
        title: { 'zh-Hans': String(zh), en: String(en) },
        startsAt: String(startsAt),
        state: state as 'going' | 'waiting' | 'cancelled',
        signedUpAt: String(at),
        checkedInAt: maybe(checkedInAt),
        stars: stars == null ? null : Number(stars),
        words:
          words instanceof Uint8Array
            ? await vault.openText(words, wordsContext(String(eventId)))
            : null,
      })),
    ),
    quiz:
      kind == null ? null : { kind: kind as Kind, district: maybe(district), bank: maybe(bank) },
    quizRounds: rounds.map(([at, asked, right]) => ({
      at: String(at),
      asked: Number(asked),
      right: Number(right),
    })),
    broadcastAnswers: answers.map(([what, at]) => ({ what: String(what), at: String(at) })),
    lists: lists.map(([name]) => String(name)),
  }
}
