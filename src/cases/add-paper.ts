import { findByIdentity, insertCase } from '../../db/cases/cases.ts'
import { reserveSerial } from '../../db/cases/numbers.ts'
import { applicationFacts } from '../../flows/programme/form/application-facts.ts'
import { checkField } from '../../flows/programme/form/check-field.ts'
import { applies } from '../../flows/programme/form/form-answers.ts'
import type { FormAnswers, FormField, FormValue } from '../../flows/programme/form/form-field.ts'
import { applyMove, initialState } from '../../flows/programme/lifecycle/application-stages.ts'
import { caseNumber } from '../../flows/programme/numbers/case-number.ts'
import { commitOnce } from '../kernel/commit/commit.ts'
import { type CaseDesk, complain } from './desk.ts'

/** The fields of the form by which a case is found, and put in order. */
const ASKED = [
  'name',
  'identityNumber',
  'mobile',
  'district',
  'lowIncomeVillage',
  'keyGroups',
  'employees',
  'keyGroupEmployees',
]

/**
 * Records an application that came on paper, so that it has a number and can be looked up in the
 * chat. Everything is asked for line by line: an argument would stay in the shell's history.
 */
export async function addPaperCase(desk: CaseDesk, actor: string): Promise<boolean> {
  const { db, vault, pack, revision, newId, now, say } = desk
  const answers = await askAll(desk)
  if (answers === null) return complain(desk, 'The input ended. Nothing was recorded.')
  const identityNumber = String(answers.identityNumber)
  const district = String(answers.district)
  const applied = await findByIdentity(db, vault, pack.programme.id, identityNumber)
  if (applied !== null) return complain(desk, alreadyApplied(applied.number))
  const moved = applyMove(pack.stages, initialState(pack.stages), {
    move: 'submit',
    actor: { role: 'applicant', name: actor },
    at: now(),
  })
  if (!moved.ok) throw new Error('the stages know no submit')
  const serial = await reserveSerial(db, pack.programme.id, district)
  const number = caseNumber(pack.stages.numbering, district, serial)
  const row = await insertCase(vault, {
    id: newId(),
    number,
    programme: pack.programme.id,
    revision,
    contactId: null,
    district,
    origin: 'paper',
    decisionId: null,
    applicant: {
      name: String(answers.name),
      identityNumber,
      mobile: typeof answers.mobile === 'string' ? answers.mobile : null,
      bankAccount: null,
    },
    answers,
    facts: applicationFacts(answers),
    event: moved.event,
    stage: moved.stage,
  })
  const means = { 'cases.identity_index': false }
  if (!(await commitOnce(db, { result: true, write: row, means }))) {
    const other = await findByIdentity(db, vault, pack.programme.id, identityNumber)
    return complain(desk, alreadyApplied(other?.number ?? ''))
  }
  say(`Recorded: ${number}`)
  say('In the chat it is found by this number, the last six of the identity number, and the name.')
  return true
}

/** Each field until its answer is taken; null where the input ends. */
async function askAll(desk: CaseDesk): Promise<FormAnswers | null> {
  const answers: Record<string, FormValue> = {}
  for (const field of desk.pack.form.fields) {
    if (!ASKED.includes(field.id) || !applies(field, answers)) continue
    const value = await askField(desk, field, answers)
    if (value === undefined) return null
    answers[field.id] = value
  }
  return answers
}

async function askField(
  { pack, now, say, ask, translate }: CaseDesk,
  field: FormField,
  answers: FormAnswers,
): Promise<FormValue | undefined> {
  const names = new Map(
    [...(field.options ?? []), ...pack.places.own].map(({ id, name }) => [id, name['zh-Hans']]),
  )
  const offered = (field.options ?? []).map(({ name }, index) => `${index + 1} ${name['zh-Hans']}`)
  say([field.label['zh-Hans'], ...offered].join('\n  '))
  for (;;) {
    const typed = await ask('> ')
    if (typed === null) return undefined
    const checked = checkField(
      field,
      { typed },
      { today: now(), places: pack.places, locale: 'zh-Hans', answers },
    )
    if (checked.ok) return checked.value
    if ('which' in checked) {
      say(`哪一个？${checked.which.map((id) => names.get(id) ?? id).join('、')}`)
      continue
    }
    const { problem } = checked
    say('key' in problem ? translate('zh-Hans', problem.key, problem.params) : problem.text)
  }
}

function alreadyApplied(number: string): string {
  return `This person has an application already: ${number}. Nothing was recorded.`
}
