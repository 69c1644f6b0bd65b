import fc from 'fast-check'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import {
  type FormAnswers,
  type FormField,
  type FormValue,
  SKIPPED,
} from '../../flows/programme/form/form-field.ts'

const { form, places } = guiyang2018()
if (form === undefined) throw new Error('no form')

/** A form filled in to the end. */
export const COMPLETE: FormAnswers = {
  name: '张三',
  identityNumber: '520102190001010009',
  mobile: '13900139000',
  district: 'huaxi',
  township: '青岩镇',
  village: SKIPPED,
  lowIncomeVillage: true,
  keyGroups: ['veteran', 'disabled'],
  keyGroupProof: '退伍证',
  enterpriseName: '青岩蘑菇合作社',
  registered: true,
  creditCode: '93520102M00010022P',
  industry: 'other',
  industryOther: '开早餐店',
  ownInvestment: 8_500_000,
  employees: 3,
  keyGroupEmployees: 2,
  cooperationModel: 'none',
  purpose: '买烘干机，付半年房租',
  wantsLoan: 'not-sure',
}

/** Any value that fits a field by its kind. */
function valueFor({
  kind,
  options = [],
  unsure,
  optional,
  limits,
}: FormField): fc.Arbitrary<FormValue> {
  const others: fc.Arbitrary<FormValue>[] = [
    ...(unsure ? [fc.constant('not-sure')] : []),
    ...(optional ? [fc.constant(SKIPPED)] : []),
  ]
  const own = options.map((option) => option.id)
  switch (kind) {
    case 'yes-no':
      return fc.oneof(fc.boolean(), ...others)
    case 'money':
      return fc.oneof(fc.nat(10_000_000), ...others)
    case 'count':
      return fc.oneof(fc.integer({ min: limits?.min ?? 0, max: 6 }), ...others)
    case 'one-of':
      return fc.oneof(fc.constantFrom(...own), ...others)
    case 'some-of':
      return fc.oneof(fc.subarray(own), ...others)
    case 'place':
      return fc.oneof(fc.constantFrom(...places.own.map(({ id }) => id)), ...others)
    default:
      return fc.oneof(fc.constant(String(COMPLETE[kind] ?? '青岩镇')), ...others)
  }
}

/** Any answers that fit their kinds, some of them missing. */
export const anyAnswers: fc.Arbitrary<FormAnswers> = fc.record(
  Object.fromEntries(form.fields.map((field) => [field.id, valueFor(field)])),
  { requiredKeys: [] },
) as fc.Arbitrary<FormAnswers>
