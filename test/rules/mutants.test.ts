import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { EQUIVALENT, listMutants, nameOf } from '../prove/mutants/list.ts'

it('every mutant of npm run prove:mutants is of code and tests that are there', () => {
  const all = listMutants()
  expect(all.length).toBeGreaterThan(150)
  expect(all.flatMap(({ tests }) => tests.filter((test) => !existsSync(test)))).toEqual([])
  const names = all.map(nameOf)
  expect(Object.keys(EQUIVALENT).filter((name) => !names.includes(name))).toEqual([])
})
