import type { Look, Rows, Say } from './look-over.ts'
import { EVENT_PLACES } from './seed.ts'
import type { Talker } from './talker.ts'

const nameOf = ({ address }: Talker) => `${address.channel} ${address.id}`

/** One file, one seat, one round, one answer, one joining, one line of a ledger: all that was told, and none twice. */
export async function lookAtVisits({ deeds }: Look, rows: Rows, say: Say): Promise<void> {
  const contacts = new Map(
    (await rows('SELECT channel, external_id, contact_id FROM addresses')).map(
      ([channel, id, contact]) => [`${channel} ${id}`, String(contact)],
    ),
  )
  const contactOf = (talker: Talker) => contacts.get(nameOf(talker)) ?? 'nobody'
  await lookAtFiles()
  await lookAtPlaces()
  await lookAtRounds()
  await lookAtAnswers()
  await lookAtJoins()
  await lookAtLedgers()

  async function lookAtFiles(): Promise<void> {
    const found = await rows(
      `SELECT a.id, k.number, a.status, a.source FROM attachments a LEFT JOIN cases k ON k.id = a.case_id
        WHERE a.status IN ('loose', 'taken')`,
    )
    const files = new Map(found.map(([id, number]) => [String(id), number]))
    for (const [id, number] of deeds.files) {
      if (!files.has(id)) say('file-lost', id)
      else if (number !== null && files.get(id) !== number) {
        say('file-astray', `${id} is of ${files.get(id)}, not of ${number}`)
      }
    }
    if (new Set(found.map((row) => row[3])).size < found.length) say('file-doubled', 'one upload')
  }

  async function lookAtPlaces(): Promise<void> {
    const signups = await rows('SELECT contact_id, state, number FROM event_signups')
    const states = new Map(signups.map(([contact, state]) => [String(contact), String(state)]))
    for (const [talker, told] of deeds.signups) {
      const state = states.get(contactOf(talker)) ?? 'lost'
      const movedUp = told === 'waiting' && state === 'going'
      if (state !== told && !movedUp) say('place-lost', `${nameOf(talker)}: ${told}, but ${state}`)
    }
    const of = (wanted: string) => signups.filter(([, state]) => state === wanted)
    const [[counted] = []] = await rows('SELECT going FROM events')
    const going = of('going').length
    if (going > EVENT_PLACES || going !== counted) {
      say('place-doubled', `${going} go, ${counted} are counted, of ${EVENT_PLACES}`)
    }
    if (going < EVENT_PLACES && of('waiting').length > 0) {
      say('place-empty', `${going} of ${EVENT_PLACES} while ${of('waiting').length} wait`)
    }
  }

  async function lookAtRounds(): Promise<void> {
    const rounds = await rows(`SELECT r.contact_id, count(*), min(r.asked = (
        SELECT count(*) FROM quiz_answers a WHERE a.round_id = r.id)) FROM quiz_rounds r GROUP BY 1`)
    const counts = new Map(rounds.map(([contact, count]) => [String(contact), Number(count)]))
    for (const [contact, , whole] of rounds) if (whole !== 1) say('round-torn', String(contact))
    for (const [talker, told] of deeds.rounds) {
      const count = counts.get(contactOf(talker)) ?? 0
      if (count < told) say('round-lost', `${nameOf(talker)}: ${count} of ${told}`)
      if (count > told + (talker.pending === null ? 0 : 1)) {
        say('round-doubled', `${nameOf(talker)}: ${count} of ${told}`)
      }
    }
  }

  async function lookAtAnswers(): Promise<void> {
    const answers = await rows('SELECT id FROM handoff_answers')
    const kept = new Set(answers.map(([id]) => String(id)))
    for (const [id, { text }] of deeds.answers) if (!kept.has(id)) say('answer-lost', text)
    const sent = await rows("SELECT id FROM outbox WHERE id LIKE 'notice:answer:%'")
    if (sent.length !== answers.length) {
      say('answer-unsent', `${answers.length} were written down, ${sent.length} are sent`)
    }
  }

  async function lookAtJoins(): Promise<void> {
    for (const { maker, taker } of deeds.joins) {
      if (contactOf(maker) !== contactOf(taker)) {
        say('joining-lost', `${nameOf(maker)} and ${nameOf(taker)} are two`)
      }
    }
    for (const [maker, taker, count] of await rows(`SELECT maker_address, taker_address, count(*)
        FROM link_joins GROUP BY 1, 2 HAVING count(*) > 1`)) {
      say('joining-doubled', `${maker} and ${taker}: ${count}`)
    }
  }

  async function lookAtLedgers(): Promise<void> {
    const ledgers = new Map(
      (
        await rows(`SELECT i.id, i.added, (SELECT count(*) FROM cases k WHERE k.import_id = i.id),
          (SELECT count(*) FROM ledger_import_lines l WHERE l.import_id = i.id AND l.verdict = 'added')
          FROM ledger_imports i`)
      ).map(([id, added, cases, lines]) => [String(id), [added, cases, lines].map(Number)]),
    )
    for (const [id, [added, cases, lines]] of ledgers) {
      if (added !== cases || lines !== cases) {
        say('ledger-torn', `${id}: ${added} counted, ${lines} lines, ${cases} applications`)
      }
    }
    for (const [id, told] of deeds.imports) {
      const [, cases = 0] = ledgers.get(id) ?? []
      if (cases !== told) say('ledger-lost', `${id}: ${cases} of ${told}`)
    }
  }
}
