import * as z from 'zod'
import type { PolicyPack } from '../../db/policy/pack.ts'
import { knowsAnything, UNKNOWN_OFFICE } from '../../flows/programme/offices.ts'

/** What a command came to. */
type Told = { ok: boolean; lines: readonly string[] }

/** Lists the packs, or checks one: each hole on a line of its own, as its author has to mend it. */
export function runPolicyCommand(
  packs: Readonly<Record<string, () => PolicyPack>>,
  [command, id]: readonly (string | undefined)[],
): Told {
  if (command === undefined) return { ok: true, lines: Object.keys(packs) }
  if (command !== 'check' || id === undefined) {
    return { ok: false, lines: ['Say which: npm run cli -- policy check ID'] }
  }
  const pack = packs[id]
  if (pack === undefined) {
    return {
      ok: false,
      lines: [
        `There is no pack ${id} in db/policy/index.ts, but: ${Object.keys(packs).join(', ')}`,
      ],
    }
  }
  try {
    return { ok: true, lines: describe(pack()) }
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    const holes = error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.join('.')}: ${message}`,
    )
    return { ok: false, lines: [`${id} is not whole:`, ...holes.map((hole) => `  ${hole}`)] }
  }
}

function describe(pack: PolicyPack): string[] {
  const {
    programme,
    places,
    clauses,
    faq,
    rules,
    form,
    stages,
    vouchers,
    events,
    quiz,
    directory,
  } = pack
  const offices = [directory?.city ?? UNKNOWN_OFFICE, ...Object.values(directory?.districts ?? {})]
  const part = (name: string, it: unknown, size: string) =>
    `  ${name.padEnd(12)}${it === undefined ? '–' : size}`
  return [
    `${programme.id} is whole: ${programme.name.en}`,
    part('places', places, `${places.own.length}`),
    part('clauses', clauses, `${clauses.length}`),
    part('questions', faq, `${faq.length}`),
    part('pre-screen', rules, `${rules.questions.length} questions, ${rules.rules.length} rules`),
    part('form', form, `${form?.fields.length} fields`),
    part(
      'offices',
      directory,
      `${offices.length}, ${offices.filter(knowsAnything).length} of which something is known`,
    ),
    part('stages', stages, `${stages?.stages.length} stages, ${stages?.moves.length} moves`),
    part('vouchers', vouchers, `${vouchers?.kinds.length} kinds`),
    part('events', events, 'yes'),
    part('quiz', quiz, `${quiz?.questions.length} questions`),
  ]
}
