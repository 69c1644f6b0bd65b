import { expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { checklist } from '../../flows/programme/documents/checklist.ts'
import { documentsFor } from '../../flows/programme/documents/documents-for.ts'
import type { FormAnswers } from '../../flows/programme/form/form-field.ts'

const { form } = guiyang2018()
if (form === undefined) throw new Error('no form')
const papersOf = (answers: FormAnswers, held: string[]) =>
  checklist(
    documentsFor(form, answers),
    held.map((document) => ({ document })),
  ).map(({ document, files }) => [document.id, files])

it('tells each kind of applicant what is there and what is missing', () => {
  const registered = papersOf({ registered: true }, ['licence', 'licence', 'identity-card'])
  expect(registered).toEqual([
    ['identity-card', 1],
    ['licence', 2],
    ['premises', 0],
  ])
  const veteran = papersOf({ registered: false, keyGroups: ['veteran'] }, ['licence'])
  expect(veteran).toEqual([
    ['identity-card', 0],
    ['proof-veteran', 0],
    ['premises', 0],
  ])
})
