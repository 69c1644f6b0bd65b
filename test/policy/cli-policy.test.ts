import { describe, expect, it } from 'vitest'
import { example2030 } from '../../db/policy/example-2030/pack.ts'
import { packs } from '../../db/policy/index.ts'
import { type PolicyPack, PolicyPack as Schema } from '../../db/policy/pack.ts'
import { runPolicyCommand } from '../../src/knowledge/cli.ts'

/** A pack as its author has it in the middle of the work. */
function broken(change: (pack: PolicyPack) => unknown) {
  return runPolicyCommand({ draft: () => Schema.parse(change(structuredClone(example2030()))) }, [
    'check',
    'draft',
  ])
}

describe('the command about packs', () => {
  it('lists them, and says what is in each', () => {
    expect(runPolicyCommand(packs, []).lines).toEqual(Object.keys(packs))
    for (const id of Object.keys(packs)) {
      const told = runPolicyCommand(packs, ['check', id])
      expect(told.ok, id).toBe(true)
      expect(told.lines[0]).toContain(`${id} is whole`)
    }
    expect(runPolicyCommand(packs, ['check', 'example-2030']).lines).toContain('  vouchers    –')
  })

  it('names each hole of a pack where it is', () => {
    expect(broken((pack) => ({ ...pack, clauses: pack.clauses.slice(1) })).lines).toContain(
      '  targetHouseholds: there is no clause 1',
    )
    expect(broken(({ facts: _, ...pack }) => pack).lines.join('\n')).toContain('  facts: ')
    const told = broken((pack) => ({
      ...pack,
      stages: pack.stages && {
        ...pack.stages,
        moves: pack.stages.moves.filter(({ id }) => id !== 'grant'),
      },
    }))
    expect(told.ok).toBe(false)
    expect(told.lines.join('\n')).toContain('granted: no move leads there')
    const nameless = broken((pack) => ({
      ...pack,
      form: pack.form && {
        ...pack.form,
        fields: pack.form.fields.filter(({ id }) => id !== 'identityNumber'),
      },
    }))
    expect(nameless.lines).toContain('  form: there is no field identityNumber')
  })

  it('says which packs there are where one is not, and how it is used', () => {
    expect(runPolicyCommand(packs, ['check', 'atlantis']).lines[0]).toContain('guiyang-2018')
    expect(runPolicyCommand(packs, ['check']).lines[0]).toContain('policy check ID')
    expect(runPolicyCommand(packs, ['eat', 'it']).ok).toBe(false)
  })
})
